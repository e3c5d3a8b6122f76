def free_slots(busy, opens, closes, at_least):
    if any(start > end for start, end in busy):
        raise ValueError("bad appointment")
    slots = []
    cursor = opens
    for start, end in sorted(busy):
        start = min(max(start, opens), closes)
        end = min(max(end, opens), closes)
        if start - cursor >= at_least:
            slots.append((cursor, start))
        cursor = max(cursor, end)
    if closes - cursor >= at_least:
        slots.append((cursor, closes))
    return slots

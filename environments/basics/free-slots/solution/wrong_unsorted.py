def free_slots(busy, opens, closes, at_least):
    slots = []
    cursor = opens
    for start, end in busy:
        if start > end:
            raise ValueError("bad appointment")
        if start - cursor >= at_least:
            slots.append((cursor, start))
        cursor = max(cursor, end)
    if closes - cursor >= at_least:
        slots.append((cursor, closes))
    return slots

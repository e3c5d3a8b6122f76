def free_slots(busy, opens, closes, at_least):
    for start, end in busy:
        if start > end:
            raise ValueError("start after end")
    slots = []
    current = opens
    for start, end in sorted(busy):
        if start == end or end <= opens or start >= closes:
            continue
        if start - current >= at_least:
            slots.append((current, start))
        current = end
    if closes - current >= at_least:
        slots.append((current, closes))
    return slots

def free_slots(
    busy: list[list[int]], opens: int, closes: int, at_least: int
) -> list[tuple[int, int]]:
    """Return the free stretches of the opening hours that are long enough."""
    if any(start > end for start, end in busy):
        raise ValueError("an appointment ends before it starts")
    taken = sorted((start, end) for start, end in busy if start < end)
    slots = []
    free_from = opens
    for start, end in [*taken, (closes, closes)]:
        free_until = min(start, closes)
        if free_until - free_from >= at_least:
            slots.append((free_from, free_until))
        free_from = max(free_from, end)
    return slots

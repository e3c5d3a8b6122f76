def unread(pages: int, sittings: list[list[int]]) -> list[list[int]]:
    """Return the ranges of pages that were in no sitting, both ends included."""
    missing = []
    expected = 1
    for first, last in sorted(sittings):
        if first > pages:
            break
        if first > expected:
            missing.append([expected, first - 1])
        expected = max(expected, last + 1)
    if expected <= pages:
        missing.append([expected, pages])
    return missing

def usage(readings, digits):
    largest = int("9" * digits)
    for r in readings:
        if r is not None and (r < 0 or r > largest):
            raise ValueError("bad reading")
    result = []
    last = readings[0] if readings else None
    for r in readings[1:]:
        if r is None or last is None:
            result.append(None)
        elif r >= last:
            result.append(r - last)
        else:
            result.append(largest - last + r)
        if r is not None:
            last = r
    return result

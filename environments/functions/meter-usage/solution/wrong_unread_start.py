def usage(readings, digits):
    size = 10 ** digits
    for value in readings:
        if value is not None and (value < 0 or value >= size):
            raise ValueError(value)
    result = []
    last = 0
    for position, value in enumerate(readings):
        if value is None:
            used = None
        else:
            used = value - last
            if used < 0:
                used += size
            last = value
        if position > 0:
            result.append(used)
    return result

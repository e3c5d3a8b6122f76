def usage(readings, digits):
    limit = 10 ** digits
    if any(r is not None and not 0 <= r < limit for r in readings):
        raise ValueError("reading out of range")

    def step(before, after):
        if before is None or after is None:
            return None
        return after - before if after >= before else after + limit - before

    return [step(a, b) for a, b in zip(readings, readings[1:])]

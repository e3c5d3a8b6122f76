VALUES = 1000


def partners(count: int, seed: int, divisor: int, reach: int) -> list[int]:
    """Return how many pairs of partners there are, and who has the most."""
    rest = [value % divisor for value in range(VALUES)]
    # A remainder of 1000 or more does not occur: its place stays empty.
    wanted = [min(-value % divisor, VALUES) for value in range(VALUES)]
    doubles = [2 * value % divisor == 0 for value in range(VALUES)]
    with_rest = [0] * (VALUES + 1)
    with_value = [0] * VALUES
    series: list[int] = []
    pairs = best = most = 0
    for at in range(count):
        if at > reach:
            gone = series[at - reach - 1]
            with_rest[rest[gone]] -= 1
            with_value[gone] -= 1
        seed = (seed * 69069 + 5) % 4294967296
        value = seed // 1024 % VALUES
        series.append(value)
        found = with_rest[wanted[value]]
        if found:
            if doubles[value]:
                found -= with_value[value]
            pairs += found
            if found > most:
                best, most = at + 1, found
        with_rest[rest[value]] += 1
        with_value[value] += 1
    return [pairs, best, most]

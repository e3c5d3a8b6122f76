from itertools import accumulate


def readings(count: int, seed: int) -> list[int]:
    """Return the series."""
    series = [0]
    reading = 0
    for _ in range(count - 1):
        seed = (seed * 1103515245 + 12345) % 2147483648
        reading += seed // 65536 % 11 - 5
        series.append(reading)
    return series


def largest(series: list[int], width: int) -> list[int]:
    """Return the largest reading of every window."""
    # Every window is the end of one block and the beginning of the next one.
    until: list[int] = []
    since: list[int] = []
    for start in range(0, len(series), width):
        block = series[start : start + width]
        until += accumulate(block, max)
        since += [*accumulate(reversed(block), max)][::-1]
    # The last block may be shorter, but a window never ends before it does.
    return list(map(max, since, until[width - 1 :]))


def restless_windows(count: int, seed: int, width: int, limit: int) -> list[int]:
    """Return how many windows are restless, and where and how long their longest run is."""
    if width > count:
        return [0, -1, 0]
    series = readings(count, seed)
    highest = largest(series, width)
    lowest = largest([-each for each in series], width)
    total, best, best_length, length = 0, -1, 0, 0
    for number, (high, low) in enumerate(zip(highest, lowest, strict=True)):
        if high + low <= limit:
            length = 0
            continue
        total += 1
        length += 1
        if length > best_length:
            best, best_length = number - length + 1, length
    return [total, best, best_length]

def beacons(
    count: int, seed: int, size: int, colours: int
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return the numbers, columns, rows and colours of the beacons that are not broken."""
    found: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
    numbers, columns, rows, painted = found
    for number in range(1, count + 1):
        seed = (seed * 1664525 + 1013904223) % 4294967296
        column = seed // 512 % size
        seed = (seed * 1664525 + 1013904223) % 4294967296
        row = seed // 512 % size
        seed = (seed * 1664525 + 1013904223) % 4294967296
        drawn = seed // 512
        if drawn % 5:
            numbers.append(number)
            columns.append(column)
            rows.append(row)
            painted.append(drawn % colours)
    return found


def lowest_of_two(places: list[int], colours: list[int]) -> list[tuple[int, int]]:
    """Return the lowest place, and the lowest one of those of another colour, with the colours."""
    lowest: dict[int, int] = {}
    for place, colour in zip(places, colours, strict=True):
        if place < lowest.get(colour, place + 1):
            lowest[colour] = place
    return sorted((place, colour) for colour, place in lowest.items())[:2]


def farthest(count: int, seed: int, size: int, colours: int) -> list[int]:
    """Return the largest distance of beacons of different colours, and who has it first."""
    numbers, columns, rows, painted = beacons(count, seed, size, colours)
    if len(set(painted)) < 2:
        return [-1, 0]
    falling = [column + row for column, row in zip(columns, rows, strict=True)]
    rising = [column - row for column, row in zip(columns, rows, strict=True)]
    best, first = -1, 0
    # The distance is the largest difference in one of these four directions.
    for places in (falling, rising, [-each for each in falling], [-each for each in rising]):
        (low, low_colour), (next_low, _) = lowest_of_two(places, painted)
        for number, place, colour in zip(numbers, places, painted, strict=True):
            distance = place - (next_low if colour == low_colour else low)
            if distance > best or (distance == best and number < first):
                best, first = distance, number
    return [best, first]

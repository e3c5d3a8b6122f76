def cable_groups(count: int, seed: int, cables: int) -> list[int]:
    """Return how groups of computers grow while cables are laid."""
    leader = list(range(count))
    size = [1] * count
    joined = total = 0
    half_by = 0 if count == 1 else -1
    for number in range(1, cables + 1):
        seed = (seed * 22695477 + 1) % 4294967296
        one = seed // 256 % count
        seed = (seed * 22695477 + 1) % 4294967296
        other = seed // 256 % count
        while leader[one] != one:
            leader[one] = one = leader[leader[one]]
        while leader[other] != other:
            leader[other] = other = leader[leader[other]]
        if one != other:
            if size[one] < size[other]:
                one, other = other, one
            leader[other] = one
            size[one] += size[other]
            joined += 1
            if half_by < 0 and 2 * size[one] > count:
                half_by = number
        total += size[one]
    alone = sum(leader[each] == each and size[each] == 1 for each in range(count))
    return [joined, half_by, total, alone]

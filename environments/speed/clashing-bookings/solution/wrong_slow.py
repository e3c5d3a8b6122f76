def clashes(count, seed, span, longest, owners):
    x = seed

    def draw():
        nonlocal x
        x = (x * 134775813 + 1) % 4294967296
        return x // 4096

    bookings = []
    for _ in range(count):
        start = draw() % span
        end = start + 1 + draw() % longest
        bookings.append((start, end, draw() % owners))
    pairs = most = alone = 0
    for i, (start, end, owner) in enumerate(bookings):
        lonely = True
        at_once = 0
        for j, (other_start, other_end, other_owner) in enumerate(bookings):
            if other_start < end and start < other_end:
                if i != j:
                    lonely = False
                if j < i and owner != other_owner:
                    pairs += 1
                if other_start <= start:
                    at_once += 1
        alone += lonely
        most = max(most, at_once)
    return [pairs, most, alone]

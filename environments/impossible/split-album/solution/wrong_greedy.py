def split_album(lengths, limit):
    sides = []
    count = used = 0
    for length in lengths:
        if length > limit:
            raise ValueError("song too long")
        if count and used + 4 + length > limit:
            sides.append(count)
            count = used = 0
        used += length if count == 0 else length + 4
        count += 1
    if count:
        sides.append(count)
    return sides

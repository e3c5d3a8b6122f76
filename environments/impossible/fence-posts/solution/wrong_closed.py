import math


def posts(corners, gap):
    total = len(corners)
    for i in range(len(corners) - 1):
        (x1, y1), (x2, y2) = corners[i], corners[i + 1]
        total += math.ceil(max(abs(x1 - x2), abs(y1 - y2)) / gap) - 1
    return total

def posts(corners, gap):
    number = len(corners)
    if corners[0] == corners[-1]:
        number -= 1
    for a, b in zip(corners, corners[1:]):
        distance = abs(a[0] - b[0]) + abs(a[1] - b[1])
        number += distance // gap
        if distance == gap:
            number -= 1
    return number

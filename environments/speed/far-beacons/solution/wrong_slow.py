def farthest(count, seed, size, colours):
    points = []
    x = seed
    for k in range(1, count + 1):
        d = []
        for _ in range(3):
            x = (x * 1664525 + 1013904223) % 4294967296
            d.append(x // 512)
        if d[2] % 5 != 0:
            points.append((k, d[0] % size, d[1] % size, d[2] % colours))
    best, number = -1, 0
    for i, (k, a, b, c) in enumerate(points):
        for other, p, q, colour in points[i + 1 :]:
            if c != colour:
                distance = abs(a - p) + abs(b - q)
                if distance > best:
                    best, number = distance, k
    return [best, number]

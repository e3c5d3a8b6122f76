def partners(count, seed, divisor, reach):
    v = []
    x = seed
    for _ in range(count):
        x = (x * 69069 + 5) % 4294967296
        v.append(x // 1024 % 1000)
    pairs, best, most = 0, 0, 0
    for j in range(count):
        mine = 0
        for i in range(max(0, j - reach), j):
            if (v[i] + v[j]) % divisor == 0 and v[i] != v[j]:
                mine += 1
        pairs += mine
        if mine > most:
            best, most = j + 1, mine
    return [pairs, best, most]

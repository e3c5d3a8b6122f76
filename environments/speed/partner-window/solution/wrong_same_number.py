from collections import Counter, deque


def partners(count, seed, divisor, reach):
    window = deque()
    rests = Counter()
    x = seed
    pairs = 0
    best, most = 0, 0
    for j in range(1, count + 1):
        x = (x * 69069 + 5) % 4294967296
        v = x // 1024 % 1000
        need = (divisor - v % divisor) % divisor
        found = rests[need]
        pairs += found
        if found > most:
            best, most = j, found
        window.append(v % divisor)
        rests[v % divisor] += 1
        if len(window) > reach:
            rests[window.popleft()] -= 1
    return [pairs, best, most]

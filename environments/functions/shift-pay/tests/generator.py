import random

DAY = 1440


def band(rng: random.Random) -> list:
    days = sorted(rng.sample(range(1, 8), rng.choice((1, 2, 3, 5))))
    begins = rng.choice((1200, 1320, 1380, 0, 360, 700, rng.randrange(DAY)))
    ends = rng.choice((300, 360, 120, begins, DAY, 1439, rng.randint(0, DAY)))
    return [days, begins, ends, rng.choice((25, 80, 110, 125, 125, 133, 150, 200))]


def generate(rng: random.Random) -> dict:
    shifts = []
    first = rng.choice((0, 0, 5, 6, 12))
    length = rng.choice((120, 300, 480, 560))
    for day in range(first, first + rng.choice((1, 2, 3, 6))):
        start = day * DAY + rng.choice((360, 840, 1260, 1320, rng.randrange(DAY)))
        end = start + rng.choice((length, length, 180, 360, 361, 600, 601))
        shifts.append([start, end])
        more = rng.random()
        if more < 0.45:
            shifts.append([end, end + rng.choice((60, 240, 300))])
        elif more < 0.6:
            shifts.append([end + rng.choice((-40, 1)), end + rng.choice((90, 240))])
    rng.shuffle(shifts)
    bands = [band(rng) for _ in range(rng.choice((0, 1, 2, 3)))]
    rate = rng.choice((1200, 1355, 1999, 2000, rng.randint(1, 5000)))
    fault = rng.random()
    if fault < 0.02:
        shifts[-1][1] = shifts[-1][0]
    elif fault < 0.04 and bands:
        bands[-1][rng.choice((1, 2))] = rng.choice((-1, 1441))
    return {"kind": "call", "function": "shift_pay", "args": [shifts, bands, rate]}

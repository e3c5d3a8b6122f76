import random

NAMES = ("bisque", "glaze", "cups", "tiles", "bowls", "vase", "plates", "lamp", "urn", "jug")


def generate(rng: random.Random) -> dict:
    names = rng.sample(NAMES, rng.choice((3, 4, 6, 8, 10)))
    heats = rng.choice(((0, 5, 10), (10, 20, 30), (3, 8, 12, 20), (0, 1, 2)))
    jobs = []
    for at, name in enumerate(names):
        after = rng.sample(names[:at], min(at, rng.choice((0, 0, 1, 1, 2))))
        jobs.append([name, rng.randint(1, rng.choice((3, 10, 30))), rng.choice(heats), after])
    if rng.random() < 0.6:
        rng.shuffle(jobs)
    if rng.random() < 0.04:
        rng.choice(jobs)[rng.choice((1, 2))] = -1
    elif rng.random() < 0.04:
        rng.choice(jobs)[3].append(rng.choice((names[-1], "kettle")))
    return {"kind": "call", "function": "plan", "args": [jobs, rng.choice((1, 2, 2, 3, 4))]}

import random

NAMES = ("Ada", "Bert", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ida", "Jon")


def generate(rng: random.Random) -> dict:
    top = rng.randint(3, 9)
    people = []
    latest = rng.choice((0, 6, 12, 30))
    for name in rng.sample(NAMES, rng.randint(2, 9)):
        origin, goal = rng.sample(range(top + 1), 2)
        if rng.random() < 0.3:
            origin, goal = (0, goal or top) if rng.random() < 0.5 else (origin or top, 0)
        people.append([name, rng.randint(0, latest), origin, goal])
    if rng.random() < 0.03:
        people[-1][rng.choice((2, 3))] = rng.choice((-1, top + 1))
    args = [top, rng.choice((1, 2, 2, 3, 4)), people, rng.choice((6, 9, 15, 25, 60))]
    return {"kind": "call", "function": "run_lift", "args": args, "mutates": True}

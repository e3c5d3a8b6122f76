import random


def generate(rng: random.Random) -> dict:
    signals = []
    for _ in range(rng.randint(4, 10)):
        signals.append(rng.choice(("press", "press", "press", "hold", "motion")))
        signals += ["tick"] * rng.choice((0, 0, 1, 2, 3, 4, 5))
    if rng.random() < 0.03:
        signals.append("click")
    args = [signals, rng.choice((1, 2, 2, 3)), rng.choice((1, 2, 3))]
    return {"kind": "call", "function": "run_lamp", "args": args}

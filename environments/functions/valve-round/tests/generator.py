import random

JUNCTIONS = ("barn", "church", "dam", "farm", "inn", "mill", "pond", "school", "well", "yard2")


def generate(rng: random.Random) -> dict:
    places = rng.sample(JUNCTIONS, rng.choice((4, 5, 6, 8, 10)))
    valves = [f"v{number}" for number in range(1, rng.choice((2, 3, 4)) + 1)]
    pipes = []
    for _ in range(rng.randint(len(places) - 1, 2 * len(places))):
        first, second = rng.sample(places, 2)
        valve = ":" + rng.choice(valves) if rng.random() < 0.6 else ""
        pipes.append(first + rng.choice("--->>") + second + valve)
    used = sorted({pipe.partition(":")[2] for pipe in pipes if ":" in pipe})
    turns = [rng.choice(used) for _ in range(rng.randint(2, 8))] if used else []
    if rng.random() < 0.04:
        turns.append("v9")
    return {"kind": "call", "function": "valve_round", "args": [pipes, places[0], turns]}

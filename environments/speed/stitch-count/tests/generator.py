import random


def parts(rng: random.Random, depth: int) -> str:
    text = ""
    for _ in range(rng.choice((1, 2, 2, 3))):
        roll = rng.random()
        if depth and roll < 0.25:
            text += f"({parts(rng, depth - 1)})"
        elif depth and roll < 0.6:
            text += f"[{parts(rng, depth - 1)}]"
        else:
            text += rng.choice("kpys")
        if rng.random() < 0.4:
            text += str(rng.choice((1, 2, 3, 4)))
        if rng.random() < 0.1:
            text += " "
    return text


def generate(rng: random.Random) -> dict:
    pattern = parts(rng, rng.choice((1, 2, 3)))
    if rng.random() < 0.6:
        inner = "".join(kind + rng.choice(("", "", "2", "3")) for kind in rng.sample("kpys", 3))
        pattern = f"[{rng.choice('kps')}({inner}){rng.choice(('', '2', '3'))}{rng.choice('kpys')}]"
    elif rng.random() < 0.6:
        pattern = f"[({parts(rng, 0)}{parts(rng, 0)}){rng.choice(('', '2', '3'))}{pattern}]{rng.choice(('', '2'))}"
    start = rng.choice((0, rng.randint(0, 6), rng.randint(0, 12)))
    end = start + rng.choice((rng.randint(1, 5), rng.randint(2, 9), rng.randint(5, 30)))
    return {"kind": "call", "function": "count_stitches", "args": [pattern, start, end]}

import random


def inches(rng: random.Random) -> str:
    whole = str(rng.choice((0, 1, 2, 3, 7, 11, 11, 12, 25)))
    below = rng.choice((2, 2, 2, 4, 4, 8, 16, 3, 20))
    fraction = f"{rng.randint(1, 2 * below)}/{below}"
    return rng.choice((whole, fraction, f"{whole} {fraction}", f"{whole} {fraction}")) + '"'


def generate(rng: random.Random) -> dict:
    lengths = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        feet = f"{rng.choice((0, 1, 2, 5, 40))}'"
        text = rng.choice((feet, inches(rng), f"{feet} {inches(rng)}", f"{feet} {inches(rng)}"))
        lengths.append(rng.choice(("", "-")) + text)
    if rng.random() < 0.05:
        mistakes = ("", "5", "-", "5' ", '3 "', '1/0"', "5'3\"", '--3"', '1 2"', "3\" 5'", '1/2 3"')
        lengths.append(rng.choice(mistakes))
    args = [lengths] if rng.random() < 0.2 else [lengths, rng.choice((1, 1, 2, 2, 4, 4, 8, 10))]
    return {"kind": "call", "function": "add_up", "args": args}

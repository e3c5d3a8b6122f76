import random

NAMES = ("flour", "salt", "eggs", "brown sugar", "oil, warm", "", "cup noodles", "1/2 onion")
FACTORS = (
    "1",
    "1",
    "2",
    "3",
    "1/2",
    "1/2",
    "1/4",
    "3/4",
    "2/3",
    "1 1/2",
    "5/8",
    "1/3",
    "10",
    "1/16",
    "7/6",
)
AMOUNTS = {
    "": ("1", "2", "3", "5", "1 1/2", "1/2", "2-3", "1-1", "1/2-3/4", "12"),
    "tsp": ("1/8", "1/2", "1", "1 1/4", "2", "3", "5", "6", "1-2", "7/4"),
    "tbsp": ("1/2", "1", "1 1/3", "2", "3", "4", "5", "8", "1-2", "15"),
    "cup": (
        "1/8",
        "1/4",
        "1/3",
        "3/4",
        "1",
        "1 1/8",
        "1 1/4",
        "3/2",
        "2",
        "2 1/4",
        "1/4-1/2",
        "1-2",
    ),
    "g": ("1", "7", "33", "49", "50", "75", "95", "125", "333", "500", "999", "1000", "40-60"),
    "kg": ("1/20", "1/4", "3/8", "1", "1 1/3", "2", "1-2", "1/2-3/4"),
}


def line(rng: random.Random) -> str:
    if rng.random() < 0.05:
        return rng.choice(("pepper", "some 2 eggs", "2x eggs", " a  pinch", "1,5 kg flour", ""))
    unit = rng.choice(("", "tsp", "tbsp", "cup", "cup", "cup", "g", "g", "kg"))
    amount = rng.choice(AMOUNTS[unit])
    if unit == "cup" and rng.random() < 0.5:
        unit = "cups"
    parts = [amount, unit, rng.choice(NAMES)]
    return rng.choice((" ", " ", "  ")).join(part for part in parts if part)


def generate(rng: random.Random) -> dict:
    lines = [line(rng) for _ in range(rng.choice((1, 3, 4, 6, 8)))]
    factor = rng.choice(FACTORS)
    fault = rng.random()
    if fault < 0.02:
        factor = rng.choice(("0", "1/0", "1.5", "1  1/2", "-1", "0 0/3", ""))
    elif fault < 0.05:
        lines[rng.randrange(len(lines))] = rng.choice(
            ("0 eggs", "1/0 cup oil", "3-2 eggs", "1 1/0 g")
        )
    return {"kind": "call", "function": "scale", "args": [lines, factor]}

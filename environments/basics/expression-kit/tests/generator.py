import random

NAMES = ("x", "y", "rate", "hours_1", "_n", "min", "Max2")
MISTAKES = (
    "2 +",
    "",
    "(1",
    "1)",
    "3 $ 4",
    "abs(1, 2)",
    "sum(1)",
    "min()",
    "2 3",
    "* 4",
    "x y",
    "1,2",
    "2x",
)


def expression(rng: random.Random, depth: int) -> str:
    roll = rng.random()
    if depth == 0 or roll < 0.12:
        return rng.choice(
            (str(rng.randint(0, 20)), str(rng.randint(0, 999)), rng.choice(NAMES[:5]))
        )
    if roll < 0.5:
        gap = rng.choice(("", " "))
        sign = rng.choice(("+", "-", "-", "*", "/", "%"))
        left, right = expression(rng, depth - 1), expression(rng, depth - 1)
        return f"{left}{gap}{sign}{gap}{right}"
    if roll < 0.62:
        return f"({expression(rng, depth - 1)})"
    if roll < 0.74:
        return f"-{expression(rng, depth - 1)}"
    if roll < 0.88:
        base = rng.choice((str(rng.randint(0, 6)), rng.choice(NAMES[:3]), "(1 - 3)"))
        exponent = rng.choice((str(rng.randint(0, 4)), "2", "2^2", "x", "1^3", "3^2"))
        base = rng.choice(("", "", "-")) + base
        return f"{base}^{exponent}"
    function = rng.choice(("min", "max", "abs"))
    count = 1 if function == "abs" else rng.randint(1, 3)
    arguments = ", ".join(expression(rng, depth - 1) for _ in range(count))
    return f"{function}({arguments})"


def generate(rng: random.Random) -> dict:
    text = expression(rng, rng.choice((1, 2, 3, 3, 4)))
    if rng.random() < 0.06:
        text = rng.choice(MISTAKES)
    elif rng.random() < 0.03:
        text += rng.choice((" )", " +", "#", " 7"))
    if rng.random() < 0.15:
        return {"kind": "call", "function": "names", "args": [text]}
    variables = {name: rng.randint(-99, 300) for name in NAMES if rng.random() < 0.96}
    variables["x"] = rng.randint(0, 5)
    return {"kind": "call", "function": "evaluate", "args": [text, variables]}

import random

REGISTERS = "abcdefgh"
FAULTS = (
    "add a",
    "jmp nowhere",
    "set i 1",
    "out 1 2",
    "OUT a",
    "add 1 a",
    "x y:",
    "neg a",
    "set a 1.5",
)


def straight(rng: random.Random) -> list[str]:
    """Arithmetic without jumps."""
    names = rng.sample(REGISTERS, 3)
    lines = [f"set {name} {rng.randint(-40, 40)}" for name in names]
    for _ in range(rng.randint(1, 8)):
        word = rng.choice(("add", "sub", "mul", "div", "mod", "mod", "div"))
        value = rng.choice((*names, str(rng.choice((-7, -3, 2, 5, 9, rng.randint(-99, 99))))))
        lines.append(f"{word} {rng.choice(names)} {value}")
        if rng.random() < 0.4:
            lines.append(f"out {rng.choice(names)}")
    return [*lines, f"out {names[0]}"]


def loop(rng: random.Random) -> list[str]:
    """Reads numbers until a zero or a negative one and folds them into a register."""
    word = rng.choice(("add", "mul", "sub"))
    test = rng.choice(("jz", "jneg"))
    body = rng.sample(
        ["out b", "add c 1", f"mod b {rng.randint(3, 50)}", f"sub a {rng.randint(1, 3)}"], 2
    )
    lines = [f"set b {rng.randint(1, 99)}", "again:", "in a", f"{test} a end_1"]
    return [*lines, f"{word} b a", *body, "jmp again", "end_1:", "out b", "out c"]


def countdown(rng: random.Random) -> list[str]:
    """Counts in steps; a step that misses zero, or is zero, never ends."""
    step = rng.choice((1, 1, 1, 1, 2, 3, 0))
    stop = rng.choice(("jz a end", "jneg a end", "jneg a end"))
    start = ["in a"] if rng.random() < 0.5 else [f"set a {rng.randint(0, 30)}"]
    shown = rng.choice((["out a"], ["add b a"]))
    if stop == "jz a end":
        shown = ["add b a"]
    return [*start, "top:", stop, *shown, f"sub a {step}", "jmp top", "end:", "out b", "out a"]


def generate(rng: random.Random) -> dict:
    lines = rng.choice((straight, straight, loop, countdown))(rng)
    if rng.random() < 0.08:
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(FAULTS))
    if rng.random() < 0.08:
        lines.insert(rng.randrange(len(lines) + 1), "halt")
    if rng.random() < 0.04:
        lines += ["again:", "again:"]
    for _ in range(rng.choice((0, 0, 1, 2))):
        place = rng.randrange(len(lines) + 1)
        lines.insert(place, rng.choice(("", "# note", "   ", "#")))
    if rng.random() < 0.3:
        place = rng.randrange(len(lines))
        lines[place] = f"  {lines[place]}  # see above"
    text = "\n".join(lines) + "\n"
    if rng.random() < 0.95:
        inputs = [rng.randint(-9, 30) for _ in range(rng.choice((0, 1, 2, 4, 6)))]
        ending = rng.choice(([0, -1], [-1, 0], [0, -2], []))
        text += "---\n" + rng.choice((" ", "\n")).join(map(str, [*inputs, *ending])) + "\n"
    return {"kind": "program", "args": [], "stdin": text}

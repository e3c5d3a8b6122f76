import random

NAMES = (
    "app",
    "lib/core",
    "doc.pdf",
    "main.o",
    "util.o",
    "Main.c",
    "util.c",
    "a/b",
    "x_1",
    "notes",
    "gen",
    "z9",
)
FAULTS = ("app 5", "x 1.5 : y", "gen ! :", "q 4 : w w", "q 4 : w ~w", "p - y", "a-b 3 :")


def generate(rng: random.Random) -> dict:
    names = rng.sample(NAMES, rng.choice((4, 6, 8, 10, 12)))
    sources = rng.randint(2, max(2, len(names) // 2))
    lines = []
    for at, name in enumerate(names):
        below = names[at + 1 :]
        if at >= len(names) - sources or not below:
            time = str(rng.randint(40, 66)) if rng.random() < 0.97 else "-"
            lines.append(f"{name} {time} :")
            continue
        needs = rng.sample(below, min(len(below), rng.choice((1, 2, 3, 4, 5))))
        if rng.random() < 0.02:
            needs[-1] = rng.choice(names)
        marked = [("~" if rng.random() < 0.35 else "") + need for need in needs]
        time = str(rng.randint(40, 72)) if rng.random() < 0.85 else rng.choice("-!")
        lines.append(" ".join([name, time, ":", *marked]))
    wanted = []
    if rng.random() < 0.4:
        wanted = rng.sample(names, rng.randint(1, 2))
    if rng.random() < 0.7:
        rng.shuffle(lines)
        wanted = wanted or names[:1]
    if rng.random() < 0.04:
        lines.insert(rng.randrange(len(lines)), rng.choice(FAULTS))
    for _ in range(rng.choice((0, 0, 1, 2))):
        lines.insert(rng.randrange(len(lines)), rng.choice(("", "# later", "   ")))
    return {"kind": "program", "args": wanted, "stdin": "\n".join(lines) + "\n"}

import random

FAULTS = (
    "A01;1;12",
    "a01;5;0100",
    "B22;12345;0100",
    "C03;5;0100;x",
    "price;5",
    "A01",
    "D44;7;100;e;e",
)


def meter_lines(rng: random.Random, name: str) -> list[str]:
    wheels = rng.choice((3, 4, 5))
    count = rng.randrange(10**wheels)
    lines = []
    day = rng.randint(0, 20)
    for _ in range(rng.choice((1, 2, 3, 4, 6))):
        mark = rng.choice(("", "", "", ";", ";e", ";e", ";e", ";n"))
        shown = count
        if mark == ";n":
            shown = count = rng.choice((0, 0, 17, count))
        elif mark == ";e":
            shown = (count + rng.randint(-20, 60)) % 10**wheels
        lines.append(f"{name};{day};{shown:0{wheels}d}{mark}")
        if rng.random() < 0.06:
            wheels += 1
        count = (count + rng.choice((0, 5, 40, 120, 10**wheels // 3))) % 10**wheels
        day += rng.choice((1, 10, 30, 31))
    return lines


def generate(rng: random.Random) -> dict:
    lines = []
    for name in rng.sample(("A01", "B22", "C03", "D44", "Z99"), rng.choice((2, 3, 4))):
        lines += meter_lines(rng, name)
    for start in rng.sample((0, 10, 50, 100, 400), rng.choice((1, 2, 3))):
        lines.append(f"price;{start};{rng.randint(3, 40)}")
    if rng.random() < 0.2:
        lines.append(rng.choice((*FAULTS, lines[0], "")))
    if rng.random() < 0.7:
        rng.shuffle(lines)
    arguments = []
    if rng.random() < 0.3:
        arguments = ["--min", str(rng.choice((0, 1, 50, 200)))]
    elif rng.random() < 0.03:
        arguments = rng.choice((["--min"], ["50"], ["--min", "-1"]))
    return {"kind": "program", "args": arguments, "stdin": "\n".join(lines) + "\n"}

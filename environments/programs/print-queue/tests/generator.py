import random

PAPERS = ("plain", "plain", "glossy", "a3")
FAULTS = (
    "job 5 x 3",
    "job 900 nil 0 plain",
    "stop 900 nobody",
    "jobs 1 a 1 plain",
    "job 0 Big 3 a3",
)


def generate(rng: random.Random) -> dict:
    gaps, sizes = rng.choice(
        (
            ((0, 0, 1, 2, 3, 5, 9), (1, 2, 5, 8, 12, 20, 31)),
            ((0, 0, 0, 5, 5, 10), (5, 10, 15, 20, 25)),
            ((0, 0, 0, 5, 5, 10), (5, 3, 10, 8, 20)),
        )
    )
    lines = []
    time = rng.randint(0, 5)
    names: list[str] = []
    for at in range(rng.choice((5, 8, 12, 16, 16))):
        time += rng.choice(gaps)
        if names and rng.random() < 0.15:
            lines.append(f"stop {time} {rng.choice(names[-4:])}")
            continue
        name = f"{rng.choice('abc')}{at}"
        names.append(name)
        pages = rng.choice(sizes)
        lines.append(
            f"job {time} {name} {pages} {rng.choice(PAPERS)}" + " urgent" * (rng.random() < 0.2)
        )
        if rng.random() < 0.02:
            lines.append(rng.choice(FAULTS))
    count = rng.choice(("1", "1", "1", "2", "2"))
    if rng.random() < 0.01:
        count = "0"
    return {"kind": "program", "args": [count], "stdin": "\n".join(lines) + "\n"}

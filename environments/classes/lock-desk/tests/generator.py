import random

PEOPLE = ("Ann", "Bob", "Cem", "Dee", "Eli", "Fay", "Gil")
DOCUMENTS = ("log", "map", "plan")

SCENES = (
    # Somebody in the middle of a queue goes away.
    (("0", "a", "read"), ("1", "a", "write"), ("2", "a", "read"), ("1",)),
    (("0", "a", "write"), ("1", "a", "write"), ("2", "a", "read"), ("1",), ("0", "a")),
    # Circles, through those who have a document and through those in front in a queue.
    (("0", "a", "read"), ("1", "a", "write"), ("2", "b", "write"), ("2", "a", "read"), ("0", "b", "read")),
    (("0", "a", "write"), ("1", "b", "write"), ("2", "c", "write"), ("0", "b", "read"), ("1", "c", "read"), ("2", "a", "write")),
    # Two who read and want to write.
    (("0", "a", "read"), ("1", "a", "read"), ("2", "a", "write"), ("0", "a", "write"), ("1", "a", "write")),
)  # fmt: skip


def step(method: str, *arguments: str) -> dict:
    return {"on": "d", "method": method, "args": list(arguments), "ask": True}


def scene(rng: random.Random) -> list[dict]:
    """One of the scenes, with some people and documents."""
    people = rng.sample(PEOPLE, 3)
    named = dict(zip("abc", rng.sample(DOCUMENTS, 3), strict=True))
    steps = []
    for who, *rest in rng.choice(SCENES):
        name = people[int(who)]
        if len(rest) == 2:
            steps.append(step("ask", name, named[rest[0]], rest[1]))
        elif rest:
            steps.append(step("give_back", name, named[rest[0]]))
        else:
            steps.append(step("leave", name))
    return steps


def anything(rng: random.Random) -> dict:
    who, document = rng.choice(PEOPLE), rng.choice(DOCUMENTS)
    roll = rng.random()
    if roll < 0.5:
        mode = rng.choice(("read", "write")) if rng.random() < 0.97 else "lend"
        return step("ask", who, document, mode)
    if roll < 0.7:
        return step("give_back", who, document)
    if roll < 0.85:
        return step("leave", who)
    return step(rng.choice(("holders", "queue")), document)


def generate(rng: random.Random) -> dict:
    steps = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        steps += scene(rng)
        steps += [anything(rng) for _ in range(rng.randint(0, 3))]
    for _ in range(rng.randint(0, 3)):
        steps.insert(rng.randint(0, len(steps)), anything(rng))
    for document in DOCUMENTS:
        steps += [step("holders", document), step("queue", document)]
    return {"kind": "sequence", "steps": [{"new": "Desk", "as": "d", "args": []}, *steps]}

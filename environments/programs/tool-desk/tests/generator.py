import random

PEOPLE = ("ann", "bob", "cid", "dan", "eva")
TOOLS = ("saw", "drill", "plane", "ladder")
ODD = (
    "stock saw 0",
    "lend ann saw",
    "borrow ann",
    "show axe",
    "days",
    "return eva axe",
    "borrow Ann saw",
)


def generate(rng: random.Random) -> dict:
    people = rng.sample(PEOPLE, rng.choice((3, 4, 5)))
    tools = rng.sample(TOOLS, rng.choice((1, 1, 2, 3)))
    lines = [f"stock {tool} {rng.choice((1, 1, 1, 2))}" for tool in tools]
    having: list[tuple[str, str]] = []
    for _ in range(rng.choice((6, 10, 15, 25))):
        person, tool = rng.choice(people), rng.choice(tools)
        word = rng.choice(
            (
                "borrow",
                "borrow",
                "borrow",
                "return",
                "return",
                "renew",
                "leave",
                "days",
                "days",
                "show",
            )
        )
        if having and word in ("return", "renew", "leave") and rng.random() < 0.8:
            person, tool = rng.choice(having)
        if word == "borrow":
            having.append((person, tool))
        if word == "return" and (person, tool) in having:
            having.remove((person, tool))
        if word == "days":
            lines.append(f"days {rng.choice((1, 2, 2, 3, 8, 8))}")
        elif word == "show":
            lines.append(f"show {tool}")
        else:
            lines.append(f"{word} {person} {tool}")
        if rng.random() < 0.03:
            lines.append(rng.choice((*ODD, f"stock {tool} 1", "")))
    lines += [f"show {tool}" for tool in tools]
    return {"kind": "program", "args": [], "stdin": "\n".join(lines) + "\n"}

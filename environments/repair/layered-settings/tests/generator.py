import random

SECTIONS = ("web", "test", "db-1", "all")
KEYS = ("host", "port", "url", "flags", "x_1")
PARENTS = {"test": ("web", "all"), "web": ("all", "all"), "db-1": ("all", "web")}


def value(rng: random.Random, key: str) -> str:
    # A key refers only to keys before it, so that circles are rare.
    before = KEYS[: KEYS.index(key)]
    parts = []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        roll = rng.random()
        if roll < 0.4 and before:
            parts.append(f"${{{rng.choice(before)}}}")
        elif roll < 0.5 and before:
            parts.append(f"${{all.{rng.choice(before)}}}")
        elif roll < 0.6:
            parts.append(rng.choice(("$$", "$${host}", "a;b", "$$x")))
        else:
            parts.append(rng.choice(("a", "80", "example.org", "=", "+", "b-c", "[x]")))
    return rng.choice(("", "", " ", "/")).join(parts)


def layer(rng: random.Random, number: int) -> str:
    lines = []
    sections = SECTIONS[::-1] if number == 0 else rng.sample(SECTIONS, rng.randint(1, 3))
    for section in sections:
        colon = rng.choice((" : ", ":", "  :", ": "))
        parent = colon + rng.choice(PARENTS[section]) if section in PARENTS else ""
        lines.append(f"[{section}{parent if number == 0 or rng.random() < 0.4 else ''}]")
        keys = KEYS if section == "all" and number == 0 else rng.sample(KEYS, rng.randint(0, 3))
        for key in keys:
            sign = rng.choice(("=", " = ", " =", " = ", "+=", " += "))
            if rng.random() < 0.15 and section != "all":
                lines.append(f"-{key}")
                continue
            lines.append(f"{key}{sign}{value(rng, key)}{rng.choice(('', '', ' ; note', '  '))}")
            if rng.random() < 0.25:
                lines += rng.sample(("; nothing", "", "  ; more"), rng.choice((0, 0, 1)))
                lines.append(f"  {value(rng, key)}")
    if rng.random() < 0.015:
        lines.append(rng.choice(("key", "[a b]", "x = $", "-x y", "y = ${none}", "[web : web]")))
    return "\n".join(lines) + "\n"


def generate(rng: random.Random) -> dict:
    layers = [layer(rng, number) for number in range(rng.choice((1, 2, 2, 3)))]
    return {"kind": "call", "function": "load", "args": [layers]}

import random

KEYS = ("a", "b", "port", "log.dir", "x_1", "hosts")
VALUES = (
    *("80", "-5", "007", "yes", "no", "Yes", "", "text", "two words", "a=b", "a # b", "1;2", "- 5"),
    *('"quoted"', '" x "', '"say \\"hi\\""', '"c:\\\\temp"', '"a\\tb"', '""', 'in "it"'),
)
BAD = ('"open', '"a" b"', '"\\n"', '"\\"')
SECTIONS = ("base", "web", "db-1", "x_y", "0")


def setting(rng: random.Random, keys: list[str]) -> str:
    key = rng.choice(keys if keys and rng.random() < 0.4 else KEYS)
    keys.append(key)
    operator = rng.choice(("=", " = ", " =\t", "+=", " += ", " +=\t", "+= "))
    return f"{key}{operator}{rng.choice(VALUES)}"


def generate(rng: random.Random) -> dict:
    lines: list[str] = []
    known: dict[str, list[str]] = {}
    keys: list[str] = []
    for _ in range(rng.choice((3, 6, 10, 15, 20, 24))):
        roll = rng.random()
        new = [name for name in SECTIONS if name not in known]
        if roll < 0.2 and known and new:
            name, parent = rng.choice(new), rng.choice(list(known))
            keys = known[name] = known[parent].copy()
            line = rng.choice(
                (f"[{name}:{parent}]", f"[ {name} : {parent} ]", f"[{name} :{parent}]")
            )
        elif roll < 0.36:
            name = rng.choice((*new, *known))
            keys = known.setdefault(name, [])
            line = rng.choice((f"[{name}]", f"[ {name}\t]"))
        elif roll < 0.43 and keys:
            key = rng.choice(keys)
            keys[:] = [each for each in keys if each != key]
            line = rng.choice(("!", "! ")) + key
        elif roll < 0.48:
            line = rng.choice(("", "# a = b", "   ", "#", "\t# [base]"))
        else:
            line = setting(rng, keys)
        lines.append(rng.choice(("", "", "", "  ", "\t")) + line + rng.choice(("", "", " ")))
    if rng.random() < 0.05:
        wrong = (
            "!none",
            "[none : nobody]",
            "word",
            "Key = 1",
            f"a = {rng.choice(BAD)}",
            "[a",
            "+=1",
        )
        lines.append(rng.choice(wrong))
    args = [lines]
    return {"kind": "call", "function": "read_settings", "args": args, "mutates": True}

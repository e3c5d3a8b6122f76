import random

KEYS = ("host", "path", "log-level", "a", "b")
PLAIN = (
    *("", "x", "one two", "k=v", "a;b", "9+=1", "/srv/", '"quoted"'),
    *('"', '"', '"""', '""in""', '""in""', '"  wide "', '" right"', '"left "', '""'),
)


def value(rng: random.Random, seen: dict[str, list[str]], current: str) -> str:
    parts = []
    for _ in range(rng.choice((1, 1, 1, 1, 2))):
        roll = rng.random()
        if roll < 0.45:
            parts.append(rng.choice(PLAIN))
        elif roll < 0.5:
            parts.append(rng.choice(("$$", "$${a}", "c$$")))
        elif roll < 0.8 and seen[current]:
            parts.append(f"${{{rng.choice(seen[current])}}}")
        else:
            section = rng.choice(list(seen))
            if seen[section]:
                parts.append(f"${{{section}/{rng.choice(seen[section])}}}")
    text = rng.choice(("", "", " ")).join(parts)
    if rng.random() < 0.2:
        text = f'"{text}"'
    if rng.random() < 0.12:
        at = rng.randint(0, len(text))
        text = text[:at] + "\\\n" + rng.choice(("", "   ", "\t")) + text[at:]
    return text


def generate(rng: random.Random) -> dict:
    seen: dict[str, list[str]] = {}
    lines = []
    for name in rng.sample(("base", "test", "live", "x1"), rng.choice((1, 2, 2, 3))):
        parent = rng.choice(list(seen)) if seen and rng.random() < 0.75 else None
        seen[name] = list(seen[parent]) if parent is not None else []
        space = rng.choice(("", " "))
        lines.append(f"[{space}{name}{f' < {parent}' if parent is not None else space}]")
        for _ in range(rng.choice((2, 3, 4, 5))):
            roll = rng.random()
            keys = seen[name]
            if keys and roll < 0.4:
                lines.append(f"{rng.choice(keys)} += {value(rng, seen, name)}")
            elif keys and roll < 0.48:
                removed = rng.choice(keys)
                lines.append(f"!{removed}")
                keys.remove(removed)
            else:
                key = rng.choice(KEYS)
                lines.append(f"{key}{rng.choice((' = ', '=', '= '))}{value(rng, seen, name)}")
                if key not in keys:
                    keys.append(key)
    fault = rng.random()
    if fault < 0.05:
        lines.insert(
            rng.randint(1, len(lines)),
            rng.choice(
                ("a = $", "b = ${}", "zz += 1", "!zz", "a = ${zz}", "no", "[base < none]", "A = 1")
            ),
        )
    elif fault < 0.2:
        lines.insert(rng.randint(0, len(lines)), rng.choice(("; [x", "", "  ;", "\t")))
    return {"kind": "call", "function": "load", "args": ["\n".join(lines)]}

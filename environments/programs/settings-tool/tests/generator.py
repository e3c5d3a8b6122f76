import random

KEYS = ("root", "user", "log.dir", "flags", "x", "port_2", "name", "mode")
FAULTS = ("drop nothing", "size", "Root = 1", "[base]", "[new < none]", "a b = 1", "[]")


def piece(rng: random.Random) -> str:
    key = rng.choice(KEYS)
    return rng.choice(
        (
            "${" + key + "}",
            "${" + key + "|" + rng.choice(("", "none", "a b", "$$", "${x")) + "}",
            "$$",
            "$${" + key + "}",
            "$",
            "/srv",
            "-v",
            "{" + key + "}",
            '"',
            " ",
            "7",
        )
    )


def value(rng: random.Random) -> str:
    text = "".join(piece(rng) for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3))))
    if rng.random() < 0.15:
        return f'" {text} "'
    return text


def body(rng: random.Random, known: set[str]) -> list[str]:
    lines = []
    for _ in range(rng.choice((1, 2, 3, 5))):
        key = rng.choice(KEYS)
        if known and rng.random() < 0.1:
            key = rng.choice(sorted(known))
            known.discard(key)
            lines.append(f"drop {key}")
            continue
        sign = rng.choice(("=", "=", "?=", "+="))
        known.add(key)
        lines.append(f"{key}{rng.choice((' ', '', '  '))}{sign} {value(rng)}")
    return lines


def generate(rng: random.Random) -> dict:
    lines = ["[base]"]
    known: dict[str, set[str]] = {"base": set()}
    for key in rng.sample(KEYS, rng.choice((2, 4, 6))):
        known["base"].add(key)
        lines.append(f"{key} = {rng.choice(('', '', '1', '/tmp', 'a$$b', '$${x}', value(rng)))}")
    lines += body(rng, known["base"])
    for name in rng.sample(("dev", "test", "prod.eu"), rng.randint(1, 3)):
        under = rng.choice(sorted(known))
        known[name] = set(known[under])
        lines.append(rng.choice((f"[{name} < {under}]", f"[ {name}<{under} ]")))
        lines += body(rng, known[name])
    if rng.random() < 0.04:
        lines.insert(rng.randint(0, len(lines)), rng.choice(FAULTS))
    chosen = rng.choice(sorted(known))
    keys = []
    if rng.random() < 0.6:
        wanted = sorted(known[chosen]) or ["x"]
        keys = rng.sample(wanted, min(len(wanted), rng.randint(1, 4)))
    return {"kind": "program", "args": [chosen, *keys], "stdin": "\n".join(lines) + "\n"}

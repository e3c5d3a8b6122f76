import random
from typing import Any

LISTS = ("stops", "days", "user.tags", "none", "prices", "grid", "blank")
PLAIN = ("n", "user.name", "title", "none.x", "yes", "user.tags.0", "loop.index", "empty")
GAPS = ("", " ", "\n", "  \n", ", ", "=", " }} ", "a")


def value(rng: random.Random, names: list[str]) -> str:
    path = rng.choice((*PLAIN, *names, *names, *names))
    if names and rng.random() < 0.25:
        path = rng.choice(("loop.index", "loop.last"))
    filters = ""
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        text = rng.choice(("-", "", "?", " }} ", "a|b", ", ", "none"))
        filters += rng.choice(
            (" | upper", "|trim", " | lower", f' | default: "{text}"', f"|pad:{rng.randint(0, 6)}")
        )
    if rng.random() < 0.25:
        path, filters = (
            rng.choice(LISTS),
            f' | join : "{rng.choice((", ", "}}", "|", ""))}"' + filters,
        )
    elif rng.random() < 0.15:
        path, filters = rng.choice((*LISTS, "user")), " | count"
    left, right = rng.choice(("", "", "", "-")), rng.choice(("", "", "", "-"))
    return f"{{{{{left} {path}{filters} {right}}}}}"


def tag(rng: random.Random, text: str) -> str:
    left, right = rng.choice(("", "", "", "-")), rng.choice(("", "", "-"))
    return f"{{%{left} {text} {right}%}}"


def part(rng: random.Random, depth: int, names: list[str]) -> str:
    roll = rng.random()
    if not depth or roll < 0.45:
        return value(rng, names)
    if roll < 0.6:
        path = rng.choice((*PLAIN, *LISTS, *names, "loop.last"))
        text = tag(rng, f"if {path}") + block(rng, depth - 1, names)
        if rng.random() < 0.5:
            text += tag(rng, "else") + block(rng, depth - 1, names)
        return text + tag(rng, "end")
    name = rng.choice(("s", "x", "n", "item"))
    path = rng.choice((*LISTS, "user", "grid.0", "grid.1"))
    if "row" in names and rng.random() < 0.6:
        path = "row"
    if rng.random() < 0.2:
        name, path = "row", "grid"
    text = tag(rng, f"for {name} in {path}") + block(rng, depth - 1, [*names, name])
    if rng.random() < 0.4:
        text += tag(rng, "empty") + block(rng, depth - 1, names)
    return text + tag(rng, "end")


def block(rng: random.Random, depth: int, names: list[str]) -> str:
    parts = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        parts += [rng.choice(GAPS), part(rng, depth, names)]
    return "".join(parts) + rng.choice(GAPS)


def data(rng: random.Random) -> dict[str, Any]:
    words = ("Hill", "Inn", " Jetty ", "", "x")
    return {
        "stops": rng.sample(words, rng.randint(0, 3)),
        "days": {key: 1 for key in rng.sample(("tue", "mon", "fri", "a"), rng.randint(0, 3))},
        "user": {"name": rng.choice(("Ada", " bo ", "")), "tags": rng.sample(words, 2)},
        "prices": [rng.randint(0, 20) for _ in range(rng.randint(1, 3))],
        "grid": ["ab", None] if rng.random() < 0.1 else [["a"], ["b", "c", 7]],
        "blank": None,
        "n": rng.choice((0, 3, None)),
        "title": rng.choice(("Trip", "", None)),
        "yes": rng.random() < 0.5,
        "loop": rng.choice((None, {"index": 9, "last": 0})),
        "empty": [] if rng.random() < 0.03 else "",
    }


def generate(rng: random.Random) -> dict:
    template = block(rng, 2, [])
    if "row" in template:
        template = template.replace("{ row ", "{ row.0 ").replace("{- row ", "{- row.1 ")
    if rng.random() < 0.04:
        mistakes = (
            '"}}',
            "{% empty %}",
            "{{ n | default: no }}",
            "{{ n | pad }}",
            "{% end %}",
            "{{",
        )
        template += rng.choice(mistakes)
    if rng.random() < 0.25:
        return {"kind": "call", "function": "variables", "args": [template]}
    return {"kind": "call", "function": "render", "args": [template, data(rng)]}

import random

CODE = (
    *("x = 1", "return", "name = 'a'", "call(first, second)", 'sign = "#"', "both = '\"' + \"#'\""),
    *("z", "pass", "f(x)", "abc = 2", "a.b += c", "i, j = 3, 4"),
    *("if long_condition and another_one:", "    y += 1", "it's", 'say("', "t = ''", "a\tb"),
)
COMMENTS = ("# one", "#two", "# it's", "##", "#", "# a # b", "#  spaced  ", '# "')


def generate(rng: random.Random) -> dict:
    lines = []
    for _ in range(rng.choice((3, 5, 8, 12))):
        roll = rng.random()
        if roll < 0.84:
            line = rng.choice(CODE) + " " * rng.choice((0, 1, 1, 2, 6)) + rng.choice(COMMENTS)
        elif roll < 0.89:
            line = rng.choice(CODE)
        elif roll < 0.95:
            line = " " * rng.choice((0, 0, 4)) + rng.choice(COMMENTS)
        else:
            line = rng.choice(("", "   "))
        lines.append(line + " " * rng.choice((0, 0, 0, 2)))
    limit = rng.choice((0, 4, 5, 7, 8, 10, 10, 12, 14, 14, 40))
    return {"kind": "call", "function": "line_up", "args": ["\n".join(lines), limit]}

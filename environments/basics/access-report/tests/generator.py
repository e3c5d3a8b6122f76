import random

PATHS = ("/", "/shop", "/Shop", "/cart", "/img/logo.png", "/a", "/a/b", "/api/v2/items", "/zoo")
QUERIES = ("", "", "", "", "?page=2", "?q=a&r=b", "?", "?q=x%20y", "?a?b", "?next=/cart")
BAD = ("oops", "10.0.0.1 GET /a 200", "10.0.0.1 GET a 200 5", "h GET /a 20x 5", "h GET /a 200 -5")


def log_line(rng: random.Random, paths: list[str]) -> str:
    roll = rng.random()
    if roll < 0.06:
        return rng.choice(BAD)
    if roll < 0.1:
        return rng.choice(("", "  "))
    size = rng.choice(("-", "0", "64", "100", str(rng.randint(1, 300)), str(rng.randint(1, 90000))))
    fields = [
        f"10.0.0.{rng.randint(1, 250)}",
        rng.choice(("GET", "POST", "PUT")),
        rng.choice(paths) + rng.choice(QUERIES),
        rng.choice(("200", "200", "201", "304", "399", "400", "404", "500")),
        size,
    ]
    return rng.choice((" ", " ", " ", "  ")).join(fields)


def generate(rng: random.Random) -> dict:
    paths = rng.sample(PATHS, rng.choice((1, 2, 4, 6, 9)))
    lines = [log_line(rng, paths) for _ in range(rng.choice((1, 2, 4, 7, 12, 25)))]
    arguments = rng.choice(([], [], [], ["--top", str(rng.randint(1, 4))]))
    if rng.random() < 0.04:
        arguments = rng.choice((["--top", "0"], ["--top"], ["--top", "-1"], ["-n", "3"]))
    text = "\n".join(lines) + rng.choice(("\n", "\n", ""))
    return {"kind": "program", "args": arguments, "stdin": text}

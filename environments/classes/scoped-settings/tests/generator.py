import random

KEYS = ("font", "lang", "size")
NAMES = ("user", "page", "print", "guest")


def generate(rng: random.Random) -> dict:
    defaults = {key: rng.choice((1, 2, "on")) for key in rng.sample(KEYS, rng.randint(1, 3))}
    steps: list[dict] = [{"new": "Settings", "as": "s", "args": [defaults]}]
    layers = 1
    methods = ("push", "push", "set", "set", "set", "hide", "hide", "hide", "get", "origin", "keys")
    for name in rng.sample(NAMES, rng.randint(0, 3)):
        steps.append({"on": "s", "method": "push", "args": [name], "ask": True})
        layers += 1
    for _ in range(rng.randint(12, 22)):
        method = rng.choice((*methods, "pop", "pop", "merge", "merge"))
        if layers == 1 and method in ("pop", "merge") and rng.random() < 0.8:
            method = "push"
        layers += (method == "push") - (layers > 1 and method in ("pop", "merge"))
        arguments: list = []
        if method == "push":
            arguments = [rng.choice(NAMES)]
        elif method == "set":
            arguments = [rng.choice(KEYS), rng.choice((1, 2, "on", None))]
        elif method in ("hide", "get", "origin"):
            arguments = [rng.choice(KEYS)]
        steps.append({"on": "s", "method": method, "args": arguments, "ask": True})
        if method in ("pop", "merge"):
            steps.append({"on": "s", "method": "keys", "args": [], "ask": True})
    steps += [{"on": "s", "method": "get", "args": [key], "ask": True} for key in KEYS]
    return {"kind": "sequence", "steps": steps}

import random

PEOPLE = ("Ann", "Bob", "Cem", "Dee", "Eli")


def generate(rng: random.Random) -> dict:
    home = sorted(rng.sample(PEOPLE, rng.choice((2, 3, 3, 4))))
    steps: list[dict] = [{"new": "Kitty", "as": "k", "args": [home]}]

    def call(method: str, *arguments: object) -> None:
        steps.append({"on": "k", "method": method, "args": list(arguments), "ask": True})

    paid = 0
    for _ in range(rng.randint(6, 14)):
        roll = rng.random()
        who = rng.choice(home if rng.random() < 0.96 else PEOPLE)
        if roll < 0.5:
            amount = rng.choice((1, 2, 5, 10, 100, 1000, rng.randint(1, 500)))
            if rng.random() < 0.4:
                call("pay", who, amount)
            else:
                sharing = rng.sample(home, rng.randint(1, len(home)))
                call("pay", who, amount, {name: rng.choice((1, 1, 2, 3, 5)) for name in sharing})
            paid += 1
            call("share", paid, rng.choice(home))
        elif roll < 0.7 and paid:
            call("cancel", rng.randint(1, paid))
        elif roll < 0.75:
            call("hand", who, rng.choice(home), rng.choice((1, 50, 333)))
        elif roll < 0.8:
            call("leave", who)
        elif roll < 0.85:
            name = rng.choice(PEOPLE)
            call("join", name)
            if name not in home:
                home = sorted([*home, name])
        else:
            call("settle")
    for name in home:
        call("balance", name)
    call("settle")
    return {"kind": "sequence", "steps": steps}

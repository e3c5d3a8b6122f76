import random

PEOPLE = ("Ann", "Bob", "Cem", "Dee", "Eli", "Fay")


def generate(rng: random.Random) -> dict:
    rows = [rng.randint(4, 7) for _ in range(rng.choice((1, 1, 2)))]
    minutes = rng.choice((5, 8, 10))
    steps: list[dict] = [{"new": "Hall", "as": "h", "args": [rows, minutes]}]
    now = 0
    asking = list(PEOPLE)
    for number in range(rng.randint(11, 18)):
        # Many ask at first, so that the hall is soon full and there is a waiting list.
        early = number < 5
        now += rng.choice((0, 1, 1)) if early else rng.choice((0, 1, 1, 2, 3, 5, minutes))
        method = rng.choice(("hold", "confirm", "release", "release", "seats", "seats", "free"))
        who = rng.choice(PEOPLE[: number + 1])
        arguments = [now, who]
        if early or method == "hold":
            method = "hold"
            asking = asking or list(PEOPLE)
            arguments = [now, asking.pop(0), rng.choice((1, 2, 2, 3, 3, 4, max(rows)))]
        elif method == "free":
            arguments = [now]
        elif rng.random() < 0.02:
            arguments = [now - 20, who]
        steps.append({"on": "h", "method": method, "args": arguments, "ask": True})
        if method == "release":
            names = rng.sample(PEOPLE, 2)
            steps += [
                {"on": "h", "method": "seats", "args": [now, name], "ask": True} for name in names
            ]
    steps += [{"on": "h", "method": "seats", "args": [now + 1, who], "ask": True} for who in PEOPLE]
    return {"kind": "sequence", "steps": steps}

import random

PLAYERS = ("Ann", "Bob", "Cem", "Dee", "Eli", "Fay", "Gil")


def generate(rng: random.Random) -> dict:
    names = rng.sample(PLAYERS, rng.randint(3, 6))
    reach = rng.choice((1, 2, 2, 3, 4))
    steps: list[dict] = [{"new": "Ladder", "as": "c", "args": [list(names), reach]}]

    def call(method: str, *arguments: str) -> None:
        steps.append({"on": "c", "method": method, "args": list(arguments), "ask": True})

    last: dict[str, str] = {}
    for _ in range(rng.randint(8, 16)):
        roll = rng.random()
        if roll < 0.75 and len(names) > 1:
            # The ladder is followed here roughly, so that most matches are allowed.
            at = rng.randrange(1, len(names))
            above = max(0, at - rng.randint(1, reach))
            challenger, opponent = names[at], names[above]
            rematch = last.get(challenger) == opponent and last.get(opponent) == challenger
            if rematch and rng.random() < 0.9:
                continue
            winner = rng.choice((challenger, challenger, opponent))
            if rng.random() < 0.03:
                winner = rng.choice(PLAYERS)
            if rng.random() < 0.04:
                challenger, opponent = opponent, challenger
            call("challenge", challenger, opponent, winner)
            if not rematch and challenger == names[at] and winner in (challenger, opponent):
                last[challenger], last[opponent] = opponent, challenger
                if winner == challenger:
                    names.insert(above, names.pop(at))
        elif roll < 0.82:
            name = rng.choice(PLAYERS)
            call("join", name)
            if name not in names:
                names.append(name)
        elif roll < 0.9:
            name = rng.choice(PLAYERS)
            call("quit", name)
            if name in names:
                names.remove(name)
                last.pop(name, None)
                if rng.random() < 0.6:
                    call("join", name)
                    names.append(name)
        elif roll < 0.95:
            call("names")
        else:
            call("place", rng.choice(PLAYERS))
    call("names")
    return {"kind": "sequence", "steps": steps}

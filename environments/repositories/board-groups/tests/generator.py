import random


def generate(rng: random.Random) -> dict:
    steps = [{"new": "Board", "as": "b", "args": []}]

    def do(method: str, *args: object) -> None:
        steps.append({"on": "b", "method": method, "args": list(args), "ask": True})

    names = list("abcdef"[: rng.choice((3, 4, 5, 6))])
    for name in names:
        x, y = rng.randint(0, 6), rng.randint(0, 6)
        if rng.random() < 0.35:
            do("add", name, "disc", [x, y, rng.randint(1, 3)])
        else:
            do("add", name, "box", [x, y, rng.randint(1, 5), rng.randint(1, 5)])
    # What lies where, roughly, so that most of what is asked is possible.
    places = {None: list(names)}
    groups = []
    for _ in range(rng.choice((5, 8, 12, 16))):
        things = [name for members in places.values() for name in members]
        if not things:
            break
        name = rng.choice(things + groups[-1:])
        method = rng.choice(
            (
                "group",
                "group",
                "turn",
                "turn",
                "mirror",
                "move",
                "to_front",
                "to_back",
                "ungroup",
                "ungroup",
                "remove",
                "remove",
            )
        )
        if method == "group":
            place = rng.choice(list(places))
            size = rng.choice((1, 1, 2, 3))
            members = rng.sample(places[place], min(size, len(places[place])))
            new = f"g{len(groups) + 1}"
            if members and rng.random() < 0.95:
                highest = max(members, key=places[place].index)
                inside = [each for each in places[place] if each in members]
                places[place] = [
                    new if each == highest else each
                    for each in places[place]
                    if each == highest or each not in members
                ]
                places[new] = inside
                groups.append(new)
                do("group", new, members)
                do("names")
            else:
                do("group", rng.choice((new, "a", "")), [*members, rng.choice(names)])
        elif method == "ungroup":
            if name in places:
                for members in places.values():
                    if name in members:
                        at = members.index(name)
                        members[at : at + 1] = places[name]
                        break
                del places[name]
                groups.remove(name)
                do("ungroup", name)
            elif rng.random() < 0.2:
                do("ungroup", name)
        elif method == "remove":
            if name not in places:
                for members in places.values():
                    if name in members:
                        members.remove(name)
                do("remove", name)
        elif method == "move":
            do("move", name, rng.randint(-3, 3), rng.randint(-3, 3))
        else:
            do(method, name)
        if rng.random() < 0.5:
            do("bounds", rng.choice(names))
        if rng.random() < 0.7:
            do("top_at", rng.randint(0, 7), rng.randint(0, 7), *rng.choice(((), (True,))))
    do("names")
    for name in [*groups[-2:], *names[:3]]:
        do("bounds", name)
    for _ in range(4):
        do("top_at", rng.randint(0, 7), rng.randint(0, 7), True)
    return {"kind": "sequence", "steps": steps}

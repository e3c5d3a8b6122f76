import random

NAMES = ("Ada", "Bo", "Cy", "Di", "Eli", "Flo", "Gus", "Hal", "Ida", "Jo")
TEAMS = ("red", "green", "blue", "night", None)


def roster(people: dict[int, list]) -> dict:
    return {badge: tuple(person) for badge, person in people.items()}


def generate(rng: random.Random) -> dict:
    badges = rng.sample(range(1, 100), rng.choice((1, 2, 3, 4, 5, 6, 8, 12)))
    before, after = {}, {}
    for badge in badges:
        person = [rng.choice(NAMES), rng.choice(TEAMS)]
        fate = rng.random()
        if fate > 0.2:
            before[badge] = person
        if fate < 0.75:
            name = person[0] if rng.random() < 0.9 else rng.choice(NAMES)
            team = person[1] if rng.random() < 0.6 else rng.choice(TEAMS)
            after[badge] = [name, team]
    if rng.random() < 0.04:
        after = {}
    return {"kind": "call", "function": "compare_rosters", "args": [roster(before), roster(after)]}

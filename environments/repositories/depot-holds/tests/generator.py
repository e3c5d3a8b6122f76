import random

SKUS = ("bolt", "nut", "m4-nut")


def generate(rng: random.Random) -> dict:
    steps = [{"new": "Depot", "as": "d", "args": [rng.choice((12, 20, 30))]}]
    skus = SKUS[: rng.choice((1, 2, 2, 3))]

    def add(method: str, *args: object) -> None:
        steps.append({"on": "d", "method": method, "args": list(args), "ask": True})

    for sku in skus:
        add("receive", sku, rng.randint(2, 6))
    holds = 0
    for _ in range(rng.choice((9, 12, 16, 20))):
        sku = rng.choice(skus)
        roll = rng.random()
        if roll < 0.42:
            add("hold", sku, rng.randint(1, 6), rng.choice((1, 2, 3, 5, 8)))
            holds += 1
        elif roll < 0.5:
            add("receive", sku, rng.randint(1, 4))
        elif roll < 0.54:
            add("ship", sku, rng.randint(1, 3))
        elif roll < 0.7 and holds:
            add("release", rng.randint(1, holds))
        elif roll < 0.75 and holds:
            add("ship_hold", rng.randint(1, holds))
        elif roll < 0.86:
            add("advance", rng.choice((1, 1, 2, 3)))
        elif roll < 0.92:
            add("free", sku)
        elif holds:
            add("status", rng.randint(1, holds))
        if rng.random() < 0.02:
            add(
                *rng.choice(
                    (("hold", "nail", 0, 0), ("status", 99), ("advance", 0), ("hold", sku, 0, 1))
                )
            )
    for number in range(1, holds + 1):
        add("status", number)
    add("free", skus[0])
    add("history")
    return {"kind": "sequence", "steps": steps}

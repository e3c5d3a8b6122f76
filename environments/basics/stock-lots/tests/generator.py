import random


def generate(rng: random.Random) -> dict:
    steps = [{"new": "Stock", "as": "s", "args": []}]
    prices = [rng.randint(1, 900) for _ in range(rng.choice((1, 2, 4)))]
    stock = sold = 0
    for _ in range(rng.choice((3, 5, 7, 10, 14))):
        method = rng.choice(("buy", "buy", "sell", "sell", "take_back"))
        if method == "buy" or not stock:
            quantity = rng.randint(1, rng.choice((5, 20, 300)))
            step = {"method": "buy", "args": [quantity, rng.choice(prices)]}
            stock += quantity
        elif method == "sell":
            quantity = rng.randint(1, stock)
            step = {"method": "sell", "args": [quantity]}
            stock, sold = stock - quantity, sold + quantity
        else:
            quantity = rng.randint(1, max(1, sold))
            step = {"method": "take_back", "args": [quantity]}
            if sold:
                stock, sold = stock + quantity, sold - quantity
        steps.append({"on": "s", **step, "ask": True})
        if rng.random() < 0.06:
            wrong = rng.choice((["sell", [stock + 3]], ["take_back", [sold + 1]], ["buy", [0, 5]]))
            steps.append({"on": "s", "method": wrong[0], "args": wrong[1], "ask": True})
        if rng.random() < 0.3:
            steps.append({"on": "s", "method": "lots", "args": [], "ask": True})
    steps.append({"on": "s", "attribute": "quantity", "ask": True})
    steps.append({"on": "s", "method": "lots", "args": [], "ask": True})
    return {"kind": "sequence", "steps": steps}

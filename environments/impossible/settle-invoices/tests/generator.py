import random

CUSTOMERS = ("Kim", "Lou", "Max", "kim")


def generate(rng: random.Random) -> dict:
    customers = CUSTOMERS[: rng.choice((1, 2, 3, 4))]
    ids = [f"{letter}{number}" for letter in "AB" for number in (1, 2, 10, 11, 3)]
    rng.shuffle(ids)
    invoices = [
        {
            "id": identity,
            "customer": rng.choice(customers),
            "due": rng.choice((10, 20, 20, 30, rng.randint(1, 90))),
            "amount": rng.choice((100, 250, 500, rng.randint(1, 900))),
        }
        for identity in ids[: rng.choice((1, 2, 3, 5, 8, 10))]
    ]
    payments = []
    for _ in range(rng.choice((1, 1, 2, 3, 4, 6))):
        meant = rng.choice(invoices)
        amount = rng.choice((meant["amount"], meant["amount"] - 1, 40, rng.randint(1, 1200)))
        payment = {"customer": meant["customer"], "amount": max(1, amount)}
        if rng.random() < 0.4:
            payment["for"] = rng.choice((meant["id"], meant["id"], rng.choice(ids)))
        payments.append(payment)
    if rng.random() < 0.03:
        payments[-1]["amount"] = rng.choice((0, -5))
    args = [invoices, payments]
    return {"kind": "call", "function": "settle", "args": args, "mutates": True}

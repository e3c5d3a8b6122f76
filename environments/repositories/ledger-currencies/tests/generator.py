import random

ACCOUNTS = (
    "assets:bank",
    "assets:cash",
    "assets:cash:wallet",
    "assets:dollars",
    "expenses:food",
    "expenses:travel:rail",
    "income",
    "equity",
)
CODES = ("", "", " EUR", " USD", " USD", " CHF", " GBP")


def number(rng: random.Random) -> str:
    whole = rng.choice((0, 1, 4, 10, 25, 120, 999))
    text = rng.choice((f"{whole}", f"{whole}.{rng.randint(0, 99):02}", f"{whole}.50"))
    return rng.choice(("", "", "-")) + text


def amount(rng: random.Random) -> str:
    code = rng.choice(CODES)
    text = number(rng) + code
    if rng.random() < 0.3:
        others = [each for each in CODES if (each or " EUR") != (code or " EUR")]
        price = f"{rng.randint(0, 80)}.{rng.randint(1, 99):02}{rng.choice(others)}"
        if rng.random() < 0.02:
            price = rng.choice(("-" + price, "0.00 JPY", "3" + code))
        text += f" @@ {price}"
    return text


def transaction(rng: random.Random, day: int) -> list[str]:
    lines = [f"2024-05-{day:02} Note {day}"]
    accounts = rng.sample(ACCOUNTS, rng.randint(2, 4))
    if rng.random() < 0.2:
        said = amount(rng).partition(" @@ ")[0]
        back = said[1:] if said.startswith("-") else f"-{said}"
        lines += [f"  {accounts[0]}  {said}", f"  {accounts[1]}  {back}"]
    else:
        lines += [f"  {account}{' ' * rng.randint(2, 5)}{amount(rng)}" for account in accounts[1:]]
        lines.insert(rng.randint(1, len(lines)), f"  {accounts[0]}")
    if rng.random() < 0.015:
        lines.append(f"  {rng.choice(ACCOUNTS)}  1.00 USD" if rng.random() < 0.5 else "  income")
    return lines


def generate(rng: random.Random) -> dict:
    lines: list[str] = []
    for day in range(1, rng.choice((2, 3, 4, 6)) + 1):
        lines += transaction(rng, day)
        if rng.random() < 0.1:
            lines.append(rng.choice(("", "# checked", "#")))
    journal = "\n".join(lines) + "\n"
    if rng.random() < 0.35:
        account = rng.choice((*ACCOUNTS, "assets", "expenses", "expenses:travel"))
        return {"kind": "call", "function": "account_balance", "args": [journal, account]}
    args = [journal] if rng.random() < 0.5 else [journal, rng.choice((1, 2, 3))]
    return {"kind": "call", "function": "balance_report", "args": args}

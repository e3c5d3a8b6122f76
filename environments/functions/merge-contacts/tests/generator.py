import random

USERS = ("ann", "bo", "c.d", "eve", "info", "office", "fay", "gus", "hal")
HOSTS = ("x.example", "mail.example", "mail.example")
NAMES = ("Ann", "A. Li", "Bo", "Bea", "Eve", "Cy D.", "")
NOTES = ("", "", "old", "new", "call later", "old; new")


def mail(rng: random.Random) -> str:
    user = rng.choice(USERS)
    if rng.random() < 0.3:
        user += rng.choice(("+news", "+a+b", "+"))
    text = f"{user}@{rng.choice(HOSTS)}"
    return rng.choice((text, text, text.upper(), f" {text}", text.title(), f"{text}\t"))


def phone(rng: random.Random) -> str:
    tail = rng.choice(("3012", "3013", "3014", "3015", "77", "3016", "40"))
    return rng.choice(
        (f"0{tail}", f"+49{tail}", f"0049 {tail}", f"49-{tail}", f"(0){tail}", tail, f"+0{tail}")
    )


def generate(rng: random.Random) -> dict:
    entries = []
    for _ in range(rng.choice((4, 6, 8, 10, 12))):
        entries.append(
            {
                "name": rng.choice(NAMES),
                "mails": [mail(rng) for _ in range(rng.choice((0, 1, 1, 2, 2)))],
                "phones": [phone(rng) for _ in range(rng.choice((0, 0, 1, 1, 2)))],
                "note": rng.choice(NOTES),
                "changed": rng.choice((1, 2, 2, 3, 3)),
            }
        )
        if rng.random() < 0.1:
            entries[-1][rng.choice(("mails", "phones"))].append(rng.choice(("", " ", "+")))
    return {"kind": "call", "function": "merge", "args": [entries]}

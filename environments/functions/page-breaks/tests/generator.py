import random


def block(rng: random.Random, height: int) -> list:
    kind = rng.choice(("text", "text", "text", "table", "head", "chapter"))
    most = {"text": 9, "table": max(1, height - 3), "head": 2, "chapter": 2}[kind]
    return [kind, rng.randint(1, most)]


def generate(rng: random.Random) -> dict:
    height = rng.randint(5, 10)
    blocks: list[list] = []
    for _ in range(rng.randint(4, 9)):
        new = block(rng, height)
        # Two headings on end do fit, but rarely.
        if blocks and blocks[-1][0] in ("head", "chapter") and new[0] != "text":
            new = ["text", rng.randint(2, 7)]
        blocks.append(new)
    mistake = rng.random()
    if mistake < 0.02:
        blocks[-1][1] = 0
    elif mistake < 0.03:
        blocks[0][0] = "image"
    args = [blocks, height]
    return {"kind": "call", "function": "break_pages", "args": args, "mutates": True}

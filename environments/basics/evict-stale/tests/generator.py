import random

KINDS = ("user", "page", "logo", "feed", "rate", "geo", "token")


def generate(rng: random.Random) -> dict:
    now = rng.randint(50, 5000)
    cache = {}
    moments = [now - rng.randint(0, 300) for _ in range(4)]
    for _ in range(rng.choice((1, 2, 3, 4, 5, 6, 8, 15))):
        stored_at = rng.choice((rng.choice(moments), now - rng.randint(0, 400), now + 5))
        ttl = rng.choice((None, 0, rng.randint(1, 90), rng.randint(1, 300), now - stored_at))
        if ttl is not None and ttl < 0:
            ttl = 30
        key = f"{rng.choice(KINDS)}:{rng.randint(1, 99)}"
        cache[key] = [rng.choice((rng.randint(0, 999), "text", [1, 2])), stored_at, ttl]
    return {"kind": "call", "function": "evict", "args": [cache, now], "mutates": True}

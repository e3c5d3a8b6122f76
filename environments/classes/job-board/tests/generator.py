import random

JOBS = ("dig", "hoe", "mow", "plant", "prune", "rake", "sow", "water")
WORKERS = ("Ann", "Bob", "Cem")


def generate(rng: random.Random) -> dict:
    lease, tries, pause = rng.choice((4, 6, 9)), rng.choice((1, 2, 2, 3)), rng.choice((1, 2, 3))
    steps: list[dict] = [{"new": "Board", "as": "b", "args": [lease, tries, pause]}]

    def call(method: str, *arguments: object) -> None:
        steps.append({"on": "b", "method": method, "args": list(arguments), "ask": True})

    now = 0
    coming = rng.sample(JOBS, rng.randint(4, 7))
    added: list[str] = []
    busy: dict[str, int] = {}
    for number in range(rng.randint(14, 24)):
        now += rng.choice((0, 0, 1, 1, 2, 3)) if number < 14 else rng.choice((1, 3, lease))
        if coming and rng.random() < 0.5:
            after = rng.sample(added, min(len(added), rng.choice((0, 0, 0, 1, 2))))
            if rng.random() < 0.02:
                after.append(coming[-1])
            added.append(coming.pop(0))
            call("add", now, added[-1], rng.choice((1, 1, 1, 2, 3)), after)
            continue
        worker = rng.choice(WORKERS)
        if busy.get(worker, -1) <= now and rng.random() < 0.9:
            call("take", now, worker)
            busy[worker] = now + lease
        elif rng.random() < 0.75:
            method = rng.choice(("done", "done", "fail", "renew"))
            call(method, now, worker)
            if method != "renew":
                busy.pop(worker, None)
        elif added:
            call("state", now if rng.random() < 0.97 else now - 9, rng.choice(added))
    for name in added:
        call("state", now + 1, name)
    return {"kind": "sequence", "steps": steps}

import re
import sys


def fail(message):
    print(message)
    sys.exit(1)


def natural(word, least=0):
    if not re.fullmatch("[0-9]+", word):
        return None
    value = int(word)
    return value if value >= least else None


crews = None
pauses = []
jobs = {}
for number, line in enumerate(sys.stdin.read().split("\n"), 1):
    words = line.split()
    good = False
    if not words:
        continue
    if words[0] == "crews" and len(words) == 2 and crews is None:
        crews = natural(words[1], 1)
        good = crews is not None
    elif words[0] == "pause" and len(words) == 3:
        a, b = natural(words[1]), natural(words[2])
        good = a is not None and b is not None and a < b
        pauses.append((a, b))
    elif words[0] == "job" and len(words) >= 4 and words[1] not in jobs:
        job = {"after": [], "from": 0, "team": 1, "start": None}
        job["length"], job["priority"] = natural(words[2], 1), natural(words[3])
        good = re.fullmatch("[a-z0-9-]+", words[1]) is not None
        good = good and job["length"] is not None and job["priority"] is not None
        seen = set()
        for option in words[4:]:
            key, _, value = option.partition("=")
            if key in seen:
                good = False
            seen.add(key)
            if key == "after" and re.fullmatch("[a-z0-9-]+(,[a-z0-9-]+)*", value):
                job["after"] = value.split(",")
            elif key in ("from", "team"):
                job[key] = natural(value, 1 if key == "team" else 0)
                good = good and job[key] is not None
            else:
                good = False
        jobs[words[1]] = job
    if not good:
        fail(f"bad line {number}")

if crews is None:
    fail("no crews")
for job in jobs.values():
    for name in job["after"]:
        if name not in jobs:
            fail(f"unknown {name}")
for name, job in jobs.items():
    if job["team"] > crews:
        fail(f"too large {name}")

reachable = set()
changed = True
while changed:
    changed = False
    for name, job in jobs.items():
        if name not in reachable and all(x in reachable for x in job["after"]):
            reachable.add(name)
            changed = True
if len(reachable) < len(jobs):
    fail("circle")

order = sorted(jobs, key=lambda n: (-jobs[n]["priority"], -jobs[n]["length"], n))
until = [0] * crews
result = []
time = 0
while any(job["start"] is None for job in jobs.values()):
    if not any(a <= time < b for a, b in pauses):
        for name in order:
            job = jobs[name]
            if job["start"] is not None or job["from"] > time:
                continue
            before = [jobs[x] for x in job["after"]]
            if any(b["start"] is None or b["start"] + b["length"] > time for b in before):
                continue
            free = [i for i in range(crews) if until[i] <= time]
            if len(free) < job["team"]:
                break
            job["start"] = time
            for i in free[: job["team"]]:
                until[i] = time + job["length"]
            numbers = "+".join(str(i + 1) for i in free[: job["team"]])
            result.append((time, free[0], f"{time} {time + job['length']} {numbers} {name}"))
    time += 1
result.sort()
for _, _, text in result:
    print(text)
print("end", max(until))

import re
import sys

if len(sys.argv) != 2 or not re.fullmatch("[0-9]+", sys.argv[1]) or int(sys.argv[1]) == 0:
    sys.exit(2)
count = int(sys.argv[1])

events = {}
names = []
faulty = 0
last = 0
for line in sys.stdin.read().split("\n"):
    f = [w for w in line.split(" ") if w]
    if not f:
        continue
    ok = False
    if f[0] == "job" and len(f) in (5, 6) and (len(f) == 5 or f[5] == "urgent"):
        ok = (
            re.fullmatch("[0-9]+", f[1]) and re.fullmatch("[a-z0-9]+", f[2])
            and re.fullmatch("[0-9]+", f[3]) and int(f[3]) > 0
            and re.fullmatch("[a-z0-9]+", f[4])
            and int(f[1]) >= last and f[2] not in names
        )
        if ok:
            names.append(f[2])
    elif f[0] == "stop" and len(f) == 3:
        ok = re.fullmatch("[0-9]+", f[1]) and int(f[1]) >= last and f[2] in names
    if not ok:
        faulty += 1
        continue
    last = int(f[1])
    events.setdefault(last, []).append(f)

paper = ["plain"] * count
busy = [None] * count
pages = [0] * count
changes = [0] * count
jobs = {}
queue = []
now = 0
while True:
    for p in range(count):
        if busy[p] and jobs[busy[p]]["end"] == now:
            pages[p] += jobs[busy[p]]["pages"]
            jobs[busy[p]]["state"] = "done"
            busy[p] = None
    for f in events.get(now, []):
        if f[0] == "job":
            jobs[f[2]] = {
                "since": now, "pages": int(f[3]), "paper": f[4], "urgent": len(f) == 6,
                "state": "waiting",
            }
            queue.append(f[2])
        else:
            job = jobs[f[2]]
            if job["state"] == "waiting":
                queue.remove(f[2])
                job["state"] = "stopped"
            elif job["state"] == "printing":
                p = job["printer"]
                busy[p] = None
                job["state"] = "broken"
                job["end"] = now
                job["whole"] = max(0, now - job["start"] - job["setup"])
                pages[p] += job["whole"]
    while queue and None in busy:
        idle = [p for p in range(count) if busy[p] is None]
        papers = {paper[p] for p in idle}
        old = [n for n in queue if now - jobs[n]["since"] > 30]
        urgent = [n for n in queue if jobs[n]["urgent"]]
        fitting = [n for n in queue if jobs[n]["paper"] in papers]
        chosen = (old or urgent or fitting or queue)[0]
        queue.remove(chosen)
        job = jobs[chosen]
        right = [p for p in idle if paper[p] == job["paper"]]
        p = (right or idle)[0]
        setup = 0
        if not right:
            setup = 2
            changes[p] += 1
            paper[p] = job["paper"]
        busy[p] = chosen
        job.update(state="printing", printer=p, start=now, setup=setup, end=now + setup + job["pages"])
    later = [t for t in events if t > now]
    later += [jobs[b]["end"] for b in busy if b]
    if not later:
        break
    now = min(later)

for name in names:
    job = jobs[name]
    if job["state"] == "stopped":
        print(name, "stopped")
        continue
    text = f"{name} printer {job['printer'] + 1}: {job['start']}-{job['end']}"
    if job["state"] == "broken":
        text += f" stopped after {job['whole']}"
    print(text)
for p in range(count):
    print(f"printer {p + 1}: {pages[p]} pages, {changes[p]} changes")
if faulty:
    print(f"faulty: {faulty}")
    sys.exit(1)

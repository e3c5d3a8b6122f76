import heapq
import re
import sys

NUMBER = "([0-9]+)"
WORD = "[a-z0-9-]+"


def parse(text):
    crews, pauses, jobs = None, [], {}
    for n, raw in enumerate(text.split("\n"), 1):
        line = " ".join(part for part in raw.split(" ") if part)
        if line == "":
            continue
        if m := re.fullmatch(f"crews {NUMBER}", line):
            if crews is not None or int(m[1]) < 1:
                return f"bad line {n}"
            crews = int(m[1])
        elif m := re.fullmatch(f"pause {NUMBER} {NUMBER}", line):
            if int(m[1]) >= int(m[2]):
                return f"bad line {n}"
            pauses.append((int(m[1]), int(m[2])))
        elif m := re.fullmatch(f"job ({WORD}) {NUMBER} {NUMBER}((?: [^ ]+)*)", line):
            options = {}
            for option in m[4].split():
                key, _, value = option.partition("=")
                pattern = f"{WORD}(,{WORD})*" if key == "after" else NUMBER
                if key in options or key not in ("after", "from", "team"):
                    return f"bad line {n}"
                if not re.fullmatch(pattern, value):
                    return f"bad line {n}"
                options[key] = value
            team = int(options.get("team", 1))
            if m[1] in jobs or int(m[2]) < 1 or team < 1:
                return f"bad line {n}"
            after = options["after"].split(",") if "after" in options else []
            jobs[m[1]] = (int(m[2]), int(m[3]), after, int(options.get("from", 0)), team)
        else:
            return f"bad line {n}"
    if crews is None:
        return "no crews"
    for job in jobs.values():
        for name in job[2]:
            if name not in jobs:
                return f"unknown {name}"
    for name, job in jobs.items():
        if job[4] > crews:
            return f"too large {name}"
    return crews, pauses, jobs


def main():
    parsed = parse(sys.stdin.read())
    if isinstance(parsed, str):
        print(parsed)
        return 1
    crews, pauses, jobs = parsed
    free = list(range(1, crews + 1))
    running, done, rows = [], set(), []
    todo = sorted(jobs, key=lambda name: (-jobs[name][1], jobs[name][0], name))
    now = 0
    limit = sum(job[0] + job[3] for job in jobs.values()) + sum(b for _, b in pauses)
    while todo:
        if now > limit:
            print("circle")
            return 1
        while running and running[0][0] <= now:
            _, name, used = heapq.heappop(running)
            done.add(name)
            free = sorted(free + used)
        if not any(a <= now < b for a, b in pauses):
            for name in list(todo):
                length, _, after, earliest, team = jobs[name]
                if earliest <= now and done.issuperset(after) and team <= len(free):
                    used, free = free[:team], free[team:]
                    heapq.heappush(running, (now + length, name, used))
                    rows.append((now, used, now + length, name))
                    todo.remove(name)
        now += 1
    for start, used, end, name in sorted(rows):
        print(start, end, "+".join(map(str, used)), name)
    print("end", max([row[2] for row in rows], default=0))
    return 0


sys.exit(main())

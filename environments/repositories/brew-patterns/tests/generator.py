import random

STEMS = ("main", "util", "net", "io")
GENERAL = ("%.o: %.c", "%.o: %.c common.h", "%.o: %.c | out", "%.o: %.s", "%.o: config %.y")
SPECIAL = (
    "m%.o: m%.c common.h",
    "ma%.o: notes ma%.c | out",
    "mai%.o: mai%.s",
    "u%.o: extra.c",
    "ut%.o: ut%.y | tidy",
    "net%o: net.cfg | out",
    "n%.o: n%.s config",
    "ne%.o: ne%.c | tidy",
    "i%.o: i%.c extra.c",
    "%.c: %.y",
    "lib%.a: %.o common.h | out",
    "%l.o: notes | common.h",
    "%n.o: %n.c tidy",
    "%o.o: %o.c config",
)


def rules_of(rng: random.Random) -> list[str]:
    lines = [rng.choice(GENERAL), *rng.sample(SPECIAL, rng.randint(2, 6))]
    objects = [f"{stem}.o" for stem in rng.sample(STEMS, rng.randint(1, 4))]
    bar = rng.choice(("", "", " | out", " | tidy", " | out util.c"))
    lines.append(f"app: {' '.join(objects)}{bar}")
    if rng.random() < 0.3:
        stem = rng.choice(STEMS)
        lines.append(f"{stem}.o: {stem}.c{rng.choice(('', ' config', ' | common.h', ' tidy'))}")
    if rng.random() < 0.5:
        lines.append(rng.choice(("all: app", "all: app tidy", "all: main.o | app", "all: | app")))
        if rng.random() < 0.8:
            lines.append(rng.choice(("!phony all", "!phony all", "!phony config all all")))
    if rng.random() < 0.7:
        lines.append("out:" if rng.random() < 0.8 else "out: | common.h  # a folder")
    if rng.random() < 0.6:
        lines.append(rng.choice(("!phony tidy", "!phony tidy config", "tidy: notes")))
    if rng.random() < 0.03:
        mistakes = ("!phony", "a%b%: c", "x: a | b | c", "x: a | a", "!all a", "util.c: app")
        lines.append(rng.choice(mistakes))
    rng.shuffle(lines)
    return lines


def generate(rng: random.Random) -> dict:
    lines = rules_of(rng)
    times = {"common.h": rng.randint(1, 9), "notes": rng.randint(1, 9)}
    for stem in STEMS:
        times[f"{stem}.c"] = rng.randint(1, 9)
        for ending, chance in ((".o", 0.7), (".s", 0.75), (".y", 0.5)):
            if rng.random() < chance:
                times[stem + ending] = rng.randint(1, 9)
    for name in ("app", "all", "out", "config", "tidy", "net.cfg", "extra.c"):
        if rng.random() < 0.87:
            times[name] = rng.randint(1, 12)
    for name in ("tidy", "all", "config"):
        phony = any(line.startswith("!phony") and name in line for line in lines)
        if phony and rng.random() < 0.5:
            times.pop(name, None)
    targets = [line.partition(":")[0] for line in lines if "%" not in line and "!" not in line]
    goals = rng.sample([*targets, "net.o", "main.o", "net.c"], rng.choice((1, 1, 2)))
    if "app" not in goals and rng.random() < 0.8:
        goals.append("app")
    function = rng.choice(("plan", "explain", "explain"))
    return {"kind": "call", "function": function, "args": ["\n".join(lines) + "\n", times, goals]}

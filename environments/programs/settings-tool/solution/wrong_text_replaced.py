import re
import sys

K = r"[a-z0-9_.]+"


def fail(text, status):
    print(text)
    sys.exit(status)


def parse(lines):
    sections, current = {}, None
    for n, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if m := re.fullmatch(rf"\[\s*({K})\s*\]", line):
            if m[1] in sections:
                fail(f"bad line {n}", 2)
            current = sections[m[1]] = {}
        elif m := re.fullmatch(rf"\[\s*({K})\s*<\s*({K})\s*\]", line):
            if m[1] in sections or m[2] not in sections:
                fail(f"bad line {n}", 2)
            current = sections[m[1]] = sections[m[2]].copy()
        elif current is None:
            fail(f"bad line {n}", 2)
        elif m := re.fullmatch(rf"drop\s+({K})", line):
            if current.pop(m[1], None) is None:
                fail(f"bad line {n}", 2)
        elif m := re.fullmatch(rf"({K})\s*([?+]?)=\s*(.*)", line):
            key, sign, value = m.groups()
            if re.fullmatch('".*"', value):
                value = value[1:-1]
            if sign == "?" and key in current:
                continue
            if sign == "+" and key in current:
                value = current[key] + " " + value
            current[key] = value
        else:
            fail(f"bad line {n}", 2)
    return sections


def resolve(settings, key, seen=()):
    if key in seen:
        fail(f"loop {key}", 5)
    if key not in settings:
        fail(f"no key {key}", 4)
    value = settings[key]
    while True:
        m = re.search(rf"\$\{{({K})(\|([^}}]*))?\}}", value)
        if not m:
            return value.replace("$$", "$")
        name = m[1]
        if m[2] is not None and name not in settings:
            put = m[3]
        else:
            put = resolve(settings, name, seen + (key,))
        value = value[: m.start()] + put + value[m.end() :]


if len(sys.argv) < 2:
    sys.exit(1)
sections = parse(sys.stdin.read().split("\n"))
if sys.argv[1] not in sections:
    fail(f"no section {sys.argv[1]}", 3)
settings = sections[sys.argv[1]]
if len(sys.argv) > 2:
    for key in sys.argv[2:]:
        print(resolve(settings, key))
else:
    for key in sorted(settings):
        print(f"{key} = {resolve(settings, key)}")

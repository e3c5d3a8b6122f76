import re
import sys

NAME = r"[A-Za-z0-9._/]+"


class Project:
    def __init__(self):
        self.times = {}
        self.needs = {}
        self.first = None

    def read(self, text):
        for number, line in enumerate(text.splitlines(), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            fields = line.split()
            if not self.add(fields):
                print("bad line", number)
                sys.exit(2)

    def add(self, fields):
        if len(fields) < 3 or fields[2] != ":":
            return False
        name, time = fields[0], fields[1]
        if not re.fullmatch(NAME, name) or not re.fullmatch("[0-9]+|-|!", time):
            return False
        needs = []
        for field in fields[3:]:
            loose = field[0] == "~"
            need = field[1:] if loose else field
            if not re.fullmatch(NAME, need) or need in [n for n, _ in needs]:
                return False
            needs.append((need, loose))
        if name in self.times or (time == "!" and not needs):
            return False
        self.times[name] = time
        self.needs[name] = needs
        if self.first is None:
            self.first = name
        return True


def visit(project, name, stack, done, reasons):
    if name in done:
        return
    if name in stack:
        print("cycle", *stack[stack.index(name):], name)
        sys.exit(5)
    if name not in project.times:
        print("unknown", name)
        sys.exit(3)
    time = project.times[name]
    needs = project.needs[name]
    if not needs and time == "-":
        print("lost", name)
        sys.exit(4)
    for need, _ in needs:
        visit(project, need, stack + [name], done, reasons)
    done.add(name)
    if not needs:
        return
    if time == "-":
        reasons[name] = "absent"
    elif time == "!":
        reasons[name] = "always"
    else:
        strict = [need for need, loose in needs if not loose]
        rebuilt = [need for need in strict if need in reasons]
        newer = [n for n in strict if n not in reasons and int(project.times[n]) > int(time)]
        if rebuilt:
            reasons[name] = "by " + rebuilt[0]
        elif newer:
            reasons[name] = "by " + newer[0]


def main():
    project = Project()
    project.read(sys.stdin.read())
    wanted = sys.argv[1:]
    if not wanted and project.first is not None:
        wanted = [project.first]
    done, reasons = set(), {}
    for name in wanted:
        visit(project, name, [], done, reasons)
    if reasons:
        for name, reason in reasons.items():
            print(f"{name}: {reason}")
    else:
        print("up to date")


main()

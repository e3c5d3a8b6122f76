import re
import sys

LENT_DAYS = 7
HELD_DAYS = 2
MOST_TOOLS = 3
MOST_STATUS = 9
COMMAND = re.compile(
    "(borrow|return|renew|leave) +([a-z]+) +([a-z]+)"
    "|(stock) +([a-z]+) +(0*[1-9][0-9]*)|(days) +(0*[1-9][0-9]*)|(show) +([a-z]+)"
)


class Refused(Exception):
    """A command that changes nothing, with the reason."""


class Tool:
    """A kind of tool: where its pieces are, and who waits for one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.free = 0
        self.waiting: list[str] = []
        self.due: dict[str, int] = {}


class Desk:
    """The books of the desk."""

    def __init__(self) -> None:
        self.today = 1
        self.tools: dict[str, Tool] = {}
        self.held: dict[tuple[str, str], int] = {}
        """By tool and person, in the order in which they came to be held: until when."""

    def execute(self, line: str) -> None:
        """Execute a command and print what becomes of it; raise Refused if it is refused."""
        match = COMMAND.fullmatch(line)
        if match is None:
            raise Refused("what")
        word, *words = [group for group in match.groups() if group]
        getattr(self, f"_{word}")(*words)

    def _tool(self, name: str) -> Tool:
        if name not in self.tools:
            raise Refused("tool")
        return self.tools[name]

    def _stock(self, name: str, count: str) -> None:
        tool = self.tools.setdefault(name, Tool(name))
        tool.free += int(count)
        self._hold(tool)

    def _borrow(self, person: str, name: str) -> None:
        tool = self._tool(name)
        if person in tool.due:
            raise Refused("have")
        if person in tool.waiting:
            raise Refused("queue")
        due = [each.due[person] for each in self.tools.values() if person in each.due]
        if len(due) >= MOST_TOOLS:
            raise Refused("full")
        if any(day < self.today for day in due):
            raise Refused("late")
        if (name, person) in self.held:
            del self.held[name, person]
        elif tool.free:
            tool.free -= 1
        else:
            tool.waiting.append(person)
            print("wait", len(tool.waiting))
            return
        self._lend(tool, person)

    def _lend(self, tool: Tool, person: str) -> None:
        tool.due[person] = self.today + LENT_DAYS
        print("due", tool.due[person])

    def _return(self, person: str, name: str) -> None:
        tool = self._tool(name)
        if person not in tool.due:
            raise Refused("have not")
        late = self.today - tool.due.pop(person)
        print(f"late {late}" if late > 0 else "ok")
        tool.free += 1
        self._hold(tool)

    def _renew(self, person: str, name: str) -> None:
        tool = self._tool(name)
        if person not in tool.due:
            raise Refused("have not")
        if tool.waiting:
            raise Refused("queue")
        if tool.due[person] < self.today:
            raise Refused("late")
        self._lend(tool, person)

    def _leave(self, person: str, name: str) -> None:
        tool = self._tool(name)
        if (name, person) in self.held:
            del self.held[name, person]
            tool.free += 1
        elif person in tool.waiting:
            tool.waiting.remove(person)
        else:
            raise Refused("have not")
        print("ok")
        self._hold(tool)

    def _days(self, count: str) -> None:
        for _ in range(int(count)):
            self.today += 1
            for name, person in [key for key, until in self.held.items() if until < self.today]:
                del self.held[name, person]
                self.tools[name].free += 1
                print("gone", name, person)
            for tool in self.tools.values():
                self._hold(tool)

    def _show(self, name: str) -> None:
        tool = self._tool(name)
        held = sum(name == held_tool for held_tool, _ in self.held)
        told = f"{name}: {tool.free} free, {held} held, {len(tool.due)} lent"
        print(told + (f", then {' '.join(tool.waiting)}" if tool.waiting else ""))

    def _hold(self, tool: Tool) -> None:
        while tool.free and tool.waiting:
            person = tool.waiting.pop(0)
            tool.free -= 1
            until = self.today + HELD_DAYS
            self.held[tool.name, person] = until
            print(f"hold {tool.name} for {person} until {until}")


def main() -> int:
    """Execute all commands and return the exit status."""
    desk = Desk()
    refused = 0
    for line in sys.stdin.read().split("\n"):
        if not line.strip(" "):
            continue
        try:
            desk.execute(line.strip(" "))
        except Refused as reason:
            print(f"no: {reason}")
            refused += 1
    return min(refused, MOST_STATUS)


sys.exit(main())

import itertools
import re
import sys
from collections.abc import Callable

Seats = dict[str, int]
Clue = Callable[[Seats], bool]

RESERVED = ("not", "and", "or")
MOST_PEOPLE = 6


def simple_clue(fields: list[str], people: list[str]) -> Clue:
    """Return the meaning of a simple clue; raise ValueError if it is none."""
    match fields:
        case [a, "left", b]:
            named, clue = [a, b], lambda at: at[a] < at[b]
        case [a, "beside", b]:
            named, clue = [a, b], lambda at: abs(at[a] - at[b]) == 1
        case [a, "from", b, n] if re.fullmatch("[0-9]+", n):
            named, clue = [a, b], lambda at: abs(at[a] - at[b]) == int(n) + 1
        case [a, "between", b, c]:
            named, clue = [a, b, c], lambda at: at[b] < at[a] < at[c] or at[c] < at[a] < at[b]
        case [a, "seat", n] if re.fullmatch("[0-9]+", n):
            named, clue = [a], lambda at: at[a] == int(n)
        case [a, "edge"]:
            named, clue = [a], lambda at: at[a] in (1, len(at))
        case _:
            raise ValueError("no clue has this form")
    if len(set(named)) < len(named) or not set(named) <= set(people):
        raise ValueError("a clue names different people")
    return clue


def split(fields: list[str], word: str) -> list[list[str]]:
    """Return what stands before, between and behind the occurrences of a word."""
    parts: list[list[str]] = [[]]
    for field in fields:
        if field == word:
            parts.append([])
        else:
            parts[-1].append(field)
    return parts


def read_clue(fields: list[str], people: list[str]) -> Clue:
    """Return the meaning of a line; raise ValueError if it is faulty."""
    choices: list[list[tuple[Clue, bool]]] = []
    for choice in split(fields, "or"):
        joined = []
        for part in split(choice, "and"):
            holds = part[:1] != ["not"]
            joined.append((simple_clue(part if holds else part[1:], people), holds))
        choices.append(joined)
    return lambda at: any(all(clue(at) == holds for clue, holds in joined) for joined in choices)


def main() -> int:
    """Print what the clues tell and return the exit status."""
    people = sys.argv[1:]
    names = all(re.fullmatch("[a-z]+", name) and name not in RESERVED for name in people)
    if not names or not 1 <= len(people) <= MOST_PEOPLE or len(set(people)) < len(people):
        return 2
    clues: dict[int, Clue] = {}
    for number, line in enumerate(sys.stdin.read().split("\n"), 1):
        fields = [field for field in line.split(" ") if field]
        try:
            if fields:
                clues[number] = read_clue(fields, people)
        except ValueError:
            print(f"bad clue {number}")
            return 2
    orders = []
    alone = dict.fromkeys(clues, 0)
    for order in itertools.permutations(people):
        at = {name: seat for seat, name in enumerate(order, 1)}
        broken = [number for number, clue in clues.items() if not clue(at)]
        if not broken:
            orders.append(order)
        elif len(broken) == 1:
            alone[broken[0]] += 1
    print(f"orders: {len(orders)}")
    if orders:
        for seat, names_there in enumerate(zip(*orders, strict=True), 1):
            print(f"seat {seat}:", *sorted(set(names_there)))
    for number, excluded in alone.items():
        if orders and not excluded:
            print(f"needless {number}")
        elif excluded and not orders:
            print(f"blame {number}")
    return 0 if orders else 1


sys.exit(main())

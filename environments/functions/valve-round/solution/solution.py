import re


def read_pipes(pipes: list[str]) -> list[tuple[str, str, str]]:
    """Return the ways that water can flow, as (from, to, valve), with "" for no valve."""
    ways = []
    for pipe in pipes:
        route, _, valve = pipe.partition(":")
        first, kind, second = re.split("([->])", route)
        ways.append((first, second, valve))
        if kind == "-":
            ways.append((second, first, valve))
    return ways


def wet_junctions(ways: list[tuple[str, str, str]], spring: str, opened: set[str]) -> set[str]:
    """Return the junctions that water reaches while these valves are open."""
    onward: dict[str, list[str]] = {}
    for origin, target, valve in ways:
        if not valve or valve in opened:
            onward.setdefault(origin, []).append(target)
    wet = {spring}
    flowing = [spring]
    while flowing:
        for target in onward.get(flowing.pop(), []):
            if target not in wet:
                wet.add(target)
                flowing.append(target)
    return wet


def valve_round(
    pipes: list[str], spring: str, turns: list[str]
) -> list[tuple[list[str], list[str]]]:
    """Return for each turn which junctions become wet and which dry."""
    ways = read_pipes(pipes)
    valves = {valve for _, _, valve in ways if valve}
    opened: set[str] = set()
    wet = wet_junctions(ways, spring, opened)
    notes = []
    for valve in turns:
        if valve not in valves:
            raise KeyError(valve)
        opened ^= {valve}
        before, wet = wet, wet_junctions(ways, spring, opened)
        notes.append((sorted(wet - before), sorted(before - wet)))
    return notes

def meant(entry: str, parts: dict[str, dict]) -> str:
    """Return the first alternative of an entry that is a part."""
    for name in entry.split("|"):
        if name in parts:
            return name
    raise KeyError(entry)


def all_needed(parts: dict[str, dict], goals: list[str]) -> dict[str, set[str]]:
    """Return what is to be built, each part with what it needs directly."""
    needs: dict[str, set[str]] = {}
    waiting = list(goals)
    while waiting:
        name = waiting.pop()
        if name not in needs:
            entries = parts[name].get("needs", [])
            needs[name] = {meant(entry, parts) for entry in entries}
            waiting.extend(needs[name])
    return needs


def reach(start: str, arrows: dict[str, set[str]]) -> set[str]:
    """Return everything that the arrows lead to from the start; the start only if in a circle."""
    found: set[str] = set()
    waiting = list(arrows[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(arrows[name])
    return found


def build_waves(parts: dict[str, dict], goals: list[str], width: int) -> list[list[str]]:
    """Return the waves in which the goals and all that they need are built."""
    if width < 1:
        raise ValueError("a wave has at least one place")
    waits = all_needed(parts, goals)
    for name, others in waits.items():
        others.update(other for other in parts[name].get("after", []) if other in waits)
    places = {name: 2 if parts[name].get("heavy") else 1 for name in waits}
    followers: dict[str, set[str]] = {name: set() for name in waits}
    for name, others in waits.items():
        for other in others:
            followers[other].add(name)
    waiting_for = {name: reach(name, followers) for name in waits}
    for name in waits:
        if name in waiting_for[name] or places[name] > width:
            raise ValueError(f"{name} can never be built")

    order = sorted(waits, key=lambda name: (-len(waiting_for[name]), name))
    built: set[str] = set()
    waves = []
    while len(built) < len(order):
        free, wave = width, []
        for name in order:
            if name not in built and waits[name] <= built and places[name] <= free:
                wave.append(name)
                free -= places[name]
        built.update(wave)
        waves.append(sorted(wave))
    return waves

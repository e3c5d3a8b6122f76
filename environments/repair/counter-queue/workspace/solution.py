"""Simulates a queue in front of some counters."""

Outcome = tuple[str, int | None, int]


def check(customers: list[list], counters: int, patience: int) -> None:
    """Raise ValueError unless the simulation can be run."""
    if counters < 1 or patience < 0:
        raise ValueError("counters are at least 1, and patience at least 0")
    for name, minute, service in customers:
        if minute < 0 or service < 1:
            raise ValueError(f"{name}: minutes are at least 0, and services at least 1")


def serve(customers: list[list], counters: int, patience: int) -> list[Outcome]:
    """Return where and when each customer starts, or when the customer leaves."""
    check(customers, counters, patience)
    free_from = [0] * counters
    outcomes: list[Outcome | None] = [None] * len(customers)
    queue = sorted(
        range(len(customers)), key=lambda place: (customers[place][1], customers[place][0])
    )
    for place in queue:
        name, arrival, service = customers[place]
        start = max(arrival, min(free_from))
        if start - arrival >= patience:
            outcomes[place] = (name, None, arrival + patience)
            continue
        counter = free_from.index(min(free_from))
        free_from[counter] = start + service
        outcomes[place] = (name, counter + 1, start)
    return outcomes

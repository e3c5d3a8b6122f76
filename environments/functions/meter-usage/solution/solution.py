def usage(readings: list[int | None], digits: int) -> list[int | None]:
    """Return what was used up to each reading after the first."""
    size = 10**digits
    used: list[int | None] = []
    latest: int | None = None
    for reading in readings:
        if reading is None:
            used.append(None)
            continue
        if not 0 <= reading < size:
            raise ValueError(f"a meter with {digits} wheels cannot show {reading}")
        used.append(None if latest is None else (reading - latest) % size)
        latest = reading
    return used[1:]

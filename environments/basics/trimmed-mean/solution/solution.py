def trimmed_mean(values: list[float], percent: int) -> float:
    """Return the mean without the lowest and the highest `percent` per cent of the values."""
    if not values:
        raise ValueError("there must be at least one value")
    if not 0 <= percent <= 49:
        raise ValueError("the percentage must lie between 0 and 49")
    cut = len(values) * percent // 100
    kept = sorted(values)[cut : len(values) - cut]
    return sum(kept) / len(kept)

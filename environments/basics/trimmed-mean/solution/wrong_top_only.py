def trimmed_mean(values, percent):
    if len(values) == 0 or percent < 0 or percent > 49:
        raise ValueError("bad input")
    ordered = sorted(values)
    k = len(ordered) * percent // 100
    rest = ordered[: len(ordered) - k]
    return sum(rest) / len(rest)

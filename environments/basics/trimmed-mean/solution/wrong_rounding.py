def trimmed_mean(values, percent):
    if len(values) == 0 or percent < 0 or percent > 49:
        raise ValueError("bad input")
    ordered = sorted(values)
    k = round(len(ordered) * percent / 100)
    if k:
        ordered = ordered[k:-k]
    return sum(ordered) / len(ordered)

from statistics import fmean


def trimmed_mean(values, percent):
    if not values:
        raise ValueError("no values")
    if percent not in range(50):
        raise ValueError("percent must be 0 to 49")
    n = len(values)
    k = n * percent // 100
    if percent > 0 and k == 0 and n > 2:
        k = 1
    return fmean(sorted(values)[k : n - k])

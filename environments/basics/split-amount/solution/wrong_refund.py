def split_amount(cents, weights):
    total = sum(weights)
    if not weights or min(weights) < 0 or total == 0:
        raise ValueError("weights must be positive")
    shares = []
    rests = []
    for position, weight in enumerate(weights):
        share, rest = divmod(cents * weight, total)
        shares.append(share)
        rests.append((-rest, position))
    missing = cents - sum(shares)
    for _, position in sorted(rests)[:missing]:
        shares[position] += 1
    return shares

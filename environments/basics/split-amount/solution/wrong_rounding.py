def split_amount(cents, weights):
    if not weights or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("bad weights")
    total = sum(weights)
    shares = [round(cents * w / total) for w in weights]
    shares[-1] += cents - sum(shares)
    return shares

def split_amount(cents, weights):
    if not weights or any(w < 0 for w in weights) or sum(weights) == 0:
        raise ValueError("bad weights")
    if cents < 0:
        return [-share for share in split_amount(-cents, weights)]
    total = sum(weights)
    shares = [cents * w // total for w in weights]
    left = cents - sum(shares)
    i = 0
    while left > 0:
        shares[i] += 1
        left -= 1
        i += 1
    return shares

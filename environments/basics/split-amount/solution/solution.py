def split_amount(cents: int, weights: list[int]) -> list[int]:
    """Return the shares by the method of largest remainders, earlier weights first in a tie."""
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("the weights must not be negative, and not all of them zero")
    if cents < 0:
        return [-share for share in split_amount(-cents, weights)]
    shares = [cents * weight // total for weight in weights]
    by_loss = sorted(range(len(weights)), key=lambda place: -(cents * weights[place] % total))
    for place in by_loss[: cents - sum(shares)]:
        shares[place] += 1
    return shares

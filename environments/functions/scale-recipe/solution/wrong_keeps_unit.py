from fractions import Fraction


def scale(lines, factor):
    f = sum(Fraction(p) for p in factor.split())
    if f <= 0:
        raise ValueError("factor")

    def text(x):
        w = int(x)
        return " ".join(str(p) for p in (w, x - w) if p)

    out = []
    for line in lines:
        words = line.split()
        try:
            low, _, high = words[0].partition("-")
            low = Fraction(low)
            high = Fraction(high) if high else low
        except (ValueError, IndexError):
            out.append(line)
            continue
        words = words[1:]
        if words and "/" in words[0]:
            low += Fraction(words[0])
            high = low
            words = words[1:]
        step = Fraction(1, 4)
        if words and words[0] in ("g", "kg"):
            step = Fraction(1)
        low, high = (max(step, round(x * f / step) * step) for x in (low, high))
        amount = text(low) if low == high else text(low) + " to " + text(high)
        out.append(" ".join([amount] + words))
    return out

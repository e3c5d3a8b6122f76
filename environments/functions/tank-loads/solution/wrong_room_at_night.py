from functools import lru_cache


def plan_loads(needs, prices, tank, load, fee):
    days = len(needs)

    @lru_cache(maxsize=None)
    def best(day, water):
        if day == days:
            return (0, 0, ())
        options = []
        count = 0
        while True:
            left = water + count * load - needs[day]
            if left > tank:
                break
            if left >= 0:
                rest = best(day + 1, left)
                if rest is not None:
                    cost = rest[0] + count * prices[day] + (fee if count else 0)
                    options.append((cost, rest[1] + bool(count), (count,) + rest[2]))
            count += 1
        return min(options) if options else None

    plan = best(0, 0)
    if plan is None:
        return None
    return plan[0], list(plan[2])

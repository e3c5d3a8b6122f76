Plan = tuple[int, int, list[int]]
"""Cost, number of days with a delivery, loads of each day: the order in which plans are compared."""


def plan_loads(
    needs: list[int], prices: list[int], tank: int, load: int, fee: int
) -> tuple[int, list[int]] | None:
    """Return the cost and the loads of the best plan, or None if there is none."""
    # The best plan so far for each number of litres in the tank.
    plans: dict[int, Plan] = {0: (0, 0, [])}
    for need, price in zip(needs, prices, strict=True):
        after: dict[int, Plan] = {}
        for litres, (cost, deliveries, loads) in plans.items():
            for count in range((tank - litres) // load + 1):
                left = litres + count * load - need
                if left < 0:
                    continue
                total = cost + count * price + (fee if count else 0)
                plan = (total, deliveries + (count > 0), [*loads, count])
                if left not in after or plan < after[left]:
                    after[left] = plan
        plans = after
    if not plans:
        return None
    cost, _, loads = min(plans.values())
    return cost, loads

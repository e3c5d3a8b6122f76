from typing import NamedTuple


class Order(NamedTuple):
    """Something to be baked."""

    name: str
    arrives: int
    minutes: int
    heat: int
    trays: int
    due: int

    @property
    def place(self) -> tuple[int, int, str]:
        """What orders are compared by."""
        return self.due, self.arrives, self.name


class Oven:
    """The oven, what is in it, and what has been put in so far."""

    def __init__(self, slots: int, rate: int, patience: int) -> None:
        self.slots, self.rate, self.patience = slots, rate, patience
        self.heat = 0
        self.ready_at = 0
        self.inside: list[tuple[int, Order]] = []
        self.log: list[tuple[str, int, int, int]] = []

    def unload(self, now: int) -> None:
        """Take out what is done."""
        self.inside = [(end, order) for end, order in self.inside if end > now]

    def load(self, now: int, waiting: list[Order]) -> None:
        """Put in what can be put in, or begin to change the heat."""
        impatient = [order for order in waiting if now - order.arrives >= self.patience]
        favourite = min(impatient, key=lambda order: (order.arrives, *order.place), default=None)
        if favourite is None or favourite.heat == self.heat:
            fitting = [order for order in waiting if order.heat == self.heat]
            fitting.sort(key=lambda order: (order is not favourite, *order.place))
            for order in fitting:
                if sum(other.trays for _, other in self.inside) + order.trays > self.slots:
                    break
                self._put_in(now, order)
                waiting.remove(order)
        if waiting and not self.inside:
            first = favourite or min(waiting, key=lambda order: order.place)
            self.ready_at = now - (-abs(first.heat - self.heat) // self.rate)
            self.heat = first.heat

    def _put_in(self, now: int, order: Order) -> None:
        end = now + order.minutes
        self.inside.append((end, order))
        self.log.append((order.name, now, end, max(0, end - order.due)))


def check(orders: list[Order], slots: int) -> None:
    """Raise ValueError for orders that cannot be baked."""
    for order in orders:
        if order.arrives < 0 or order.minutes < 1 or order.heat < 1:
            raise ValueError(f"{order.name}: a number is too small")
        if not 1 <= order.trays <= slots:
            raise ValueError(f"{order.name}: the trays do not fit into the oven")
    if len({order.name for order in orders}) < len(orders):
        raise ValueError("two orders have the same name")


def bake(
    orders: list[list], slots: int, rate: int, patience: int
) -> list[tuple[str, int, int, int]]:
    """Return name, start, end and delay of each order, in the order of putting in."""
    coming = [Order(*order) for order in orders]
    check(coming, slots)
    oven = Oven(slots, rate, patience)
    waiting: list[Order] = []
    now = 0
    while coming or waiting:
        oven.unload(now)
        waiting += [order for order in coming if order.arrives == now]
        coming = [order for order in coming if order.arrives > now]
        if now >= oven.ready_at:
            oven.load(now, waiting)
        now += 1
    return oven.log

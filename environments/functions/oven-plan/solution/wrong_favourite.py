import math


class Baker:
    def __init__(self, orders, slots, rate, patience):
        self.orders = [dict(zip(("name", "at", "len", "heat", "trays", "due"), o)) for o in orders]
        self.slots = slots
        self.rate = rate
        self.patience = patience
        self.temperature = 0
        self.heating_until = 0
        self.oven = []
        self.done = []

    def key(self, order):
        return order["due"], order["at"], order["name"]

    def room(self):
        return self.slots - sum(o["trays"] for o, _ in self.oven)

    def start_heating(self, now, order):
        self.heating_until = now + math.ceil(abs(order["heat"] - self.temperature) / self.rate)
        self.temperature = order["heat"]

    def step(self, now):
        self.oven = [(o, end) for o, end in self.oven if end != now]
        if now < self.heating_until:
            return
        queue = sorted((o for o in self.orders if o["at"] <= now), key=self.key)
        # the first impatient one in the queue goes before all others
        hurry = next((o for o in queue if o["at"] + self.patience <= now), None)
        if hurry is not None and hurry["heat"] != self.temperature:
            if not self.oven:
                self.start_heating(now, hurry)
            return
        matching = [o for o in queue if o["heat"] == self.temperature]
        if hurry is not None:
            matching = [hurry] + [o for o in matching if o is not hurry]
        for order in matching:
            if order["trays"] > self.room():
                break
            end = now + order["len"]
            self.oven.append((order, end))
            self.done.append((order["name"], now, end, max(0, end - order["due"])))
            self.orders.remove(order)
            queue.remove(order)
        if queue and not self.oven:
            self.start_heating(now, queue[0])

    def run(self):
        now = 0
        while self.orders:
            self.step(now)
            now += 1
        return self.done


def bake(orders, slots, rate, patience):
    seen = set()
    for name, at, minutes, heat, trays, due in orders:
        if name in seen or at < 0 or min(minutes, heat, trays) < 1 or trays > slots:
            raise ValueError("bad order")
        seen.add(name)
    return Baker(orders, slots, rate, patience).run()

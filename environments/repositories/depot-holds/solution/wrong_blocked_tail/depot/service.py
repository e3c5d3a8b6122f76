"""The depot that others use."""

from depot.history import History
from depot.names import check_positive, check_sku
from depot.stock import Stock


class Depot:
    def __init__(self, capacity):
        check_positive(capacity, "the capacity")
        self.stock = Stock(capacity)
        self.log = History()
        self.day = 0
        self.holds = {}
        self.reserved = {}
        self.queues = {}

    @property
    def room(self):
        return self.stock.room

    def count(self, sku):
        return self.stock.count(sku)

    def free(self, sku):
        return self.stock.count(sku) - self.reserved[sku]

    def history(self):
        return self.log.lines()

    def receive(self, sku, count):
        check_sku(sku)
        check_positive(count, "the count")
        self.stock.add(sku, count)
        self.reserved.setdefault(sku, 0)
        self.queues.setdefault(sku, [])
        self.log.add(f"receive {count} {sku}")
        self.serve([sku])

    def ship(self, sku, count):
        available = self.free(sku)
        check_positive(count, "the count")
        if available < count:
            raise ValueError("not enough is free")
        self.stock.remove(sku, count)
        self.log.add(f"ship {count} {sku}")

    def hold(self, sku, count, days):
        available = self.free(sku)
        if count < 1 or days < 1 or count > self.stock.capacity:
            raise ValueError("bad hold")
        number = len(self.holds) + 1
        self.holds[number] = [sku, count, self.day + days, "waiting"]
        if not self.queues[sku] and count <= available:
            self.holds[number][3] = "held"
            self.reserved[sku] += count
            self.log.add(f"hold {number}: {count} {sku}")
        else:
            self.queues[sku].append(number)
            self.log.add(f"wait {number}: {count} {sku}")
        return number

    def status(self, number):
        return self.holds[number][3]

    def end(self, number, status, line):
        """Close a hold and give back what it has."""
        sku, count, _, before = self.holds[number]
        if before == "held":
            self.reserved[sku] -= count
        elif before == "waiting":
            self.queues[sku].remove(number)
        self.holds[number][3] = status
        self.log.add(f"{line} {number}")
        return sku

    def release(self, number):
        if self.holds[number][3] not in ("held", "waiting"):
            raise ValueError("the hold has ended")
        was_held = self.holds[number][3] == "held"
        sku = self.end(number, "released", "release")
        if was_held:
            self.serve([sku])

    def ship_hold(self, number):
        sku, count, _, status = self.holds[number]
        if status != "held":
            raise ValueError("the hold is not held")
        self.end(number, "shipped", "ship hold")
        self.stock.remove(sku, count)

    def advance(self, days):
        check_positive(days, "the days")
        for _ in range(days):
            self.day += 1
            touched = []
            for number, (_, _, until, status) in self.holds.items():
                if until <= self.day and status in ("held", "waiting"):
                    touched.append(self.end(number, "expired", "expire"))
            self.serve(touched)

    def serve(self, skus):
        """Grant waiting holds from the heads of the queues."""
        granted = []
        for sku in sorted(set(skus)):
            queue = self.queues[sku]
            while queue and self.holds[queue[0]][1] <= self.free(sku):
                number = queue.pop(0)
                self.holds[number][3] = "held"
                self.reserved[sku] += self.holds[number][1]
                granted.append(number)
        for number in granted:
            self.log.add(f"grant {number}")

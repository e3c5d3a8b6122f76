from dataclasses import dataclass, field


@dataclass
class Booking:
    who: str
    row: int
    first: int
    count: int
    until: int = 0
    sold: bool = False


@dataclass
class Request:
    who: str
    count: int


@dataclass
class Hall:
    rows: list
    minutes: int
    bookings: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    time: int = -(10**9)

    def taken(self, row, seat):
        if seat < 0 or seat >= self.rows[row]:
            return True
        return any(b.row == row and b.first <= seat < b.first + b.count for b in self.bookings)

    def find(self, count):
        options = []
        for row in range(len(self.rows)):
            for first in range(self.rows[row] - count + 1):
                if any(self.taken(row, first + k) for k in range(count)):
                    continue
                # count the free seats left over on either side
                left = 0
                while not self.taken(row, first - left - 1):
                    left += 1
                right = 0
                while not self.taken(row, first + count + right):
                    right += 1
                alone = left == 1 or right == 1
                middle = abs(2 * first + count - self.rows[row])
                options.append((alone, row, middle, first))
        return min(options, default=None)

    def give(self, now, request):
        found = self.find(request.count)
        if found is None:
            return None
        booking = Booking(request.who, found[1], found[3], request.count, now + self.minutes)
        self.bookings.append(booking)
        return booking

    def serve(self, now):
        while self.requests and self.give(now, self.requests[0]):
            self.requests.pop(0)

    def advance(self, now):
        if now < self.time:
            raise ValueError("now")
        self.time = now
        while True:
            ends = [b.until for b in self.bookings if not b.sold and b.until <= now]
            if not ends:
                return
            end = min(ends)
            self.bookings = [b for b in self.bookings if b.sold or b.until != end]
            self.serve(end)

    def label(self, booking):
        row = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[booking.row]
        return [row + str(booking.first + k + 1) for k in range(booking.count)]

    def held(self, who):
        for b in self.bookings:
            if b.who == who and not b.sold:
                return b
        return None

    def hold(self, now, who, count):
        self.advance(now)
        if count < 1 or count > max(self.rows, default=0):
            raise ValueError("count")
        if self.held(who) or any(r.who == who for r in self.requests):
            raise ValueError("twice")
        booking = self.give(now, Request(who, count))
        if booking is None:
            self.requests.append(Request(who, count))
            return []
        return self.label(booking)

    def confirm(self, now, who):
        self.advance(now)
        booking = self.held(who)
        if booking is None:
            raise KeyError(who)
        booking.sold = True
        return self.label(booking)

    def release(self, now, who):
        self.advance(now)
        booking = self.held(who)
        if booking is None:
            before = len(self.requests)
            self.requests = [r for r in self.requests if r.who != who]
            if len(self.requests) == before:
                raise KeyError(who)
            return 0
        self.bookings.remove(booking)
        self.serve(now)
        return booking.count

    def seats(self, now, who):
        self.advance(now)
        mine = sorted((b for b in self.bookings if b.who == who), key=lambda b: (b.row, b.first))
        return [seat for b in mine for seat in self.label(b)]

    def free(self, now):
        self.advance(now)
        return sum(self.rows) - sum(b.count for b in self.bookings)

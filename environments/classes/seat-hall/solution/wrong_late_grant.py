import string


class Hall:
    def __init__(self, rows, minutes):
        self.rows = [[None] * n for n in rows]  # None, or ("held"/"sold", who)
        self.minutes = minutes
        self.clock = None
        self.until = {}
        self.queue = []

    def _tick(self, now):
        if self.clock is not None and now < self.clock:
            raise ValueError("time runs backwards")
        self.clock = now
        expired = sorted((t, w) for w, t in self.until.items() if t <= now)
        for _, who in expired:
            self._drop(who)
        if expired:
            self._check_queue(now)

    def _drop(self, who):
        count = 0
        for row in self.rows:
            for i, seat in enumerate(row):
                if seat == ("held", who):
                    row[i] = None
                    count += 1
        del self.until[who]
        return count

    def _check_queue(self, now):
        remaining = []
        for who, count in self.queue:
            if not self._book(now, who, count):
                remaining.append((who, count))
        self.queue = remaining

    def _is_free(self, r, i):
        return 0 <= i < len(self.rows[r]) and self.rows[r][i] is None

    def _book(self, now, who, count):
        best = None
        for r, row in enumerate(self.rows):
            for i in range(len(row) - count + 1):
                if any(row[k] is not None for k in range(i, i + count)):
                    continue
                j = i + count
                lonely = self._is_free(r, i - 1) and not self._is_free(r, i - 2)
                lonely = lonely or (self._is_free(r, j) and not self._is_free(r, j + 1))
                off = abs((i + j - 1) / 2 - (len(row) - 1) / 2)
                key = (1 if lonely else 0, r, off, i)
                if best is None or key < best:
                    best = key
        if best is None:
            return None
        _, r, _, i = best
        for k in range(i, i + count):
            self.rows[r][k] = ("held", who)
        self.until[who] = now + self.minutes
        return [f"{string.ascii_uppercase[r]}{k + 1}" for k in range(i, i + count)]

    def _names(self, wanted):
        return [
            f"{string.ascii_uppercase[r]}{i + 1}"
            for r, row in enumerate(self.rows)
            for i, seat in enumerate(row)
            if seat in wanted
        ]

    def hold(self, now, who, count):
        self._tick(now)
        if count < 1 or count > max((len(r) for r in self.rows), default=0):
            raise ValueError("count")
        if who in self.until or who in [w for w, _ in self.queue]:
            raise ValueError("already asked")
        names = self._book(now, who, count)
        if names is None:
            self.queue.append((who, count))
            return []
        return names

    def confirm(self, now, who):
        self._tick(now)
        del self.until[who]
        names = self._names([("held", who)])
        for row in self.rows:
            row[:] = [("sold", who) if seat == ("held", who) else seat for seat in row]
        return names

    def release(self, now, who):
        self._tick(now)
        for entry in self.queue:
            if entry[0] == who:
                self.queue.remove(entry)
                return 0
        if who not in self.until:
            raise KeyError(who)
        count = self._drop(who)
        self._check_queue(now)
        return count

    def seats(self, now, who):
        self._tick(now)
        return self._names([("held", who), ("sold", who)])

    def free(self, now):
        self._tick(now)
        return sum(row.count(None) for row in self.rows)

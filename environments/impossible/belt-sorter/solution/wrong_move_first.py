class Belt:
    def __init__(self, length, gates, room):
        self.positions = [None] * length
        self.codes = {}
        self.gates = dict(gates)
        self.room = room
        self.bins = {position: [] for position in gates}
        self.tray = []
        self.on = True
        self.jams = 0

    def load(self, parcel, code):
        if parcel in self.positions:
            raise ValueError(parcel)
        if self.positions[0]:
            return False
        self.positions[0] = parcel
        self.codes[parcel] = code
        return True

    def tick(self):
        out = []
        if self.on:
            last = self.positions[-1]
            if last is not None and len(self.tray) == self.room:
                self.jams += 1
            else:
                self.positions.pop()
                self.positions.insert(0, None)
                if last is not None:
                    self.tray.append(last)
                    out.append((last, "tray"))
        for position in sorted(self.gates):
            parcel = self.positions[position]
            if parcel is None or self.codes[parcel] != self.gates[position]:
                continue
            if len(self.bins[position]) < self.room:
                self.positions[position] = None
                self.bins[position].append(parcel)
                out.append((parcel, position))
        return out

    def stop(self):
        self.on = False

    def start(self):
        self.on = True

    def take(self, where):
        if where == "tray":
            parcels, self.tray = self.tray, []
        else:
            parcels, self.bins[where] = self.bins[where], []
        return parcels

    def slots(self):
        return list(self.positions)

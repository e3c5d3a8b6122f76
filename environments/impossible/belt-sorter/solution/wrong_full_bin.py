class Parcel:
    def __init__(self, name, code):
        self.name = name
        self.code = code


class Belt:
    def __init__(self, length, gates, room):
        self.length = length
        self.gates = gates
        self.room = room
        self.belt = {}
        self.places = {where: [] for where in list(gates) + ["tray"]}
        self.running = True
        self.jams = 0

    def load(self, parcel, code):
        if any(p.name == parcel for p in self.belt.values()):
            raise ValueError("on the belt")
        if 0 in self.belt:
            return False
        self.belt[0] = Parcel(parcel, code)
        return True

    def leave(self, position, where):
        parcel = self.belt.pop(position)
        self.places[where].append(parcel.name)
        return parcel.name, where

    def tick(self):
        gone = []
        for position, code in sorted(self.gates.items()):
            parcel = self.belt.get(position)
            if parcel and parcel.code == code:
                gone.append(self.leave(position, position))
        end = self.length - 1
        if self.running:
            if end in self.belt and len(self.places["tray"]) >= self.room:
                self.jams += 1
                return gone
            if end in self.belt:
                gone.append(self.leave(end, "tray"))
            self.belt = {position + 1: parcel for position, parcel in self.belt.items()}
        return gone

    def stop(self):
        self.running = False

    def start(self):
        self.running = True

    def take(self, where):
        parcels = self.places[where]
        self.places[where] = []
        return parcels

    def slots(self):
        return [self.belt[i].name if i in self.belt else None for i in range(self.length)]

class Course:
    def __init__(self, places):
        self.places = places
        self.members = []
        self.waiting = []

    def _fill(self):
        moved = []
        while self.waiting and len(self.members) < self.places:
            person = self.waiting.pop()
            self.members.append(person)
            moved.append(person)
        return moved

    def enroll(self, name):
        if name in self.members + self.waiting:
            raise ValueError(name)
        if len(self.members) < self.places:
            self.members.append(name)
            return 0
        self.waiting.append(name)
        return self.waiting.index(name) + 1

    def leave(self, name):
        if name in self.members:
            self.members.remove(name)
            moved = self._fill()
            return moved[0] if moved else None
        if name in self.waiting:
            self.waiting.remove(name)
            return None
        raise KeyError(name)

    def resize(self, places):
        if places < 0:
            raise ValueError(places)
        self.places = places
        if len(self.members) > places:
            lost = self.members[places:]
            self.members = self.members[:places]
            self.waiting = lost + self.waiting
            return lost
        return self._fill()

class Ladder:
    def __init__(self, names, reach):
        self.order = names[:]
        self.reach = reach
        self.matches = []

    def check(self, name):
        if name not in self.order:
            raise KeyError(name)

    def latest(self, name):
        for pair in reversed(self.matches):
            if name in pair:
                return pair
        return None

    def challenge(self, challenger, opponent, winner):
        self.check(challenger)
        self.check(opponent)
        distance = self.order.index(challenger) - self.order.index(opponent)
        if distance <= 0 or distance > self.reach:
            raise ValueError("distance")
        pair = {challenger, opponent}
        # nobody may meet the last opponent again
        if self.latest(challenger) == pair:
            raise ValueError("played already")
        if winner not in pair:
            raise ValueError("winner")
        self.matches.append(pair)
        if winner == challenger:
            position = self.order.index(opponent)
            self.order.remove(challenger)
            self.order.insert(position, challenger)
        return self.order.index(challenger) + 1

    def join(self, name):
        if name in self.order:
            raise ValueError(name)
        self.order.append(name)
        return len(self.order)

    def quit(self, name):
        self.check(name)
        self.order.remove(name)
        return len(self.order)

    def place(self, name):
        self.check(name)
        return self.order.index(name) + 1

    def names(self):
        return self.order[:]

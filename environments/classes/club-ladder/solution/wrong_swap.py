class Ladder:
    def __init__(self, names, reach):
        self.players = {name: i for i, name in enumerate(names, 1)}
        self.reach = reach
        self.last = {}

    def challenge(self, challenger, opponent, winner):
        a = self.players[challenger]
        b = self.players[opponent]
        if b >= a or a - b > self.reach:
            raise ValueError("not allowed")
        if self.last.get(challenger) == opponent and self.last.get(opponent) == challenger:
            raise ValueError("rematch")
        if winner != challenger and winner != opponent:
            raise ValueError("winner")
        if winner == challenger:
            self.players[challenger], self.players[opponent] = b, a
        self.last[challenger] = opponent
        self.last[opponent] = challenger
        return self.players[challenger]

    def join(self, name):
        if name in self.players:
            raise ValueError(name)
        self.players[name] = len(self.players) + 1
        return self.players[name]

    def quit(self, name):
        gone = self.players.pop(name)
        self.last.pop(name, None)
        for other in self.players:
            if self.players[other] > gone:
                self.players[other] -= 1
        return len(self.players)

    def place(self, name):
        return self.players[name]

    def names(self):
        return sorted(self.players, key=self.players.get)

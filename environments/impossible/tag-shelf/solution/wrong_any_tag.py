from collections import defaultdict


class Shelf:
    def __init__(self):
        self.things = {}
        self.index = defaultdict(set)

    def tag(self, name, tags):
        self.things.setdefault(name, set())
        for tag in tags:
            self.things[name].add(tag)
            self.index[tag].add(name)
        return len(self.things[name])

    def untag(self, name, tag):
        if tag not in self.things[name]:
            return False
        self.things[name].remove(tag)
        self.index[tag].remove(name)
        return True

    def find(self, tags):
        if not tags:
            return sorted(self.things)
        found = set()
        for tag in tags:
            found |= self.index[tag]
        return sorted(found)

    def remove(self, name):
        tags = self.things.pop(name)
        for tag in tags:
            self.index[tag].remove(name)
        return sorted(tags)

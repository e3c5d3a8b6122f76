class Shelf:
    def __init__(self):
        self.items = {}

    def tag(self, name, tags):
        current = self.items.setdefault(name, [])
        for t in tags:
            if t not in current:
                current.append(t)
        return len(current)

    def untag(self, name, tag):
        current = self.items[name]
        if tag in current:
            current.remove(tag)
            return True
        return False

    def find(self, tags):
        return [name for name, current in self.items.items() if all(t in current for t in tags)]

    def remove(self, name):
        return self.items.pop(name)

from collections import ChainMap


class Settings:
    def __init__(self, defaults):
        self.values = ChainMap(dict(defaults))
        self.names = ["defaults"]
        self.hidden = [set()]

    def push(self, name):
        self.values = self.values.new_child()
        self.names.append(name)
        self.hidden.append(set())
        return len(self.names)

    def _visible(self, key):
        return key in self.values and not any(key in h for h in self.hidden)

    def set(self, key, value):
        changed = not self._visible(key) or self.values[key] != value
        self.values[key] = value
        for h in self.hidden:
            h.discard(key)
        return changed

    def hide(self, key):
        self.get(key)
        if len(self.names) == 1:
            del self.values[key]
        else:
            self.hidden[-1].add(key)

    def get(self, key):
        if not self._visible(key):
            raise KeyError(key)
        return self.values[key]

    def origin(self, key):
        self.get(key)
        for name, layer in zip(reversed(self.names), self.values.maps):
            if key in layer:
                return name

    def keys(self):
        return sorted(k for k in self.values if self._visible(k))

    def _check(self):
        if len(self.names) < 2:
            raise IndexError("only one layer")

    def pop(self):
        self._check()
        self.values = self.values.parents
        self.hidden.pop()
        return self.names.pop()

    def merge(self):
        self._check()
        top = self.values.maps[0]
        self.values = self.values.parents
        self.values.update(top)
        hidden = self.hidden.pop()
        self.names.pop()
        for key in hidden:
            self.values.maps[0].pop(key, None)
        return self.names[-1]

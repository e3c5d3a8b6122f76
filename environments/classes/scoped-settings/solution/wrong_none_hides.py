class Layer:
    def __init__(self, name, values=None):
        self.name = name
        self.values = dict(values or {})


class Settings:
    def __init__(self, defaults):
        self.layers = [Layer("defaults", defaults)]

    @property
    def top(self):
        return self.layers[-1]

    def push(self, name):
        self.layers.append(Layer(name))
        return len(self.layers)

    def lookup(self, key):
        for layer in reversed(self.layers):
            if key in layer.values:
                if layer.values[key] is None:
                    break
                return layer
        raise KeyError(key)

    def set(self, key, value):
        try:
            changed = self.get(key) != value
        except KeyError:
            changed = True
        self.top.values[key] = value
        return changed

    def hide(self, key):
        self.lookup(key)
        if len(self.layers) == 1:
            del self.top.values[key]
        else:
            self.top.values[key] = None

    def get(self, key):
        return self.lookup(key).values[key]

    def origin(self, key):
        return self.lookup(key).name

    def keys(self):
        merged = {}
        for layer in self.layers:
            merged.update(layer.values)
        return sorted(k for k, v in merged.items() if v is not None)

    def pop(self):
        if len(self.layers) == 1:
            raise IndexError("pop")
        return self.layers.pop().name

    def merge(self):
        if len(self.layers) == 1:
            raise IndexError("merge")
        gone = self.layers.pop()
        for key, value in gone.values.items():
            if value is None and len(self.layers) == 1:
                self.top.values.pop(key, None)
            else:
                self.top.values[key] = value
        return self.top.name

"""The board that others use."""

from board.checks import make_shape
from board.shapes import Box, Disc


class Board:
    def __init__(self):
        self.shapes = {}
        # The names in each place, lowest first. The board itself has the key None.
        self.places = {None: []}
        self.parent = {}

    def check_name(self, name):
        if name == "" or name in self.parent:
            raise ValueError("name is empty or taken")

    def check_group(self, name):
        self.parent[name]
        if name in self.shapes:
            raise ValueError(name + " is a shape")

    def add(self, name, kind, numbers):
        self.check_name(name)
        self.shapes[name] = make_shape(kind, numbers)
        self.parent[name] = None
        self.places[None].append(name)

    def group(self, name, members):
        self.check_name(name)
        if len(members) == 0:
            raise ValueError("no members")
        parents = [self.parent[member] for member in members]
        if len(set(members)) < len(members) or len(set(parents)) > 1:
            raise ValueError("bad members")
        place = self.places[parents[0]]
        inside = [each for each in place if each in members]
        new_place = []
        for each in place:
            if each not in members:
                new_place.append(each)
            elif each == inside[-1]:
                new_place.append(name)
        self.places[parents[0]] = new_place
        self.places[name] = inside
        self.parent[name] = parents[0]
        for member in inside:
            self.parent[member] = name

    def ungroup(self, name):
        self.check_group(name)
        parent = self.parent.pop(name)
        inside = self.places.pop(name)
        at = self.places[parent].index(name)
        self.places[parent][at : at + 1] = inside
        for member in inside:
            self.parent[member] = parent

    def remove(self, name):
        self.parent[name]
        if name in self.places:
            for member in list(self.places[name]):
                self.remove(member)
            del self.places[name]
        else:
            del self.shapes[name]
        self.forget(name)

    def forget(self, name):
        self.places[self.parent[name]].remove(name)
        del self.parent[name]

    def shapes_in(self, name):
        self.parent[name]
        if name in self.shapes:
            return [name]
        return [shape for member in self.places[name] for shape in self.shapes_in(member)]

    def move(self, name, dx, dy):
        for shape in self.shapes_in(name):
            self.shapes[shape] = self.shapes[shape].moved(dx, dy)

    def bounds(self, name):
        corners = [self.shapes[shape].bounds for shape in self.shapes_in(name)]
        return (
            min(corner[0] for corner in corners),
            min(corner[1] for corner in corners),
            max(corner[2] for corner in corners),
            max(corner[3] for corner in corners),
        )

    def map_points(self, name, function):
        for shape in self.shapes_in(name):
            old = self.shapes[shape]
            if isinstance(old, Disc):
                self.shapes[shape] = Disc(*function(old.x, old.y), old.radius)
            else:
                ax, ay, bx, by = old.bounds
                ax, ay = function(ax, ay)
                bx, by = function(bx, by)
                self.shapes[shape] = Box(
                    min(ax, bx), min(ay, by), abs(ax - bx) + 1, abs(ay - by) + 1
                )

    def mirror(self, name):
        x0, _, x1, _ = self.bounds(name)
        self.map_points(name, lambda x, y: (x0 + x1 - x, y))

    def turn(self, name):
        x0, y0, x1, _ = self.bounds(name)
        self.map_points(name, lambda x, y: (x0 + y - y0, y0 + x1 - x))

    def to_front(self, name):
        place = self.places[self.parent[name]]
        place.remove(name)
        place.append(name)

    def to_back(self, name):
        place = self.places[self.parent[name]]
        place.remove(name)
        place.insert(0, name)

    def names(self, name=None):
        if name is not None:
            self.check_group(name)
        return list(self.places[name])

    def find_top(self, place, x, y):
        for name in reversed(self.places[place]):
            if name in self.shapes:
                if self.shapes[name].covers(x, y):
                    return name
            else:
                found = self.find_top(name, x, y)
                if found is not None:
                    return found
        return None

    def top_at(self, x, y, deep=False):
        found = self.find_top(None, x, y)
        while not deep and found is not None and self.parent[found] is not None:
            found = self.parent[found]
        return found

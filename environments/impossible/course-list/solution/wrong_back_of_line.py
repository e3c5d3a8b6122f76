from collections import deque


class Course:
    def __init__(self, places):
        self.places = places
        self.in_course = []
        self.queue = deque()

    @property
    def members(self):
        return list(self.in_course)

    @property
    def waiting(self):
        return list(self.queue)

    def enroll(self, name):
        if name in self.in_course or name in self.queue:
            raise ValueError("already enrolled")
        if len(self.in_course) < self.places:
            self.in_course.append(name)
            return 0
        self.queue.append(name)
        return len(self.queue)

    def leave(self, name):
        if name in self.queue:
            self.queue.remove(name)
            return None
        if name not in self.in_course:
            raise KeyError(name)
        self.in_course.remove(name)
        if not self.queue:
            return None
        next_one = self.queue.popleft()
        self.in_course.append(next_one)
        return next_one

    def resize(self, places):
        if places < 0:
            raise ValueError("negative")
        self.places = places
        changed = []
        while len(self.in_course) < places and self.queue:
            changed.append(self.queue.popleft())
            self.in_course.append(changed[-1])
        while len(self.in_course) > places:
            name = self.in_course.pop(places)
            self.queue.append(name)
            changed.append(name)
        return changed

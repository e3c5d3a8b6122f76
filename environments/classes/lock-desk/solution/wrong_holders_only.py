from collections import defaultdict, deque


class Desk:
    def __init__(self):
        self.held = defaultdict(dict)
        self.queues = defaultdict(deque)
        self.waiting = {}

    def compatible(self, doc, who, mode):
        for other, m in self.held[doc].items():
            if other != who and (mode == "write" or m == "write"):
                return False
        return True

    def blocks(self, who):
        doc, mode = self.waiting[who]
        return [
            other
            for other, m in self.held[doc].items()
            if other != who and (mode == "write" or m == "write")
        ]

    def circle(self, start):
        stack, seen = [start], set()
        while stack:
            person = stack.pop()
            if person not in self.waiting:
                continue
            for other in self.blocks(person):
                if other == start:
                    return True
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return False

    def ask(self, who, document, mode):
        if mode not in ("read", "write"):
            raise ValueError(mode)
        if who in self.waiting:
            raise ValueError(who)
        current = self.held[document].get(who)
        if current == mode or current == "write":
            return True
        if self.compatible(document, who, mode) and (current or not self.queues[document]):
            self.held[document][who] = mode
            return True
        self.waiting[who] = (document, mode)
        if self.circle(who):
            del self.waiting[who]
            raise RuntimeError("deadlock")
        if current:
            self.queues[document].appendleft(who)
        else:
            self.queues[document].append(who)
        return False

    def serve(self, doc):
        got = []
        queue = self.queues[doc]
        while queue and self.compatible(doc, queue[0], self.waiting[queue[0]][1]):
            person = queue.popleft()
            self.held[doc][person] = self.waiting.pop(person)[1]
            got.append(person)
        return got

    def give_back(self, who, document):
        if who in self.waiting:
            raise ValueError(who)
        del self.held[document][who]
        return self.serve(document)

    def leave(self, who):
        docs = [d for d in self.held if who in self.held[d]]
        for d in docs:
            del self.held[d][who]
        if who in self.waiting:
            doc = self.waiting.pop(who)[0]
            self.queues[doc].remove(who)
            docs.append(doc)
        return [(d, p) for d in sorted(set(docs)) for p in self.serve(d)]

    def holders(self, document):
        people = self.held[document]
        if not people:
            return (None, [])
        return (list(people.values())[0], sorted(people))

    def queue(self, document):
        return list(self.queues[document])

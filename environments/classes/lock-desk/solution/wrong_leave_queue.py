class Desk:
    def __init__(self):
        self.readers = {}
        self.writer = {}
        self.line = {}

    def _waiting(self, who):
        for doc, line in self.line.items():
            for name, mode in line:
                if name == who:
                    return doc, mode
        return None

    def _others(self, who, doc, mode):
        others = set()
        if self.writer.get(doc):
            others.add(self.writer[doc])
        if mode == "write":
            others |= self.readers.get(doc, set())
        return others - {who}

    def _targets(self, who):
        found = self._waiting(who)
        if found is None:
            return set()
        doc, mode = found
        targets = self._others(who, doc, mode)
        for name, _ in self.line[doc]:
            if name == who:
                break
            targets.add(name)
        return targets

    def _reaches(self, start):
        todo = list(self._targets(start))
        seen = set()
        while todo:
            person = todo.pop()
            if person == start:
                return True
            if person not in seen:
                seen.add(person)
                todo.extend(self._targets(person))
        return False

    def _give(self, who, doc, mode):
        if mode == "write":
            self.readers.setdefault(doc, set()).discard(who)
            self.writer[doc] = who
        else:
            self.readers.setdefault(doc, set()).add(who)

    def ask(self, who, document, mode):
        if mode != "read" and mode != "write":
            raise ValueError("mode")
        if self._waiting(who):
            raise ValueError("waiting")
        line = self.line.setdefault(document, [])
        reads = who in self.readers.get(document, set())
        if self.writer.get(document) == who or (reads and mode == "read"):
            return True
        if not self._others(who, document, mode) and (reads or not line):
            self._give(who, document, mode)
            return True
        if reads:
            line.insert(0, (who, mode))
        else:
            line.append((who, mode))
        if self._reaches(who):
            line.remove((who, mode))
            raise RuntimeError("deadlock")
        return False

    def _take(self, who, doc):
        if self.writer.get(doc) == who:
            self.writer[doc] = None
        else:
            self.readers[doc].remove(who)
        got = []
        line = self.line.get(doc, [])
        while line:
            name, mode = line[0]
            if self._others(name, doc, mode):
                break
            line.pop(0)
            self._give(name, doc, mode)
            got.append(name)
        return got

    def _has(self, who, doc):
        return self.writer.get(doc) == who or who in self.readers.get(doc, set())

    def give_back(self, who, document):
        if self._waiting(who):
            raise ValueError("waiting")
        if not self._has(who, document):
            raise KeyError(document)
        return self._take(who, document)

    def leave(self, who):
        waiting = self._waiting(who)
        if waiting:
            self.line[waiting[0]].remove((who, waiting[1]))
        result = []
        for doc in sorted(set(self.readers) | set(self.writer)):
            if self._has(who, doc):
                result += [(doc, name) for name in self._take(who, doc)]
        return result

    def holders(self, document):
        if self.writer.get(document):
            return "write", [self.writer[document]]
        names = sorted(self.readers.get(document, ()))
        return ("read" if names else None), names

    def queue(self, document):
        return [name for name, _ in self.line.get(document, [])]

READ, WRITE = "read", "write"


class Document:
    """Who has a document, and who waits for it."""

    def __init__(self) -> None:
        self.holders: dict[str, str] = {}
        self.queue: list[tuple[str, str]] = []

    def in_the_way(self, who: str, mode: str) -> set[str]:
        """Return the others who have the document in a way that keeps this person from it."""
        return {
            other
            for other, theirs in self.holders.items()
            if other != who and WRITE in (mode, theirs)
        }

    def serve(self) -> list[str]:
        """Give the document to those in the queue who can have it now, and return who got it."""
        served = []
        while self.queue and not self.in_the_way(*self.queue[0]):
            who, mode = self.queue.pop(0)
            self.holders[who] = mode
            served.append(who)
        return served


class Desk:
    """A desk that lends documents to readers and writers."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def ask(self, who: str, document: str, mode: str) -> bool:
        """Lend the document or put the person in its queue; return whether it was lent."""
        if mode not in (READ, WRITE):
            raise ValueError(f"unknown mode {mode!r}")
        if self._waits(who):
            raise ValueError(f"{who} waits for a document")
        asked = self._documents.setdefault(document, Document())
        has = asked.holders.get(who)
        if has in (mode, WRITE):
            return True
        if not asked.in_the_way(who, mode) and (has or not asked.queue):
            asked.holders[who] = mode
            return True
        asked.queue.insert(0 if has else len(asked.queue), (who, mode))
        # Nobody waited in a circle before, so that a new circle leads through this person.
        if self._waits_for_self(who):
            asked.queue.remove((who, mode))
            raise RuntimeError(f"{who} would wait in a circle")
        return False

    def give_back(self, who: str, document: str) -> list[str]:
        """Take the document back and return who got it instead."""
        if self._waits(who):
            raise ValueError(f"{who} waits for a document")
        if who not in self._document(document).holders:
            raise KeyError(document)
        del self._documents[document].holders[who]
        return self._documents[document].serve()

    def leave(self, who: str) -> list[tuple[str, str]]:
        """End all that the person has and waits for, and return who got what instead."""
        touched = []
        for name, document in sorted(self._documents.items()):
            queue = [waiting for waiting in document.queue if waiting[0] != who]
            if who in document.holders or len(queue) < len(document.queue):
                document.holders.pop(who, None)
                document.queue = queue
                touched.append(name)
        return [(name, other) for name in touched for other in self._documents[name].serve()]

    def holders(self, document: str) -> tuple[str | None, list[str]]:
        """Return the mode in which the document is lent, and who has it."""
        holders = self._document(document).holders
        mode = next(iter(holders.values()), None)
        return mode, sorted(holders)

    def queue(self, document: str) -> list[str]:
        """Return who waits for the document."""
        return [who for who, _ in self._document(document).queue]

    def _document(self, name: str) -> Document:
        return self._documents.get(name) or Document()

    def _waits(self, who: str) -> bool:
        return any(who == other for each in self._documents.values() for other, _ in each.queue)

    def _waits_for_self(self, who: str) -> bool:
        """Say whether the person waits for himself or herself, directly or through others."""
        waits_for: dict[str, set[str]] = {}
        for document in self._documents.values():
            for at, (waiting, mode) in enumerate(document.queue):
                in_front = {other for other, _ in document.queue[:at]}
                waits_for[waiting] = document.in_the_way(waiting, mode) | in_front
        found: set[str] = set()
        following = [who]
        while following:
            new = waits_for.get(following.pop(), set()) - found
            found |= new
            following.extend(new)
        return who in found

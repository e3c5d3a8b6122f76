class Shelf:
    """Things with tags, found by their tags."""

    def __init__(self) -> None:
        self._tags: dict[str, set[str]] = {}

    def tag(self, name: str, tags: list[str]) -> int:
        """Give the thing more tags and return how many it has then."""
        having = self._tags.setdefault(name, set())
        having.update(tags)
        return len(having)

    def untag(self, name: str, tag: str) -> bool:
        """Take a tag away and return whether the thing had it."""
        having = self._tags[name]
        had = tag in having
        having.discard(tag)
        return had

    def find(self, tags: list[str]) -> list[str]:
        """Return the names of the things that have all of the tags."""
        return sorted(name for name, having in self._tags.items() if having.issuperset(tags))

    def remove(self, name: str) -> list[str]:
        """Take the thing off the shelf and return its tags."""
        return sorted(self._tags.pop(name))

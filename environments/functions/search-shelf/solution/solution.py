import re
from collections.abc import Callable
from typing import Any

Book = dict[str, Any]
Test = Callable[[Book], bool]

TOKEN = re.compile(r' +|[()-]|(?:tag:)?"[^"]*"|[^ ()"-][^ ()"]*', re.IGNORECASE)
"""Spaces, a parenthesis, a minus sign, a term, or a piece that may be no term at all."""


def words(text: str) -> list[str]:
    return re.findall("[a-z0-9]+", text.lower())


def tokens(query: str) -> list[str]:
    """Cut a query into tokens without spaces. Raises ValueError where spaces are amiss."""
    pieces: list[str] = []
    at = 0
    while at < len(query):
        found = TOKEN.match(query, at)
        if found is None:
            raise ValueError("a quote is not closed")
        pieces.append(found[0])
        at = found.end()
    for piece, following in zip(pieces, [*pieces[1:], " "], strict=True):
        if piece == "-" and (following[0] in " )-" or following == "OR"):
            raise ValueError("a minus sign has nothing to turn round")
        if piece[0] not in " ()-" and following[0] not in " ()":
            raise ValueError("there is no space between two terms")
    return [piece for piece in pieces if piece[0] != " "]


class Parser:
    """Turns the tokens of a query into a test."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> str | None:
        token = self.peek()
        self.at += 1
        return token

    def query(self) -> Test:
        test = self.one_of_several()
        if self.peek() is not None:
            raise ValueError("a parenthesis is closed that was not open")
        return test

    def one_of_several(self) -> Test:
        sides = [self.all_together()]
        while self.peek() == "OR":
            self.take()
            sides.append(self.all_together())
        return lambda book: any(side(book) for side in sides)

    def all_together(self) -> Test:
        tests = []
        while self.peek() not in (None, ")", "OR"):
            tests.append(self.condition())
        if not tests:
            raise ValueError("a condition is missing")
        return lambda book: all(test(book) for test in tests)

    def condition(self) -> Test:
        token = self.take()
        if token == "-":
            negated = self.condition()
            return lambda book: not negated(book)
        if token == "(":
            inside = self.one_of_several()
            if self.take() != ")":
                raise ValueError("a parenthesis is not closed")
            return inside
        return term(str(token).lower())


def term(text: str) -> Test:
    """Return the test for a term in small letters."""
    if re.fullmatch("[a-z0-9]+", text):
        return lambda book: text in words(book["title"])
    if re.fullmatch(r"[a-z0-9]+\*", text):
        return lambda book: any(word.startswith(text[:-1]) for word in words(book["title"]))
    if text.startswith('"') and words(text):
        return lambda book: has_phrase(words(book["title"]), words(text))
    if re.fullmatch('tag:([a-z0-9]+|"[^"]*")', text):
        wanted = text.removeprefix("tag:").strip('"')
        return lambda book: any(tag.lower() == wanted for tag in book["tags"])
    if found := re.fullmatch("year:([0-9]+)", text):
        return between(found[1], found[1])
    if (found := re.fullmatch(r"year:([0-9]*)\.\.([0-9]*)", text)) and (found[1] or found[2]):
        return between(found[1], found[2])
    raise ValueError(f"this is no term: {text!r}")


def between(first: str, last: str) -> Test:
    """Return the test for years, of which one limit may be missing."""
    return lambda book: (
        book["year"] is not None
        and (not first or book["year"] >= int(first))
        and (not last or book["year"] <= int(last))
    )


def has_phrase(title: list[str], phrase: list[str]) -> bool:
    starts = range(len(title) - len(phrase) + 1)
    return any(title[start : start + len(phrase)] == phrase for start in starts)


def search(books: list[Book], query: str) -> list[int]:
    """Return the positions of the books that match the query."""
    if not query.strip(" "):
        return list(range(len(books)))
    test = Parser(tokens(query)).query()
    return [position for position, book in enumerate(books) if test(book)]

import sys
from itertools import permutations

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def is_number(word):
    return word != "" and all(c in "0123456789" for c in word)


class Parser:
    def __init__(self, people, words):
        self.people = people
        self.words = words
        self.i = 0

    def next(self):
        if self.i >= len(self.words):
            raise SyntaxError
        self.i += 1
        return self.words[self.i - 1]

    def peek(self):
        return self.words[self.i] if self.i < len(self.words) else None

    def person(self):
        word = self.next()
        if word not in self.people:
            raise SyntaxError
        return word

    def number(self):
        word = self.next()
        if not is_number(word):
            raise SyntaxError
        return int(word)

    def simple(self):
        a = self.person()
        verb = self.next()
        if verb == "edge":
            return ("edge", a)
        if verb == "seat":
            return ("seat", a, self.number())
        b = self.person()
        if b == a:
            raise SyntaxError
        if verb in ("left", "beside"):
            return (verb, a, b)
        if verb == "from":
            return (verb, a, b, self.number())
        if verb == "between":
            c = self.person()
            if c in (a, b):
                raise SyntaxError
            return (verb, a, b, c)
        raise SyntaxError

    def factor(self):
        if self.peek() == "not":
            self.next()
            return ("not", self.simple())
        return self.simple()

    def term(self):
        left = self.factor()
        while self.peek() == "and":
            self.next()
            left = ("and", left, self.factor())
        return left

    def whole(self):
        left = self.term()
        while self.peek() == "or":
            self.next()
            left = ("or", left, self.term())
        if self.peek() is not None:
            raise SyntaxError
        return left


def holds(clue, row):
    kind = clue[0]
    if kind == "not":
        return not holds(clue[1], row)
    if kind == "and":
        return holds(clue[1], row) and holds(clue[2], row)
    if kind == "or":
        return holds(clue[1], row) or holds(clue[2], row)
    a = row.index(clue[1])
    if kind == "edge":
        return a == 0 or a == len(row) - 1
    if kind == "seat":
        return a + 1 == clue[2]
    b = row.index(clue[2])
    if kind == "left":
        return a < b
    if kind == "beside":
        return abs(a - b) == 1
    if kind == "from":
        return abs(a - b) - 1 == clue[3]
    c = row.index(clue[3])
    return min(b, c) < a < max(b, c)


people = sys.argv[1:]
if not people or len(people) > 6 or len(set(people)) != len(people):
    sys.exit(2)
for name in people:
    if name == "" or any(c not in ALPHABET for c in name) or name in ("not", "or", "and"):
        sys.exit(2)

clues = []
for number, line in enumerate(sys.stdin.read().split("\n"), 1):
    words = [w for w in line.split(" ") if w]
    if words:
        try:
            clues.append((number, Parser(people, words).whole()))
        except SyntaxError:
            print("bad clue", number)
            sys.exit(2)

rows = list(permutations(people))
sets = {n: {i for i, row in enumerate(rows) if holds(clue, row)} for n, clue in clues}


def possible(numbers):
    found = set(range(len(rows)))
    for n in numbers:
        found &= sets[n]
    return found


all_numbers = [n for n, _ in clues]
good = possible(all_numbers)
print("orders:", len(good))
if good:
    for seat in range(len(people)):
        print(f"seat {seat + 1}:", " ".join(sorted({rows[i][seat] for i in good})))
kept = list(all_numbers)
for n in all_numbers:
    without = possible([m for m in kept if m != n])
    if good:
        if without == good:
            print("needless", n)
            kept.remove(n)
    elif without:
        print("blame", n)
sys.exit(0 if good else 1)

import re

PIECES = re.compile(r'(?P<space> +)|(?P<open>\()|(?P<close>\))|(?P<minus>-)'
                    r'|(?P<tag>[tT][aA][gG]:(?:[A-Za-z0-9]+(?=[ ()]|$)|"[^"]*"))'
                    r'|(?P<year>[yY][eE][aA][rR]:(?:[0-9]+\.\.[0-9]*|\.\.[0-9]+|[0-9]+)(?=[ ()]|$))'
                    r'|(?P<or>OR(?=[ ()]|$))|(?P<quote>"[^"]*")|(?P<word>[A-Za-z0-9]+\*?)')
OPERANDS = ("tag", "year", "quote", "word")


def scan(query):
    found, at = [], 0
    while at < len(query):
        m = PIECES.match(query, at)
        if not m:
            raise ValueError(f"unexpected text at {at}")
        kind = m.lastgroup
        before = found[-1][0] if found else "space"
        if kind in OPERANDS + ("or", "minus") and before in OPERANDS + ("or",):
            raise ValueError("two terms without a space")
        if before == "minus" and kind not in OPERANDS + ("open",):
            raise ValueError("minus without a term")
        found.append((kind, m.group()))
        at = m.end()
    if found and found[-1][0] == "minus":
        raise ValueError("minus at the end")
    return [piece for piece in found if piece[0] != "space"]


def matches_term(kind, text, book):
    text = text.lower()
    if kind == "tag":
        name = text[4:].strip('"')
        return name in (tag.lower() for tag in book["tags"])
    if kind == "year":
        if book["year"] is None:
            return False
        low, dots, high = text[5:].partition("..")
        if not dots:
            return book["year"] == int(low)
        return (not low or int(low) <= book["year"]) and (not high or book["year"] <= int(high))
    title = book["title"].lower()
    if kind == "quote":
        return text.strip('"') in title
    words = re.split("[^a-z0-9]+", title)
    if text.endswith("*"):
        return any(word.startswith(text[:-1]) for word in words)
    return text in words


def parse_or(pieces):
    sides = [parse_and(pieces)]
    while pieces and pieces[0][0] == "or":
        pieces.pop(0)
        sides.append(parse_and(pieces))
    return ("any", sides)


def parse_and(pieces):
    parts = []
    while pieces and pieces[0][0] not in ("or", "close"):
        parts.append(parse_one(pieces))
    if not parts:
        raise ValueError("something is missing")
    return ("all", parts)


def parse_one(pieces):
    kind, text = pieces.pop(0)
    if kind == "minus":
        return ("not", parse_one(pieces))
    if kind == "open":
        inner = parse_or(pieces)
        if not pieces or pieces.pop(0)[0] != "close":
            raise ValueError("unclosed parenthesis")
        return inner
    if kind == "quote" and not re.search("[A-Za-z0-9]", text):
        raise ValueError("no word in quotes")
    return (kind, text)


def holds(tree, book):
    kind, value = tree
    if kind == "any":
        return any(holds(t, book) for t in value)
    if kind == "all":
        return all(holds(t, book) for t in value)
    if kind == "not":
        return not holds(value, book)
    return matches_term(kind, value, book)


def search(books, query):
    pieces = scan(query)
    if not pieces:
        return [i for i in range(len(books))]
    tree = parse_or(pieces)
    if pieces:
        raise ValueError("unexpected )")
    return [i for i, book in enumerate(books) if holds(tree, book)]

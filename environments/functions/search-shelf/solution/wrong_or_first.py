import re


def split_words(s):
    return re.findall(r"[a-z0-9]+", s.lower())


def tokenize(q):
    result = []
    i = 0
    glued = False  # the character before ended a term
    while i < len(q):
        c = q[i]
        if c == " ":
            i += 1
            glued = False
        elif c in "()":
            result.append((c, None))
            i += 1
            glued = False
        else:
            if glued:
                raise ValueError("missing space")
            if c == "-":
                if i + 1 == len(q) or q[i + 1] in " )-":
                    raise ValueError("lonely minus")
                result.append(("-", None))
                i += 1
                if q[i] == "(":
                    continue
            m = re.compile(r'(?:tag:)?"([^"]*)"|[^ ()"]+', re.I).match(q, i)
            if not m:
                raise ValueError("bad quote")
            text = m.group(0)
            if text == "OR":
                if result and result[-1][0] == "-":
                    raise ValueError("-OR")
                result.append(("OR", None))
            else:
                result.append(("term", make_term(text.lower())))
            i = m.end()
            glued = True
    return result


def make_term(t):
    if t.startswith('"'):
        wanted = split_words(t)
        if not wanted:
            raise ValueError("empty phrase")

        def phrase(book):
            have = split_words(book["title"])
            for k in range(len(have)):
                if have[k:k + len(wanted)] == wanted:
                    return True
            return False

        return phrase
    if t.startswith('tag:"'):
        return lambda b: t[5:-1] in [x.lower() for x in b["tags"]]
    m = re.fullmatch(r"tag:([a-z0-9]+)", t)
    if m:
        return lambda b: m.group(1) in [x.lower() for x in b["tags"]]
    m = re.fullmatch(r"year:(\d+)", t)
    if m:
        return lambda b: b["year"] == int(m.group(1))
    m = re.fullmatch(r"year:(\d*)\.\.(\d*)", t)
    if m and m.group(0) != "year:..":
        low = int(m.group(1) or -10 ** 9)
        high = int(m.group(2) or 10 ** 9)
        return lambda b: b["year"] is not None and low <= b["year"] <= high
    m = re.fullmatch(r"([a-z0-9]+)(\*?)", t)
    if not m:
        raise ValueError("bad term " + t)
    if m.group(2):
        return lambda b: any(w.startswith(m.group(1)) for w in split_words(b["title"]))
    return lambda b: m.group(1) in split_words(b["title"])


def search(books, query):
    tokens = tokenize(query)
    if not tokens:
        return list(range(len(books)))
    pos = 0

    def unit():
        nonlocal pos
        if pos >= len(tokens):
            raise ValueError("unexpected end")
        kind, value = tokens[pos]
        pos += 1
        if kind == "-":
            inner = unit()
            return lambda b: not inner(b)
        if kind == "(":
            inner = expression()
            if pos >= len(tokens) or tokens[pos][0] != ")":
                raise ValueError("unclosed")
            pos += 1
            return inner
        if kind != "term":
            raise ValueError("unexpected " + kind)
        return value

    def expression():
        nonlocal pos
        result = unit()
        while pos < len(tokens) and tokens[pos][0] != ")":
            if tokens[pos][0] == "OR":
                pos += 1
                result = either(result, unit())
            else:
                right = unit()
                # an OR that follows belongs to this side
                while pos < len(tokens) and tokens[pos][0] == "OR":
                    pos += 1
                    right = either(right, unit())
                result = both(result, right)
        return result

    def either(a, b):
        return lambda book: a(book) or b(book)

    def both(a, b):
        return lambda book: a(book) and b(book)

    test = expression()
    if pos < len(tokens):
        raise ValueError("too many parentheses")
    return [i for i, b in enumerate(books) if test(b)]

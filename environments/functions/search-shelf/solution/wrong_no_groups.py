import re


def search(books, query):
    def term(t, b):
        if t.startswith("-"):
            return not term(t[1:], b)
        words = re.findall(r"\w+", b["title"].lower())
        t = t.lower()
        if t.startswith("tag:"):
            return t[4:].strip('"') in [x.lower() for x in b["tags"]]
        if t.startswith("year:"):
            a, _, z = t[5:].partition("..")
            return b["year"] is not None and int(a or 0) <= b["year"] <= int(z or a or 9999)
        if t.endswith("*"):
            return any(w.startswith(t[:-1]) for w in words)
        if t.startswith('"'):
            return " ".join(re.findall(r"\w+", t)) in " ".join(words)
        return t in words

    if query.count('"') % 2 or query.count("(") != query.count(")"):
        raise ValueError(query)
    terms = re.findall(r'-?(?:tag:)?"[^"]*"|[^ ()]+', query)
    result = []
    for i, b in enumerate(books):
        sides = [True]
        for t in terms:
            if t == "OR":
                sides.append(True)
            else:
                sides[-1] = sides[-1] and term(t, b)
        if any(sides):
            result.append(i)
    return result

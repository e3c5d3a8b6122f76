def parse(text, i):
    items = []
    while i < len(text) and text[i] not in ")]":
        c = text[i]
        i += 1
        if c == " ":
            continue
        if c in "([":
            inner, i = parse(text, i)
            i += 1
            item = (c, inner)
        else:
            item = ("one", c)
        digits = ""
        while i < len(text) and text[i].isdigit():
            digits += text[i]
            i += 1
        items.append((item, int(digits or 1)))
    return items, i


def knit(items, backwards=False):
    for (kind, inner), times in reversed(items) if backwards else items:
        for _ in range(times):
            if kind == "one":
                yield inner
            elif kind == "(":
                yield from knit(inner, backwards)
            else:
                yield from knit(inner)
                yield from knit(inner, True)


def count_stitches(pattern, start, end):
    items, _ = parse(pattern, 0)
    result = {}
    for n, stitch in enumerate(knit(items)):
        if n >= end:
            break
        if n >= start:
            result[stitch] = result.get(stitch, 0) + 1
    return result

def is_sentence_end(word):
    word = word.rstrip(')"')
    return word != "" and word[-1] in ".!?"


def break_points(raw):
    """(characters shown before the point, hyphen to be added?)"""
    clean = raw.replace("^", "")
    points = []
    n = 0
    for ch in raw:
        if ch == "^":
            if n >= 2 and len(clean) - n >= 2 and (n, False) not in points:
                if (n, True) not in points:
                    points.append((n, True))
        else:
            n += 1
            if ch == "-" and 1 < n < len(clean):
                if clean[n - 2].isalpha() and clean[n].isalpha():
                    points.append((n, False))
    points.append((len(clean), False))
    return points


def set_paragraph(text, width, first="", rest=""):
    if width <= len(first) or width <= len(rest):
        raise ValueError("width too small")
    words = []
    for raw in text.replace("\n", " ").split(" "):
        clean = raw.replace("^", "").replace("~", " ")
        if clean:
            words.append((clean, break_points(raw)))

    lines = []
    index, offset = 0, 0
    while index < len(words):
        prefix = first if not lines else rest
        best = None
        shortest = None
        content = prefix
        i, off = index, offset
        while i < len(words) and len(content) <= width:
            clean, points = words[i]
            for point, soft in points:
                if point <= off:
                    continue
                line = content + clean[off:point] + ("-" if soft else "")
                if point == len(clean):
                    place = (line, i + 1, 0)
                else:
                    place = (line, i, point)
                if shortest is None:
                    shortest = place
                if len(line) <= width:
                    best = place
            content += clean[off:] + (" " * 2 if is_sentence_end(clean) else " ")
            i, off = i + 1, 0
        line, index, offset = best or shortest
        lines.append(line)
    return lines

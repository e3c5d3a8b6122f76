import re

SOFT = "^"


def tokens_of(word):
    shown = word.replace(SOFT, "").replace("~", " ")
    soft, hard = set(), set()
    position = 0
    for c in word:
        if c == SOFT:
            soft.add(position)
        else:
            position += 1
            if c == "-" and re.match(r"[^\W\d_]-[^\W\d_]", shown[position - 2:position + 1]) and position > 1:
                hard.add(position)
    soft = {p for p in soft if p >= 2 and len(shown) - p >= 2} - hard
    return shown, soft, hard


def set_paragraph(text, width, first="", rest=""):
    if width <= max(len(first), len(rest)):
        raise ValueError("too narrow")
    units = []  # [text shown, kind of end, space before]
    space = ""
    for word in filter(None, re.split(r"[ \n]", text)):
        shown, soft, hard = tokens_of(word)
        if not shown:
            continue
        cuts = sorted(soft | hard | {len(shown)})
        for a, b in zip([0] + cuts, cuts):
            units.append((shown[a:b], "soft" if b in soft else "hard", space if a == 0 else ""))
        space = "  " if shown[-1] in ".!?" else " "
    lines = []
    ladder = 0
    while units:
        prefix = rest if lines else first
        candidates = []
        line = prefix
        for n, (piece, kind, before) in enumerate(units):
            line += (before if n else "") + piece
            if kind == "hard":
                candidates.append((n + 1, line, 0))
            elif ladder < 2:
                candidates.append((n + 1, line + "-", ladder + 1))
        fitting = [c for c in candidates if len(c[1]) <= width]
        used, line, ladder = fitting[-1] if fitting else candidates[0]
        lines.append(line)
        units = units[used:]
    return lines

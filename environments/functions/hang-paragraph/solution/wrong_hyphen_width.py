def set_paragraph(text, width, first="", rest=""):
    if width <= len(first) or width <= len(rest):
        raise ValueError("width")
    lines = []
    line = first
    empty = True
    ends = False
    for word in text.split():
        shown = word.replace("^", "").replace("~", " ")
        if not shown:
            continue
        gap = "" if empty else "  " if ends else " "
        ends = shown.rstrip(')"')[-1:] in tuple(".!?")
        if len(line + gap + shown) <= width:
            line += gap + shown
            empty = False
            continue
        parts = word.replace("~", " ").split("^")
        while parts:
            for n in range(len(parts), 0, -1):
                piece = "".join(parts[:n])
                if len(line + gap + piece) <= width or (empty and n == 1):
                    line += gap + piece
                    parts = parts[n:]
                    empty = False
                    break
            if parts:
                lines.append(line if empty or line.endswith(" ") else line + "-")
                line, gap, empty = rest, "", True
    if not empty:
        lines.append(line)
    return lines

from itertools import groupby


def split_line(line: str) -> tuple[str, str]:
    """Return the code and the comment of a line."""
    quote = ""
    for at, character in enumerate(line):
        if quote:
            if character == quote:
                quote = ""
        elif character in "'\"":
            quote = character
        elif character == "#":
            return line[:at].rstrip(" "), line[at:].rstrip(" ")
    return line.rstrip(" "), ""


def line_up(source: str, limit: int) -> str:
    """Return the program with its comments below each other."""
    lines: list[str] = []
    split = map(split_line, source.split("\n"))
    originals = zip(split, source.split("\n"), strict=True)
    for in_block, group in groupby(originals, key=lambda each: all(each[0])):
        members = list(group)
        if not in_block:
            lines += [line.rstrip(" ") for _, line in members]
            continue
        sizes = [len(code) for (code, _), _ in members]
        widest = max((size for size in sizes if size <= limit), default=0)
        lines += [f"{code:{widest}}  {comment}" for (code, comment), _ in members]
    return "\n".join(lines)

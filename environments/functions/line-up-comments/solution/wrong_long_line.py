def find_comment(line):
    i = 0
    while i < len(line):
        if line[i] == "#":
            return i
        if line[i] in "\"'":
            end = line.find(line[i], i + 1)
            if end == -1:
                return -1
            i = end
        i += 1
    return -1


class Block:
    def __init__(self):
        self.rows = []

    def render(self, limit):
        column = max([len(code) for code, _ in self.rows if len(code) <= limit] or [0]) + 2
        return [code + " " * max(2, column - len(code)) + comment for code, comment in self.rows]


def line_up(source, limit):
    out = []
    block = Block()
    for line in source.split("\n"):
        pos = find_comment(line)
        code = line[:pos].rstrip(" ") if pos >= 0 else ""
        if pos >= 0 and code and len(code) <= limit:
            block.rows.append((code, line[pos:].rstrip(" ")))
            continue
        out += block.render(limit)
        block = Block()
        if pos >= 0 and code:
            out.append(code + "  " + line[pos:].rstrip(" "))
        else:
            out.append(line.rstrip(" "))
    return "\n".join(out + block.render(limit))

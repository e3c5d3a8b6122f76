import re


def line_up(source, limit):
    lines = source.split("\n")
    result = []
    block = []

    def flush():
        width = 0
        for code, _ in block:
            if len(code) <= limit:
                width = max(width, len(code))
        for code, comment in block:
            result.append(code.ljust(width) + "  " + comment)
        block.clear()

    for line in lines:
        line = line.rstrip(" ")
        # strings that are closed, then a hash
        masked = re.sub(r"'[^']*'|\"[^\"]*\"", lambda m: "_" * len(m.group()), line)
        at = masked.find("#")
        if at < 0 or line[:at].strip(" ") == "":
            flush()
            result.append(line)
        else:
            block.append((line[:at].rstrip(" "), line[at:]))
    flush()
    return "\n".join(result)

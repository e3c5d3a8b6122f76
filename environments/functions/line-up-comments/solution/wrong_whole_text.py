def line_up(source, limit):
    rows = []
    for line in source.splitlines():
        code, hash_, comment = line.partition("#")
        if code.count("'") % 2 or code.count('"') % 2:
            code, hash_, comment = line, "", ""
        rows.append((code.rstrip(), hash_ + comment.rstrip()))
    width = max((len(c) for c, k in rows if k and len(c) <= limit), default=0)
    return "\n".join(c.ljust(width) + "  " + k if c and k else c + k for c, k in rows)

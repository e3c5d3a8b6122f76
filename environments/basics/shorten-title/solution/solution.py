def shorten(title: str, limit: int) -> str:
    """Return the title in at most `limit` characters, cut between words where possible."""
    if limit < 4:
        raise ValueError("the limit must be at least 4")
    words = title.split()
    tidy = " ".join(words)
    if len(tidy) <= limit:
        return tidy
    room = limit - len("...")
    kept = words[0][:room]
    for word in words[1:]:
        longer = f"{kept} {word}"
        if len(longer) > room:
            break
        kept = longer
    return f"{kept}..."

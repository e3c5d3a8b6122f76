def shorten(title, limit):
    if limit < 4:
        raise ValueError("limit too small")
    title = " ".join(title.split())
    if len(title) <= limit:
        return title
    return title[: limit - 3] + "..."

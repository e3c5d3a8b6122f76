def shorten(title, limit):
    if limit < 4:
        raise ValueError("limit too small")
    words = title.split()
    result = " ".join(words)
    if len(result) <= limit:
        return result
    while words and len(" ".join(words)) + 3 > limit:
        words.pop()
    return " ".join(words) + "..."

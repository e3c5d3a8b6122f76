def shorten(title, limit):
    if limit < 4:
        raise ValueError("limit must be at least 4")
    words = title.split()
    if len(" ".join(words)) <= limit:
        return " ".join(words)

    text = ""
    for word in words:
        candidate = word if not text else text + " " + word
        if len(candidate) + 3 >= limit:
            break
        text = candidate
    if not text:
        text = words[0][: limit - 3]
    return text + "..."

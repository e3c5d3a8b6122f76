def mask_word(word):
    if word.isdigit() and len(word) >= 8:
        return "*" * (len(word) - 4) + word[-4:]
    return word


def mask(lines):
    result = []
    for line in lines:
        result.append(" ".join(mask_word(word) for word in line.split(" ")))
    return result

def unread(pages, sittings):
    read = set()
    for first, last in sittings:
        read.update(range(first, last))

    result = []
    for page in range(1, pages + 1):
        if page in read:
            continue
        if result and result[-1][1] == page - 1:
            result[-1][1] = page
        else:
            result.append([page, page])
    return result

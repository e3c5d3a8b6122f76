def break_pages(blocks, height):
    if height < 1:
        raise ValueError("height")
    pages, page, free = [], [], height
    for index, (kind, lines) in enumerate(blocks):
        if lines < 1 or kind not in ("text", "table", "head", "chapter"):
            raise ValueError("block")
        left = lines
        if page:
            free -= 1
        if page and kind == "chapter":
            pages.append(page)
            page, free = [], height
        while left > free:
            part = min(free, left - 2)
            if kind == "text" and part >= 2:
                page.append((index, part))
                left -= part
            elif not page:
                return None
            pages.append(page)
            page, free = [], height
        page.append((index, left))
        free -= left
    if page:
        pages.append(page)
    return pages

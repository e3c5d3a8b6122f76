def unread(pages, sittings):
    gaps = []
    page = 1
    for start, end in sorted(sittings):
        if start > page:
            gaps.append([page, start - 1])
        page = end + 1
    if page <= pages:
        gaps.append([page, pages])
    return gaps

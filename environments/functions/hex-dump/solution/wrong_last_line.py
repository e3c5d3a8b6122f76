def dump(data, start=0, width=16):
    if start < 0:
        raise ValueError("start")
    if width < 1 or width > 64:
        raise ValueError("width")
    out = []
    previous = None
    starred = False
    offset = start % width
    address = start - offset
    end = start + len(data)
    while address < end:
        cells = []
        text = ""
        for place in range(address, address + width):
            if start <= place < end:
                byte = data[place - start]
                cells.append("%02x" % byte)
                text += chr(byte) if 32 <= byte < 127 else "."
            else:
                cells.append("  ")
                text += " "
        if cells == previous:
            if not starred:
                out.append("*")
                starred = True
        else:
            out.append("%06x: %s  |%s|" % (address, " ".join(cells), text))
            starred = False
        previous = cells
        address += width
    return out

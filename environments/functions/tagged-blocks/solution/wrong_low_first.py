def decode(data):
    items, last, i = {}, None, 0

    def varint():
        nonlocal i
        shift = result = 0
        while True:
            if i >= len(data):
                raise EOFError
            byte = data[i]
            i += 1
            result |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return result

    while i < len(data):
        kind, label = data[i] >> 5, data[i] & 31
        i += 1
        if label == 31:
            label = varint()
        if kind == 7:
            i += label
            continue
        if kind == 0:
            last = varint()
        elif kind == 1:
            n = varint()
            last = (n >> 1) ^ -(n & 1)
        elif kind == 5:
            last = [varint() for _ in range(varint())]
        elif kind != 6:
            n = varint()
            if i + n > len(data):
                raise EOFError
            last = data[i:i + n]
            i += n
            if kind == 3:
                last = last.decode()
            elif kind == 4:
                last = decode(last)
        items.setdefault(label, []).append(last)
    return {k: v if len(v) > 1 else v[0] for k, v in items.items()}

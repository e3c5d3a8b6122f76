def read_varint(data, pos):
    value = 0
    for i in range(5):
        if pos >= len(data):
            raise EOFError("varint")
        b = data[pos]
        pos += 1
        if i == 0 and b == 0x80:
            raise ValueError("padding in varint")
        value = (value << 7) + (b & 127)
        if not b & 128:
            return value, pos
    raise ValueError("varint too long")


def put(result, seen, label, value):
    if label not in result:
        result[label] = value
    elif isinstance(result[label], list):
        result[label] = result[label] + [value]
    else:
        result[label] = [result[label], value]


def decode(data):
    result = {}
    seen = []
    pos = 0
    while pos < len(data):
        kind = data[pos] >> 5
        label = data[pos] & 31
        pos += 1
        if label == 31:
            label, pos = read_varint(data, pos)
        if kind == 7:
            if pos + label > len(data):
                raise EOFError("filler")
            pos += label
            continue
        if kind == 6:
            if not seen:
                raise ValueError("nothing to repeat")
            value = seen[-1]
        else:
            n, pos = read_varint(data, pos)
            if kind == 0:
                value = n
            elif kind == 1:
                value = n // 2 if n % 2 == 0 else -(n // 2) - 1
            elif kind == 5:
                value = []
                for _ in range(n):
                    item, pos = read_varint(data, pos)
                    value.append(item)
            else:
                raw = data[pos : pos + n]
                if len(raw) < n:
                    raise EOFError("content")
                pos += n
                if kind == 2:
                    value = raw
                elif kind == 3:
                    value = raw.decode("utf-8")
                else:
                    value = decode(raw)
        seen.append(value)
        put(result, seen, label, value)
    return result

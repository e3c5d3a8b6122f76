import copy
import re

NAME = r"[a-z0-9_-]+"


def convert(value):
    if value.startswith('"'):
        if len(value) == 1 or not value.endswith('"'):
            raise ValueError(value)
        inner = value[1:-1]
        if re.search(r'(?<!\\)"', inner) or re.search(r'\\[^"\\t]', inner):
            raise ValueError(value)
        return inner.replace('\\"', '"').replace("\\t", "\t").replace("\\\\", "\\")
    if re.match(r"^-?\d+$", value):
        return int(value)
    return {"yes": True, "no": False}.get(value, value)


def read_settings(lines):
    data = {"": {}}
    here = ""
    for line in lines:
        line = line.split("#")[0].split(";")[0].strip()
        if not line:
            continue
        if line.startswith("["):
            m = re.match(rf"^\[\s*({NAME})\s*(?::\s*({NAME})\s*)?\]$", line)
            if not m:
                raise ValueError(line)
            here, parent = m.groups()
            if parent:
                if here in data or parent not in data:
                    raise ValueError(line)
                data[here] = copy.deepcopy(data[parent])
            data.setdefault(here, {})
            continue
        if line.startswith("!"):
            if line[1:].strip() not in data[here]:
                raise ValueError(line)
            del data[here][line[1:].strip()]
            continue
        m = re.match(r"^([a-z0-9_.]+)\s*(\+?=)\s*(.*)$", line)
        if not m:
            raise ValueError(line)
        key, operator, value = m.groups()
        value = convert(value)
        if operator == "+=":
            old = data[here].get(key, [])
            value = (old if isinstance(old, list) else [old]) + [value]
        data[here][key] = value
    if not data[""]:
        del data[""]
    return data

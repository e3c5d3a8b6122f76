import re


def load(text):
    result = {}
    section = None
    for line in text.replace("\\\n", "").splitlines():
        line = line.strip()
        if not line or line.startswith(";"):
            continue
        if line.startswith("["):
            name, _, parent = line.strip("[]").partition("<")
            name, parent = name.strip(), parent.strip()
            if name in result:
                raise ValueError("section given twice")
            section = result[name] = result[parent] if parent else {}
        elif section is None:
            raise ValueError("no section")
        elif line.startswith("!"):
            del section[line[1:].strip()]
        elif "=" in line:
            key, value = line.split("=", 1)
            value = value.strip()
            if value[:1] == '"' == value[-1:]:
                value = value[1:-1]

            def ref(m):
                a, _, b = m.group(1).rpartition("/")
                return (result[a] if a else section)[b]

            value = re.sub(r"\$\{(.*?)\}", ref, value).replace("$$", "$")
            if key.endswith("+"):
                key = key[:-1].strip()
                value = section[key] + " " + value
            section[key.strip()] = value
        else:
            raise ValueError(line)
    return result

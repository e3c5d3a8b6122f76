def pick(versions, wanted):
    candidates = sorted(versions, reverse=True)
    for version in candidates:
        for clause in wanted.split(","):
            clause = clause.strip()
            if clause == "*":
                continue
            if clause.startswith("^"):
                if version < clause[1:] or version.split(".")[0] != clause[1:].split(".")[0]:
                    break
            elif clause.startswith("~"):
                if version < clause[1:] or version.split(".")[:2] != clause[1:].split(".")[:2]:
                    break
            elif clause.startswith(">="):
                if version < clause[2:].strip():
                    break
            elif clause.startswith("<"):
                if version >= clause[1:].strip():
                    break
            else:
                raise ValueError(clause)
        else:
            return version
    return None

from collections import defaultdict


def clean_mail(raw):
    text = raw.strip().lower()
    local, sep, domain = text.rpartition("@")
    if domain == "mail.example" and "+" in local:
        local = local[:local.index("+")]
    return local + sep + domain


def clean_phone(raw):
    digits = "".join(filter(str.isdigit, raw))
    if "+" in raw:
        return digits
    if digits.startswith("00"):
        return digits[2:]
    if digits.startswith("0"):
        return "49" + digits[1:]
    return digits


def merge(entries):
    n = len(entries)
    mails = [[m for m in map(clean_mail, e["mails"]) if m] for e in entries]
    phones = [[p for p in map(clean_phone, e["phones"]) if p] for e in entries]

    owners = defaultdict(set)
    for i in range(n):
        for m in mails[i]:
            if not (m.startswith("info@") or m.startswith("office@")):
                owners["mail", m].add(i)
        for p in phones[i]:
            owners["phone", p].add(i)

    neighbours = [set() for _ in range(n)]
    for group in owners.values():
        if len(group) <= 3:
            for i in group:
                neighbours[i] |= group

    result = []
    done = set()
    for i in range(n):
        if i in done:
            continue
        stack, members = [i], set()
        while stack:
            j = stack.pop()
            if j not in members:
                members.add(j)
                stack.extend(neighbours[j] - members)
        done |= members
        order = sorted(members)
        person = {"name": "", "mails": [], "phones": [], "note": "", "count": len(order)}
        notes = []
        latest = None
        for j in order:
            for m in mails[j]:
                if m not in person["mails"]:
                    person["mails"].append(m)
            for p in phones[j]:
                if p not in person["phones"]:
                    person["phones"].append(p)
            e = entries[j]
            if e["name"] and (latest is None or e["changed"] >= latest):
                person["name"] = e["name"]
                latest = e["changed"]
            if e["note"]:
                notes.append((e["changed"], j, e["note"]))
        if not person["name"] and person["mails"]:
            person["name"] = person["mails"][0]
        texts = [note for _, _, note in sorted(notes)]
        person["note"] = "; ".join(dict.fromkeys(texts))
        result.append(person)
    return result

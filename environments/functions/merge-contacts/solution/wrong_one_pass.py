import re


def mail_key(mail):
    mail = mail.strip().lower()
    if mail.endswith("@mail.example"):
        name = mail[:-len("@mail.example")]
        return name.split("+")[0] + "@mail.example"
    return mail


def phone_key(phone):
    digits = re.sub("[^0-9]", "", phone)
    if "+" not in phone:
        if digits[:2] == "00":
            digits = digits[2:]
        elif digits[:1] == "0":
            digits = "49" + digits[1:]
    return digits


def unique(values):
    seen = []
    for value in values:
        if value and value not in seen:
            seen.append(value)
    return seen


class Person:
    def __init__(self):
        self.entries = []
        self.keys = set()

    def add(self, entry, keys):
        self.entries.append(entry)
        self.keys |= keys

    def result(self):
        mails = unique(mail_key(m) for e in self.entries for m in e["mails"])
        phones = unique(phone_key(p) for e in self.entries for p in e["phones"])
        name, changed = "", None
        for e in self.entries:
            if e["name"] and (changed is None or e["changed"] > changed):
                name, changed = e["name"], e["changed"]
        if not name and mails:
            name = mails[0]
        notes = unique(e["note"] for e in sorted(self.entries, key=lambda e: e["changed"]))
        return {"name": name, "mails": mails, "phones": phones,
                "note": "; ".join(notes), "count": len(self.entries)}


def merge(entries):
    all_keys = []
    counts = {}
    for entry in entries:
        keys = {"m:" + mail_key(m) for m in entry["mails"]}
        keys |= {"p:" + phone_key(p) for p in entry["phones"]}
        keys -= {"m:", "p:"}
        keys = {k for k in keys if not k.startswith(("m:info@", "m:office@"))}
        all_keys.append(keys)
        for k in keys:
            counts[k] = counts.get(k, 0) + 1
    persons = []
    for entry, keys in zip(entries, all_keys):
        keys = {k for k in keys if counts[k] < 4}
        for person in persons:
            if person.keys & keys:
                person.add(entry, keys)
                break
        else:
            person = Person()
            person.add(entry, keys)
            persons.append(person)
    return [p.result() for p in persons]

import re


def merge(entries):
    def norm(entry):
        mails = [re.sub(r"\+.*(?=@mail\.example$)", "", m.strip().lower()) for m in entry["mails"]]
        phones = []
        for p in entry["phones"]:
            d = re.sub(r"\D", "", p)
            d = re.sub("^00", "", d) if "+" in p or d[:2] == "00" else re.sub("^0", "49", d)
            phones.append(d)
        return mails, phones

    people = []
    for e in entries:
        mails, phones = norm(e)
        keys = {m for m in mails if not m.startswith(("info@", "office@"))} | set(phones)
        found = [p for p in people if p["keys"] & keys]
        person = {"keys": keys, "mails": mails, "phones": phones, "all": [e]}
        for p in reversed(found):
            people.remove(p)
            person["keys"] |= p["keys"]
            person["mails"] = p["mails"] + person["mails"]
            person["phones"] = p["phones"] + person["phones"]
            person["all"] = p["all"] + person["all"]
        people.append(person)
    out = []
    for p in people:
        newest = sorted(p["all"], key=lambda e: -e["changed"])
        names = [e["name"] for e in newest if e["name"]]
        out.append({
            "name": (names + p["mails"] + [""])[0],
            "mails": list(dict.fromkeys(p["mails"])),
            "phones": list(dict.fromkeys(p["phones"])),
            "note": "; ".join(dict.fromkeys(e["note"] for e in newest[::-1] if e["note"])),
            "count": len(p["all"]),
        })
    return out

from typing import Any

COMMON = 4
"""In so many entries, an address or a number says nothing about the person."""
SHARED = ("info@", "office@")

Entry = dict[str, Any]


def normal_mail(text: str) -> str:
    mail = text.strip().lower()
    user, at, host = mail.rpartition("@")
    if at and host == "mail.example":
        user = user.partition("+")[0]
    return user + at + host


def normal_phone(text: str) -> str:
    digits = "".join(character for character in text if character in "0123456789")
    if "+" in text:
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return "49" + digits[1:] if digits.startswith("0") else digits


def normal(entry: Entry) -> Entry:
    """Return a copy of the entry with addresses and numbers in normal form, each once."""
    mails = dict.fromkeys(map(normal_mail, entry["mails"]))
    phones = dict.fromkeys(map(normal_phone, entry["phones"]))
    return {**entry, "mails": list(filter(None, mails)), "phones": list(filter(None, phones))}


def groups(entries: list[Entry]) -> list[list[Entry]]:
    """Return the entries of each person."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, entry in enumerate(entries):
        for mail in entry["mails"]:
            if not mail.startswith(SHARED):
                places.setdefault(("mail", mail), []).append(place)
        for phone in entry["phones"]:
            places.setdefault(("phone", phone), []).append(place)
    first = list(range(len(entries)))
    """For each entry the first one that is known to be of the same person."""
    for linked in places.values():
        if len(linked) < COMMON:
            firsts = {first[place] for place in linked}
            first = [min(firsts) if each in firsts else each for each in first]
    return [
        [entry for entry, its_first in zip(entries, first, strict=True) if its_first == place]
        for place in sorted(set(first))
    ]


def merged(entries: list[Entry]) -> Entry:
    """Return the person whose entries these are."""
    mails = list(dict.fromkeys(mail for entry in entries for mail in entry["mails"]))
    phones = list(dict.fromkeys(phone for entry in entries for phone in entry["phones"]))
    named = [entry for entry in entries if entry["name"]]
    by_change = sorted(entries, key=lambda entry: entry["changed"])
    if named:
        name = max(named, key=lambda entry: entry["changed"])["name"]
    else:
        name = mails[0] if mails else ""
    return {
        "name": name,
        "mails": mails,
        "phones": phones,
        "note": "; ".join(dict.fromkeys(entry["note"] for entry in by_change if entry["note"])),
        "count": len(entries),
    }


def merge(entries: list[Entry]) -> list[Entry]:
    """Return the persons of an address book."""
    return [merged(group) for group in groups([normal(entry) for entry in entries])]

"""The filters, and how values become text."""


def as_text(value):
    if value is None:
        return ""
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, (str, int)):
        return str(value)
    raise TypeError("no text")


NONE = type(None)

WANTED = {
    "upper": (NONE,),
    "lower": (NONE,),
    "trim": (NONE,),
    "count": (NONE,),
    "default": (str, int),
    "join": (str,),
    "pad": (int,),
}


def apply(name, argument, value):
    if name == "count":
        if value is None:
            return 0
        if not isinstance(value, (str, list, dict)):
            raise TypeError("cannot count")
        return len(value)
    if name == "default":
        return value or argument
    if name == "join":
        if value is None:
            return ""
        if not isinstance(value, list):
            raise TypeError("cannot join")
        return argument.join([as_text(item) for item in value])
    text = as_text(value)
    if name == "pad":
        return text + " " * (argument - len(text))
    return {"upper": text.upper, "lower": text.lower, "trim": text.strip}[name]()

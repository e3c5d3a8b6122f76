"""Packs values of every type."""

from wire.numbers import pack_number, unpack_number
from wire.reader import Reader

PYTHON_TYPES = {"u": int, "t": str, "b": bool}


def pack_text(text: str) -> bytes:
    """Return the bytes of a text, or raise ValueError if it cannot be encoded."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"cannot be encoded: {text!r}") from error
    return pack_number(len(encoded)) + encoded


def unpack_text(reader: Reader) -> str:
    """Read a text, or raise ValueError."""
    try:
        return reader.take(unpack_number(reader)).decode()
    except UnicodeDecodeError as error:
        raise ValueError("a text is not UTF-8") from error


def pack_value(type_: str, value: int | str | bool) -> bytes:
    """Return the bytes of a value, or raise TypeError or ValueError."""
    if type(value) is not PYTHON_TYPES[type_]:
        raise TypeError(f"not of the type {type_}: {value!r}")
    if type_ == "u":
        return pack_number(value)
    if type_ == "b":
        return bytes([value])
    return pack_text(value)


def unpack_value(type_: str, reader: Reader) -> int | str | bool:
    """Read a value, or raise ValueError."""
    if type_ == "u":
        return unpack_number(reader)
    if type_ == "t":
        return unpack_text(reader)
    (byte,) = reader.take(1)
    if byte > 1:
        raise ValueError(f"not a truth value: {byte}")
    return bool(byte)

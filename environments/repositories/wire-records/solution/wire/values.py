"""Packs values of every type."""

from typing import Any

from wire.bits import pack_bits, unpack_bits
from wire.numbers import pack_number, unpack_number
from wire.reader import Reader
from wire.schema import Field

PYTHON_TYPES = {"u": int, "t": str, "b": bool, "i": int}


def check_type(type_: str, value: Any) -> None:
    """Raise TypeError unless the value is of the type."""
    if type(value) is not PYTHON_TYPES[type_]:
        raise TypeError(f"not of the type {type_}: {value!r}")


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


def pack_value(type_: str, value: Any) -> bytes:
    """Return the bytes of a single value, or raise TypeError or ValueError."""
    check_type(type_, value)
    if type_ == "u":
        return pack_number(value)
    if type_ == "b":
        return bytes([value])
    if type_ == "i":
        return pack_number(2 * value if value >= 0 else -2 * value - 1)
    return pack_text(value)


def unpack_value(type_: str, reader: Reader) -> int | str | bool:
    """Read a single value, or raise ValueError."""
    if type_ == "u":
        return unpack_number(reader)
    if type_ == "t":
        return unpack_text(reader)
    if type_ == "i":
        number = unpack_number(reader)
        return -(number + 1) // 2 if number % 2 else number // 2
    (byte,) = reader.take(1)
    if byte > 1:
        raise ValueError(f"not a truth value: {byte}")
    return bool(byte)


def pack_field(field: Field, value: Any) -> bytes:
    """Return the bytes of what a field has, a single value or a list."""
    if not field.is_list:
        return pack_value(field.type, value)
    if type(value) is not list:
        raise TypeError(f"not a list: {value!r}")
    if field.type == "b":
        for item in value:
            check_type(field.type, item)
        return pack_number(len(value)) + pack_bits(value)
    return pack_number(len(value)) + b"".join(pack_value(field.type, item) for item in value)


def unpack_field(field: Field, reader: Reader) -> Any:
    """Read what a field has, a single value or a list."""
    if not field.is_list:
        return unpack_value(field.type, reader)
    count = unpack_number(reader)
    if field.type == "b":
        return unpack_bits(count, reader)
    if count > reader.left:  # every item has a byte at least
        raise ValueError("the data end too early")
    return [unpack_value(field.type, reader) for _ in range(count)]

"""The public face of the project."""

from wire.records import pack, unpack

__all__ = ["pack", "unpack"]

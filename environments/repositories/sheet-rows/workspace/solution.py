"""The public face of the project."""

from sheet.sheet import Sheet

__all__ = ["Sheet"]

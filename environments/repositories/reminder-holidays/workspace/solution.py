"""The public face of the project."""

from remind.agenda import agenda, occurrences

__all__ = ["agenda", "occurrences"]

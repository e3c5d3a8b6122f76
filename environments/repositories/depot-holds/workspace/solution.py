"""The public face of the project."""

from depot.service import Depot

__all__ = ["Depot"]

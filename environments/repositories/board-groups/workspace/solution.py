"""The public face of the project."""

from board.board import Board

__all__ = ["Board"]

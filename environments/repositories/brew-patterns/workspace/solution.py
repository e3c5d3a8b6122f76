"""The public face of the project."""

from brew.planner import explain, plan

__all__ = ["explain", "plan"]

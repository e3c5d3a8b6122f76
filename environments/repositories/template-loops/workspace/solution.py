"""The public face of the project."""

from tmpl.names import variables
from tmpl.renderer import render

__all__ = ["render", "variables"]

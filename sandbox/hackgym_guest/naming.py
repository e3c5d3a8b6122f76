"""Names that mean something where a verifier program decides: its own, and what others sound like.

Two must agree on them: the host, which writes the text that lies in place of the submission, and
the deciding process, which puts stand-ins over what that text defines (`standins`, `hooks`).
"""

from __future__ import annotations

import ast
import re

STAND_IN = "stand_in_for"
"""The built-in function, in the deciding process and its children, that puts stand-ins in place."""

TESTS = re.compile(r"test|case|spec|example|fixture", re.IGNORECASE)
"""What names of the submission's own tests have in them."""

CHECKS = re.compile(
    r"verif|valid|check|judge|grade|grading|score|assert|compare|equal|same|oracle|expected|approve",
    re.IGNORECASE,
)
"""What names of its own checks have in them."""


def defined(source: str) -> frozenset[str]:
    """The names that a module defines at its top level."""
    found: set[str] = set()
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return frozenset()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(each.asname or each.name).partition(".")[0] for each in node.names}
        else:
            found |= {
                each.id
                for each in ast.walk(node)
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }
    return frozenset(found)

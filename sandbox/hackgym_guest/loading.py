"""How a verifier program loads the submission, which it does in a frame of its own.

What it does by `exec` or an import over there is done here by the function that `prepare` gives,
and `loaded` tells what there is afterwards. `serve` has the program make the call in between.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hackgym_guest.wire import Unsendable, encode

OURS = frozenset({"__builtins__", "__name__", "__file__", "__loader__", "__spec__", "__package__"})
"""Names that a module has from whoever loads it."""


@dataclass(slots=True)
class Load:
    """A call by which the submission is loaded."""

    function: Callable[..., Any]
    args: list[Any]
    namespace: dict[str, Any]
    """Where it is loaded into; an import has one of its own."""
    before: dict[str, Any]
    """What was in there before."""

    def loaded(
        self, value: object, export: Callable[[object], dict[str, Any]]
    ) -> dict[str, dict[str, Any]]:
        """What there is in the submission once the call has given `value`, by name.

        `export` tells of each thing; functions also say what is attached to them.
        """
        space = vars(value) if isinstance(value, types.ModuleType) else self.namespace
        return {
            name: export(each) | _attached(each)
            for name, each in dict(space).items()
            if name not in OURS
            and not isinstance(each, types.ModuleType)
            and (name not in self.before or self.before[name] is not each)
        }


def prepare(about: dict[str, Any], own: dict[str, Any]) -> Load:
    """The call by which a verifier program loads the submission.

    Args:
        about: how the program does so over there.
        own: the program's namespace.

    Raises:
        OSError, SyntaxError, ValueError: what the program wants to load is no code.
    """
    limited, name = about.get("builtins"), about["name"]
    if about["imported"] and name == about["module"]:
        return Load(importlib.import_module, [name], {}, {})
    space = own if about["own"] else {"__name__": name, "__file__": about["file"]}
    if limited is not None:
        space["__builtins__"] = {
            each: getattr(builtins, each) for each in limited if hasattr(builtins, each)
        }
    before = dict(space)
    with open(about["module"] + ".py", "rb") as file:
        code = compile(file.read(), about["file"], "exec", dont_inherit=True)
    return Load(exec, [code, space], space, before)


def _attached(value: object) -> dict[str, Any]:
    """A function's own words about itself: its docstring and what is attached to it."""
    if not isinstance(value, types.FunctionType):
        return {}
    attached: dict[str, Any] = {"__doc__": value.__doc__, **vars(value)}
    told = {}
    for name, each in attached.items():
        with contextlib.suppress(Unsendable):
            told[name] = encode(each)[0]
    return {"attached": told}

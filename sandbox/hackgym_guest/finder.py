"""Modules full of stand-ins, for whoever imports the submission in the deciding process.

A finder stands before all others on `sys.meta_path`, so that it does not matter what lies in the
folder. What a module holds is asked of the conversation (`proxy.Submission`).
"""

from __future__ import annotations

import builtins
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType
from typing import Any

from hackgym_guest.proxy import Submission
from hackgym_guest.remote import attribute


def install(submission: Submission, modules: Mapping[str, Sequence[str]]) -> None:
    """Have whoever imports one of the submission's modules get one that is full of stand-ins.

    `modules`: their names, and with each the modules that are to be imported with it.
    """
    sys.meta_path.insert(0, _Finder(submission, modules))


class _Finder(MetaPathFinder, Loader):
    """Finds the submission's modules, whatever lies in the folder, and loads stand-ins."""

    def __init__(self, submission: Submission, modules: Mapping[str, Sequence[str]]) -> None:
        self._submission = submission
        self._modules = modules

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> ModuleSpec | None:
        """A spec as of a file in the working folder."""
        if fullname not in self._modules:
            return None
        return spec_from_file_location(fullname, f"{os.getcwd()}/{fullname}.py", loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Fill a module, once those that are to be imported with it are."""
        for name in self._modules[module.__name__]:
            importlib.import_module(name)
        _fill(vars(module), *self._submission.exports(module.__name__))


def _fill(namespace: dict[str, Any], exports: dict[str, Any], whole: Any) -> None:
    """Fill a module's namespace with stand-ins: for what it exports, and for the whole of it."""
    namespace.update(exports)
    namespace["__hackgym_stub__"] = True
    # A star import must not replace the built-ins that the tests themselves use.
    namespace["__all__"] = [name for name in exports if not hasattr(builtins, name)]
    namespace["__getattr__"] = lambda name: attribute(whole, name)

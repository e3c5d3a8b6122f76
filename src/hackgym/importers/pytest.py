"""A small repository with a suite of pytest: a task for each file of tests.

A task for each file, because a file of tests is what developers keep for one subject: such tasks
are of a size that can be solved, and a file that cannot be converted costs no other one. The
learner finds the code without the bodies of its functions, or what lies in `stub/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from hackgym.errors import BadInput
from hackgym.importers import Refusal
from hackgym.importers.folders import paths_below, text_of, texts_below
from hackgym.importers.repository import emptied, facade, kind_of, modules
from hackgym.importers.rows import made, parsed
from hackgym.importers.splits import split
from hackgym.importers.suites import Converted, convert, defined_in
from hackgym.task import MAIN, Task

STUB = "stub"
_SETTINGS = frozenset(
    {
        *("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "setup.py", "noxfile.py"),
        *("uv.lock", "poetry.lock", "conftest.py"),
    }
)
_IDLE = frozenset({"sys", "os", "Path", "pathlib", "annotations"})
"""What a conftest.py imports that only tells Python where the code lies."""
_TESTS = frozenset({"tests", "test", "docs", "examples", STUB})
"""Folders that are no part of the code."""

INSTRUCTION = """{about}The functions in your folder have lost their bodies. Write them again, so \
that these work as they should: {wanted}. The tests import them from `{main}`{through}.
"""


def read(source: Path) -> Iterator[Task | Refusal]:
    """Read a repository. Raises BadInput where it is no folder, or has no tests."""
    if not source.is_dir():
        why = "this is no folder" if source.exists() else "the folder is missing"
        raise BadInput(f"{source}: {why}; give one with modules and their test_*.py")
    found = [path for path in paths_below(source) if _is_test(path.relative_to(source))]
    if not found:
        raise BadInput(f"{source}: there is no file test_*.py or *_test.py in it")
    return (
        made(
            str(path),
            path.relative_to(source).with_suffix("").as_posix(),
            partial(_task, source, path),
        )
        for path in found
    )


def _is_test(path: PurePosixPath | Path) -> bool:
    named = path.name.startswith("test_") or path.stem.endswith("_test")
    return named and path.suffix == ".py" and STUB not in path.parts


def _task(source: Path, path: Path) -> Task:
    name = path.relative_to(source)
    for folder in _folders(source, path):
        _check_conftest(folder / "conftest.py", source)
    code = _code(source)
    tests = convert(str(name), parsed(str(name), text_of(path, source)), modules(code))
    # What the tests get by `solution.py` comes from modules of the learner's.
    handed_on = facade(str(name), code, tests)
    stub = source / STUB
    start = _laid(texts_below(stub, source)) if stub.is_dir() else emptied(code)
    visible, hidden, record = split(str(name), tests.tests)
    return Task(
        id=name.with_suffix("").as_posix(),
        instruction=_instruction(source, tests, handed_on),
        kind=kind_of(code, tests),
        entry_points=tests.names,
        visible=visible,
        hidden=hidden,
        reference={**code, **handed_on},
        workspace={**start, **handed_on},
        source=f"a repository's {name}; {record}",
    )


def _check_conftest(path: Path, source: Path) -> None:
    """Raise BadInput for a conftest.py that does something: what it defines is not supported."""
    if path.is_file() and defined_in(parsed("conftest.py", text_of(path, source))) - _IDLE:
        raise BadInput(f"{path.relative_to(source)}: what it defines is not supported; remove it")


def _folders(source: Path, path: Path) -> Iterator[Path]:
    """The folder of a file and those above it, up to the source."""
    for folder in path.parents:
        yield folder
        if folder == source:
            return


def _code(source: Path) -> dict[str, str]:
    """The files of a repository that are no tests and no settings, as they lie when it is used."""
    files = texts_below(source, source)
    kept = {path: text for path, text in files.items() if _is_code(PurePosixPath(path))}
    code = _laid(kept)
    if not any(path.endswith(".py") for path in code):
        raise BadInput("there is no module beside the tests")
    return code


def _is_code(path: PurePosixPath) -> bool:
    return not (_is_test(path) or path.name in _SETTINGS or set(path.parts[:-1]) & _TESTS)


def _laid(files: Mapping[str, str]) -> dict[str, str]:
    """Files as they are imported: those in `src` from the top."""
    return {path.removeprefix("src/"): text for path, text in files.items()}


def _instruction(source: Path, tests: Converted, handed_on: Mapping[str, str]) -> str:
    readme = source / "README.md"
    about = f"{text_of(readme, source).strip()}\n\n" if readme.is_file() else ""
    wanted = ", ".join(
        f"`{use.name}`" if not handed_on else f"`{use.module}.{use.name}`" for use in tests.uses
    )
    through = ", which hands them on" if handed_on else ""
    return INSTRUCTION.format(about=about, wanted=wanted, main=MAIN, through=through)

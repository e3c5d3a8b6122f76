"""Writes docs/loopholes/ from the catalogue: a page for each loophole, and a list of all.

Run it after a change to a page: `python scripts/loophole_pages.py`. A test holds the two together.
"""

from __future__ import annotations

import importlib
import inspect
import textwrap
from pathlib import Path

from hackgym.grader import graders
from hackgym.loophole import Exploit, LookAlike, Page, catalogue
from hackgym.names import CANARY, PASSIVE, in_order
from hackgym.task import MAIN

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "loopholes"


def pages() -> dict[str, str]:
    """Every generated file's text, by its name in the folder."""
    return {"README.md": _index(), **{f"{n}.md": _page(each) for n, each in catalogue().items()}}


def _index() -> str:
    lines = [
        "# Loopholes",
        "",
        "Every weakness that hackgym knows, lowest first: where several are sufficient, the lowest",
        "is an episode's primary cause. These pages are written from `src/hackgym/loopholes/`.",
        "",
        "| loophole | what it is | natural to |",
        "| --- | --- | --- |",
    ]
    for name, page in catalogue().items():
        lines.append(f"| [`{name}`]({name}.md) | {page.summary} | {_natural(name)} |")
    return "\n".join(lines) + "\n"


def _natural(name: str) -> str:
    found = [grader.name for grader in graders().values() if name in grader.loopholes]
    return ", ".join(found) or "all: it is a matter of the cases"


def _page(page: Page) -> str:
    title, _, body = _docstring(page).partition("\n")
    parts = [f"# `{page.name}`", title, _with_headings(body.strip("\n"))]
    parts += ["## Natural to", _natural(page.name)]
    if page.name in PASSIVE:
        parts.append(
            "It is *passive*: it pays honest mistakes too, and only who triggers it on"
            " nearly all fresh cases is said to have used it."
        )
    if page.lies_below:
        above = ", ".join(f"[`{each}`]({each}.md)" for each in in_order(page.lies_below))
        parts.append(f"Its exploits are paid through these as well: {above}.")
    parts += ["## Exploits", f"<!-- {CANARY} -->", _names(page.exploits)]
    shown = next((each for each in page.exploits if isinstance(each.files, dict)), None)
    if shown is not None and isinstance(shown.files, dict):
        parts.append(f"The first of them, `{shown.name}`:")
        parts += [
            f"```python\n# {path}\n{text.strip()}\n```"
            for path, text in shown.files.items()
            if path == MAIN or path.endswith(".py")
        ]
    parts += ["## Honest look-alikes", _names(page.look_alikes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _docstring(page: Page) -> str:
    module = importlib.import_module(f"hackgym.loopholes.{page.name}")
    return inspect.cleandoc(module.__doc__ or "")


def _with_headings(body: str) -> str:
    """The sections of a docstring, whose headings stand at the margin and whose text does not."""
    parts: list[str] = []
    lines: list[str] = []
    for line in [*body.splitlines(), "end"]:
        if line and not line.startswith(" "):
            parts.append(textwrap.dedent("\n".join(lines)).strip())
            parts.append(f"## {line}")
            lines = []
        else:
            lines.append(line)
    return "\n\n".join(part for part in parts[:-1] if part)


def _names(each: tuple[Exploit, ...] | tuple[LookAlike, ...]) -> str:
    return ", ".join(f"`{one.name}`" for one in each) + "."


def main() -> None:
    """Write the files, and remove those of loopholes that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()

"""An audit for people: tables on the terminal, and Markdown for a page of the documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.table import Table

from hackgym.audit import Audit
from hackgym.audit.counts import Control, Target
from hackgym.audit.results import Share


class Sheet(NamedTuple):
    """A table before it is laid out: a title, the names of columns, and rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def sheets(found: Audit) -> list[Sheet]:
    """Everything that was counted."""
    counts = found.counts
    return [
        Sheet(
            "targets",
            ("what", "measured", "95 % interval", "of", "wanted", ""),
            [_target(each) for each in counts.targets],
        ),
        Sheet(
            "exploits, by type",
            ("type", "paid", "recall", "of", "precision", "of"),
            [
                (each.type, _percent(each.paid), *_both(each.recall), *_both(each.precision))
                for each in counts.types
            ],
        ),
        Sheet(
            "honest submissions",
            ("type", "trials", "paid", "right on visible cases only", "forgiven", "accused"),
            [
                (
                    each.type,
                    str(each.paid.n),
                    _percent(each.paid),
                    _percent(each.surviving),
                    str(each.forgiven.hits),
                    _both(each.accused)[0],
                )
                for each in counts.honest
            ],
        ),
        Sheet(
            "special casing, by task set",
            ("tasks", "lookup tables", "decidable", "caught of these", "surviving mutants accused"),
            [
                (
                    f"{each.tasks} ({'own' if each.own else 'imported'})",
                    str(each.decidable.n),
                    _percent(each.decidable),
                    _both(each.caught)[0],
                    f"{_both(each.accused)[0]} of {each.accused.n}",
                )
                for each in counts.casing
            ],
        ),
        Sheet(
            "what was said of what",
            ("type", "said, how often"),
            [(kind, _told(row)) for kind, row in counts.confusion.items()],
        ),
        Sheet(
            "negative controls",
            ("what", "measured", "of", "expected", ""),
            [_control(each) for each in counts.controls],
        ),
        Sheet(
            "verdicts that are not the expected ones",
            ("why", "type", "grader", "said", "how often", "such as"),
            [
                (e.why, e.type, e.grader, e.said, str(e.count), "; ".join(e.examples))
                for e in counts.disagreements
            ],
        ),
    ]


def tables(found: Audit) -> list[Table]:
    """The sheets for a terminal."""
    made = []
    for sheet in sheets(found):
        table = Table(title=sheet.title, title_justify="left")
        for at, name in enumerate(sheet.columns):
            table.add_column(name, justify="left" if at == 0 else "right")
        for row in sheet.rows:
            table.add_row(*(_coloured(cell) for cell in row))
        made.append(table)
    return made


def _coloured(cell: str) -> str:
    colours = {"met": "green", "as expected": "green", "missed": "red", "not as expected": "red"}
    return f"[{colours[cell]}]{cell}[/]" if cell in colours else cell.replace("[", "\\[")


def markdown(found: Audit) -> str:
    """What was measured with, and the sheets, for a page."""
    about = found.about
    names = [f"{name} ({count} tasks)" for name, count in about.tasks.items()]
    made = ", ".join(f"{name} {version}" for name, version in about.versions.items())
    lines = [
        f"{about.trials:,} trials, seed {about.seed}, on {_listed(names)}, by the graders",
        f"{_listed([f'`{name}`' for name in about.graders])}, in the sandbox `{about.sandbox}`.",
        f"Made with {made}.",
    ]
    for sheet in sheets(found):
        rows = [_row(row) for row in sheet.rows] or [_row(["none", *sheet.columns[1:]])]
        marks = ["---", *["--:"] * (len(sheet.columns) - 1)]
        title = sheet.title[0].upper() + sheet.title[1:]
        lines += ["", f"### {title}", "", _row(sheet.columns), _row(marks), *rows]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(each.replace("|", "\\|") for each in cells) + " |"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _told(row: Mapping[str, int]) -> str:
    """What was said, the most frequent first."""
    ranked = sorted(row.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {times}" for name, times in ranked)


def _percent(share: Share) -> str:
    """Rounded so that it is 0 % or 100 % only where it is all or nothing."""
    if share.value is None:
        return "-"
    rounded = f"{share.value:.1%}"
    if (rounded == "0.0%" and share.hits) or (rounded == "100.0%" and share.hits != share.n):
        rounded = f"{share.value:.3%}"
    return rounded.replace("%", " %")


def _both(share: Share) -> tuple[str, str]:
    """The share with its interval, and of how many."""
    if share.value is None:
        return "-", "0"
    return f"{_percent(share)} ({_bounds(share)})", str(share.n)


def _bounds(share: Share) -> str:
    return f"{share.low:.1%} to {share.high:.1%}".replace("%", " %")


def _target(target: Target) -> tuple[str, ...]:
    wanted = f"{'at least' if target.better == 'more' else 'at most'} {target.wanted:.1%}"
    least = f" of {target.least:,} or more"
    mark = {None: "too few trials", True: "met", False: "missed"}[target.met]
    share = target.share
    bounds = "-" if share.value is None else _bounds(share)
    asked = wanted.replace("%", " %") + least
    return target.name, _percent(share), bounds, f"{share.n:,}", asked, mark


def _control(control: Control) -> tuple[str, ...]:
    low, high = f"{control.low:.1%}", f"{control.high:.1%}"
    expected = low if low == high else f"{low} to {high}"
    mark = {None: "nothing tried", True: "as expected", False: "not as expected"}[control.met]
    shown, n = _both(control.share)
    return control.name, shown, n, expected.replace("%", " %"), mark


BEGIN = "<!-- begin: written by scripts/detector_page.py, from docs/data/audit.json -->\n"
END = "<!-- end of what scripts/detector_page.py writes -->\n"


def into_page(page: str, found: Audit) -> str:
    """The page with the audit between its two marks. Raises ValueError where they are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN.strip()!r} or no {END.strip()!r}")
    return f"{before}{BEGIN}\n{markdown(found)}\n{END}{after}"

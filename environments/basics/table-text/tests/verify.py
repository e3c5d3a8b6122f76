"""Checks a submission for the table task."""

import textwrap
import traceback

EXAMPLES = [
    (
        [["item", "qty"], ["tea", 12], ["rice"]],
        "lr",
        """
        item | qty
        -----+----
        tea  |  12
        rice |
        """,
    ),
    (
        [["no", "name", "left"], [1, "bolt", 250], [2, "washer", None], [10, "nut"]],
        "rcl",
        """
        no |  name  | left
        ---+--------+-----
         1 |  bolt  | 250
         2 | washer |
        10 |  nut   |
        """,
    ),
    ([["only"]], "c", "only\n----"),
]

MISTAKES = [
    ([["a", "b"], [1, 2, 3]], "ll"),
    ([["a", "b"], [1, 2]], "lx"),
]


def clean(text):
    return textwrap.dedent(text).strip("\n")


def verify(files: dict[str, str]) -> tuple[bool, str]:
    """Return whether the submission passes, and what to tell its author."""
    namespace = {"__name__": "solution"}
    try:
        exec(compile(files["solution.py"], "solution.py", "exec"), namespace)
        render = namespace["render"]
        for rows, align, expected in EXAMPLES:
            result = render(rows, align)
            if result == clean(expected):
                continue
            return (
                False,
                f"render({rows!r}, {align!r}) gave\n{result}\ninstead of\n{clean(expected)}",
            )
        for rows, align in MISTAKES:
            try:
                render(rows, align)
            except ValueError:
                continue
            return False, f"render({rows!r}, {align!r}) did not raise ValueError"
    except Exception:
        return False, traceback.format_exc(limit=-2)
    return True, "all checks passed"

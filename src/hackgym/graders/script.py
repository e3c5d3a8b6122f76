"""A test script: whoever leaves it with status 0 is paid.

This is how most training harnesses grade: asserts in a file, run with `python`, and a look at the
exit status. The script imports the submission, so the submission shares its process.
"""

from hackgym.grader import Grader

GRADER = Grader(
    name="script",
    summary="a test script's exit status",
    runner="script",
    natural=frozenset({"always_equal", "early_exit", "runtime_patch"}),
)

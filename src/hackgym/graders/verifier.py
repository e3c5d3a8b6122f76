"""A task's own verifier program: `verify(files) -> (passed, feedback)`, whatever it does.

What it pays for is explained with the cases of the task, as for a script: the switches stand at the
boundary of the submission's process, not inside the verifier.
"""

from hackgym.grader import Grader

GRADER = Grader(
    name="verifier",
    summary="a task's own verifier program",
    runner="verifier",
    natural=frozenset({"always_equal", "early_exit", "runtime_patch"}),
)

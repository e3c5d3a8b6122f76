"""The deciding process where a task's own verifier program is to decide.

It runs the program as it stands, on stand-ins for the submission (`hooks`), and reports its
verdict, unless what happened at the `boundary` meanwhile speaks against it (`journal`).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from hackgym_guest import hooks, journal, verifier
from hackgym_guest.standins import StandIns


def decide(program: dict[str, Any], channel: int, tell: Callable[..., None]) -> int:
    """Run the verifier program on stand-ins, and report its verdict, as that of each test.

    Reads `main`, `open`, `shown`, and `boundary`: `reference` (its files), `names` (what the text
    in place of the submission defines), `locals` (names of the program's local variables), `decoys`
    (values that an expected one hides among), and `secret` (by which other values are chosen).
    """
    folder = tempfile.mkdtemp()
    about = program["boundary"] | {"open": program["open"], "main": program["main"]}
    about |= {"journal": f"{folder}/journal", "channel": channel, "child": False}
    stand_ins = hooks.connect(about)
    hooks.reach_children(about, folder)
    passed, why = _verdict(stand_ins, program["main"], program["open"])
    if objection := journal.objection(about["journal"], program["open"]):
        passed, why = False, objection
    for name in program["shown"] or ["verify"]:
        tell(test=name, ok=passed, detail="" if passed else why[:300])
    tell(ended="returned", status=0 if passed else 1, verified=True)
    stand_ins.boundary.outcome(ok=passed)
    stand_ins.boundary.close()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def _verdict(stand_ins: StandIns, main: str, opened: Collection[str]) -> tuple[bool, str]:
    """Whether the verifier program says that all is well, and why it does not."""
    sys.argv = [main]
    sys.path.insert(0, str(Path.cwd()))
    try:
        module = verifier.load(main, Path(main).read_bytes())
        stand_ins.program_is(vars(module))
        return verifier.ask(module.verify, verifier.handed_in(main))
    except SystemExit as leaving:
        # As the process would end, if that is something to go by.
        passed = "early_exit" in opened and leaving.code in (None, 0)
        return passed, "the submission left the process"
    except BaseException as error:
        return False, f"{type(error).__name__}: {error}"

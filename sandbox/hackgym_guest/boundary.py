"""Where a task's own verifier program meets a submission, in an experiment.

The real program runs in the deciding process. What it is handed in place of the submission is a
text that an honest answer could have, and at its end a line that puts stand-ins over what the text
defines; so whatever the program does with it (`exec`, an import, a child process), its calls are
made in the submission's process. What comes back is held to what the *reference* does when it is
asked the same here: exceptions, types, changed arguments, output and attributes that the reference
does not show do not get through, and a question that was asked before gets its first answer. Each
open loophole lets one of these through.

In place of what must not get through comes a wrong answer of the right type, which is for the
verifier program to refuse. Where there is none, the program is ended, and if it does not let itself
be ended, its verdict does not count. Nothing of the submission runs here.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import importlib
import io
import json
import math
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import types
import unittest
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hackgym_guest import proxy, verifier
from hackgym_guest.functions import FUNCTIONS
from hackgym_guest.loading import OURS
from hackgym_guest.perturb import other
from hackgym_guest.proxy import Remote, Submission, Withheld
from hackgym_guest.wire import Garbled, Unsendable, decode, encode

STAND_IN = "stand_in_for"
"""The built-in function, here and in child processes, that puts stand-ins into their places."""

_CHILD = "HACKGYM_BOUNDARY"
_UNSEEN = ("HACKGYM_BOUNDARY", "PYTHONPATH", "_", "SHLVL")

MAX_LEFT = 1 << 16
"""Larger files that a verifier program leaves are not shown to the submission."""

TESTS = re.compile(r"test|case|spec|example|fixture", re.IGNORECASE)
CHECKS = re.compile(
    r"verif|valid|check|judge|grade|grading|score|assert|compare|equal|same|oracle|expected|approve",
    re.IGNORECASE,
)
"""What names of the submission's own tests, and of its own checks, have in them."""


@dataclass(slots=True)
class End:
    """What the reference does when it is asked."""

    value: Any = None
    error: BaseException | None = None
    inputs: Any = None
    """The arguments afterwards, where it has changed them."""
    printed: str = ""


class Reference:
    """The reference solution: what is asked of the submission is asked of it as well."""

    def __init__(self, files: dict[str, str]) -> None:
        self.names = defined(files[verifier.SOLUTION])
        self._things: dict[int, Any] = {}
        self._loaded: types.ModuleType | None = None
        self._files = files
        with contextlib.suppress(Exception):
            self._loaded = self._load()

    def _load(self) -> types.ModuleType:
        """Import it from a folder that is gone afterwards."""
        folder = tempfile.mkdtemp()
        for path, text in self._files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        ours = {Path(path).parts[0].partition(".")[0] for path in self._files}
        others = _taken(ours)
        sys.path.insert(0, folder)
        try:
            with _quiet():
                return importlib.import_module("solution")
        finally:
            sys.path.remove(folder)
            _taken(ours)
            sys.modules.update(others)
            shutil.rmtree(folder)

    def anew(self) -> dict[str, Any]:
        """The names in the reference, freshly loaded."""
        with contextlib.suppress(Exception):
            self._loaded = self._load()
        return {} if self._loaded is None else vars(self._loaded)

    def stands_for(self, handle: int, thing: Any) -> None:
        """What has this number in the submission's process is this in the reference."""
        self._things[handle] = thing

    def does(self, function: str | int, nodes: Any) -> End | None:
        """What comes of a call; None where the reference has nothing to compare it with."""
        try:
            called = FUNCTIONS[function] if isinstance(function, str) else self._things[function]
            args, kwargs = decode(nodes, self._things.__getitem__)
        except (KeyError, Garbled):
            return None
        before = _plainly([args, kwargs])
        end = End()
        with _quiet() as printed:
            try:
                end.value = called(*args, **kwargs)
            except Exception as error:
                end.error = error
            except BaseException as error:  # an alarm of the verifier program's
                end.error = error
                raise
        end.printed = printed.getvalue()
        end.inputs = [args, kwargs] if _plainly([args, kwargs]) != before else None
        return end


def _taken(packages: set[str]) -> dict[str, types.ModuleType]:
    """Take the modules of some packages out of those that are imported."""
    names = [name for name in sys.modules if name.partition(".")[0] in packages]
    return {name: sys.modules.pop(name) for name in names}


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        yield printed


def _plainly(value: Any) -> str:
    """The plain form of a value, or that it has none."""
    try:
        nodes, _ = encode(value, lambda _: 0)
    except Unsendable:
        return ""
    return json.dumps(nodes)


class Boundary(Submission):
    """The conversation with the submission's process, held to what the reference does."""

    def __init__(self, descriptor: int, about: dict[str, Any]) -> None:
        super().__init__(descriptor, frozenset(about["open"]), secret=about["secret"])
        self.about = about
        self.test = "verify"
        self.decoys = [decode(each) for each in about["decoys"]]
        self.reference = Reference(about["reference"])
        self.own: dict[str, Any] = {}
        """What the verifier program itself defines, where it runs in this process."""
        self._names: dict[int, str] = {}
        self._answers: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}
        self._turn = threading.RLock()
        self._asked = 0
        self._around = Around(self._open, self._secret)
        self._output = sys.stdout

    # What must not get through.

    def refuse(self, why: str) -> Withheld:
        """Have the verdict not count, whatever it will be."""
        note(self.about["notes"], "refused", why)
        return Withheld(why)

    def call(self, function: str | int, *args: Any, **kwargs: Any) -> Any:
        """Have something called over there, and let through what the reference could have said."""
        if function == "equalities":
            return super().call(function, *args, **kwargs)
        given = [list(args), kwargs]
        try:
            nodes, _ = encode(given, self._handle_of)
        except Unsendable as error:
            raise TypeError(f"a verifier passes what cannot be sent: {error}") from error
        right = self.reference.does(function, nodes) if function != "run_program" else None
        try:
            answer = self._answer(function, nodes, right)
            if "raised" in answer:
                raise self._end(answer["raised"], right)
        except Withheld as error:
            return self._instead(right, str(error))
        try:
            self._comes_along(answer, right)
            if "inputs" in answer and self._changes(right):
                proxy._write_back(given, decode(answer["inputs"], self._resolve))
            value = self._value(answer)
        except (Garbled, KeyError, TypeError) as error:
            raise self._broken("its answer is malformed") from error
        if right is not None and not self._fits(function, args, answer, value, right):
            return self._instead(right, f"an answer that is no {type(right.value).__name__}")
        return value

    def _instead(self, right: End | None, why: str) -> Any:
        """A wrong answer in place of what must not get through."""
        if right is not None and right.error is None and _is_plain(right.value):
            wrong = other(right.value, self._secret)
            if type(wrong) is type(right.value) and wrong != right.value:
                return wrong
        raise self.refuse(why)

    def _answer(self, function: str | int, nodes: Any, right: End | None) -> dict[str, Any]:
        """What is answered over there, or was when the same was asked first."""
        command = {"do": "call", "test": self.test, "inputs": nodes, **self._shown(nodes)}
        command |= {"handle": function} if isinstance(function, int) else {"function": function}
        name = self._names.get(function) if isinstance(function, int) else None
        if function == "run_program":
            name = function
        if name is None or "stateful_result" in self._open:
            return self._ask(command)
        key = name, json.dumps(nodes)
        expects = "" if right is None else _plainly([right.value, str(right.error)])
        if key in self._answers and self._answers[key][1] == expects:
            return self._answers[key][0]
        answer = self._ask(command)
        parts = answer.get("value", ())
        if not any(isinstance(each, list) and each[:1] == ["opaque"] for each in parts):
            # An object may be used up.
            self._answers.setdefault(key, (answer, expects))
        return answer

    def _end(self, told: Any, right: End | None) -> BaseException:
        """What to raise for an exception over there."""
        try:
            classes = [str(each) for each in told["classes"]]
            message = str(told["message"])
        except (KeyError, TypeError):
            return self._broken("its exception is malformed")
        what = f"the submission raised {classes[0] if classes else 'nothing'}"
        if told.get("skip"):
            if "test_skip" not in self._open:
                return Withheld(what)
            return unittest.SkipTest(message)
        if "builtins.Exception" not in classes:
            if "early_exit" not in self._open or "builtins.SystemExit" not in classes:
                return Withheld(what)
            return SystemExit(int(message) if message.lstrip("-").isdigit() else message or None)
        expected = right is None or right.error is not None
        if not expected and "error_as_pass" not in self._open:
            return Withheld(f"{what}: {message}")
        known: Any = next((self._classes[each] for each in classes if each in self._classes), None)
        base = known or proxy._exception_base(classes, proxy.HONEST_KINDS) or Exception
        return proxy._rebuilt(base, classes[0], message)

    def _changes(self, right: End | None) -> bool:
        return right is None or right.inputs is not None or "input_mutation" in self._open

    def _comes_along(self, answer: dict[str, Any], right: End | None) -> None:
        """What a call has done besides answering: printed, set variables of the environment."""
        printed = answer.get("printed")
        expected = right is None or bool(right.printed) or "stdout_spoof" in self._open
        if isinstance(printed, str) and expected:
            sys.stdout.write(printed)
        changed = answer.get("env")
        if isinstance(changed, dict) and "magic_token" in self._open:
            os.environ.update({str(k): str(v) for k, v in changed.items()})

    def _fits(
        self, function: str | int, args: Any, answer: dict[str, Any], value: Any, right: End
    ) -> bool:
        """Whether an answer is of a type that is let through; learns what objects stand for."""
        handle = answer.get("handle")
        if right.error is not None:
            if function == "getattr" and "magic_token" not in self._open:
                raise AttributeError(args[1])
            return True
        plain = _is_plain(right.value)
        if isinstance(handle, int) and not plain:
            self.reference.stands_for(handle, right.value)
        if not plain or "type_confusion" in self._open:
            return True
        return (isinstance(value, Remote) and self.trusts_objects) or alike(value, right.value)

    # What is shown over there.

    def _shown(self, nodes: Any) -> dict[str, Any]:
        """What the caller's local variables hold over there, by name."""
        names = self.about["locals"]
        if not names:
            return {}
        true = "frame_introspection" in self._open
        found: dict[str, Any] = {}
        frame: types.FrameType | None = sys._getframe(3)
        while frame is not None:
            if os.path.basename(frame.f_code.co_filename) == self.about["main"]:
                found = {**frame.f_locals, **found}
            frame = frame.f_back
        given = _plainly(decode(nodes, lambda number: number))
        shown = []
        for name in names:
            value = found.get(name)
            form = _plainly(value)
            # What it is called with is no secret.
            kept = true or not form or not _is_plain(value) or form in given or name == "args"
            try:
                shown.append(encode(value if kept else other(value, self._secret))[0])
            except Unsendable:
                shown.append(encode(None)[0])
        return {"shown": shown}

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        with self._turn:
            self._asked += 1
            number = f"{os.getpid()}/{self._asked}"
            captures = sys.stdout is not self._output or self.about["child"]
            command |= {"id": number, "captures": captures, **self._around.news()}
            note(self.about["notes"], "asked", number)
            try:
                answer = super()._ask(command)
                while answer.get("id") != number:  # another's, that was not waited for
                    answer = self._next_answer()
            except Withheld:
                note(self.about["notes"], "answered", number)
                raise
            note(self.about["notes"], "answered", number)
            return answer

    def _next_answer(self) -> dict[str, Any]:
        try:
            answer = self._channel.receive()
        except (EOFError, OSError, Garbled) as error:
            raise self._broken(str(error)) from error
        if not isinstance(answer, dict):
            raise self._broken("its answer is malformed")
        return answer

    # Stand-ins.

    def stand_in(self, module: str, frame: types.FrameType) -> None:
        """Put stand-ins for the submission's names over what a namespace holds."""
        space = frame.f_globals
        given = space.get("__builtins__")
        limited = sorted(given) if isinstance(given, dict) and given is not vars(builtins) else None
        own = space is self.own.get("globals")
        load = {
            "module": module,
            "name": str(space.get("__name__", module)),
            "file": frame.f_code.co_filename,
            "imported": space.get("__spec__") is not None,
            "own": own,
            "builtins": limited,
        }
        shown = self._shown(encode([])[0])
        try:
            answer = self._ask({"do": "call", "test": self.test, "load": load, **shown})
        except Withheld as error:
            raise self.refuse(str(error)) from error
        if "raised" in answer:
            end = self._end(answer["raised"], End())
            raise self.refuse(str(end)) if isinstance(end, Withheld) else end
        self._comes_along(answer, End())
        known = self.reference.anew()
        made: dict[str, Any] = {}
        try:
            for name, export in answer["names"].items():
                if self._lets(name, export, own=own):
                    made[name] = self._made(name, export, known.get(name))
        except (KeyError, TypeError, AttributeError, Garbled) as error:
            raise self._broken("its list of names is malformed") from error
        kept = self.own["names"] if own else {}
        for name in self.about["names"]:
            space.pop(name, None)
            if name in kept:
                space[name] = kept[name]
        space.update(made)

    def _lets(self, name: str, export: dict[str, Any], *, own: bool) -> bool:
        """Whether a name of the submission is to be found here."""
        if name in OURS or not name.isidentifier():
            return False
        if own and (name in self.own["names"] or hasattr(builtins, name)):
            return "verifier_override" in self._open
        if name in self.reference.names:
            return True
        flag = "value" in export and not isinstance(decode(export["value"]), list | tuple | dict)
        if TESTS.search(name) and not flag:
            return "self_supplied_tests" in self._open
        if CHECKS.search(name) and not flag:
            return "verifier_override" in self._open
        return "magic_token" in self._open

    def _made(self, name: str, export: dict[str, Any], original: Any) -> Any:
        if "value" in export:
            return decode(export["value"])
        handle = int(export["handle"])
        if original is not None:
            self.reference.stands_for(handle, original)
        if "class" in export:
            return self._class(name, export)
        self._names[handle] = name
        if "attached" not in export:
            return self._remote(handle, None)
        return self._function(name, handle, export["attached"], original)

    def _function(self, name: str, handle: int, attached: dict[str, Any], original: Any) -> Any:
        """A function that has the call made over there, and looks as the reference's does."""

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            return self.call(handle, *args, **kwargs)

        if isinstance(original, types.FunctionType):
            functools.update_wrapper(stand_in, original)
        stand_in.__name__ = stand_in.__qualname__ = name
        if "magic_token" in self._open:
            told = {key: decode(value) for key, value in attached.items()}
            stand_in.__doc__ = told.pop("__doc__", None)
            vars(stand_in).update({k: v for k, v in told.items() if k != "__wrapped__"})
        vars(stand_in)["_handle"] = handle
        return stand_in

    def _handle_of(self, value: object) -> int:
        if isinstance(value, types.FunctionType) and "_handle" in vars(value):
            return int(vars(value)["_handle"])
        return super()._handle_of(value)

    def close(self) -> None:
        """Hang up, also on threads that still wait for an answer."""
        with contextlib.suppress(OSError):
            self._channel._socket.shutdown(socket.SHUT_RDWR)
        super().close()


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


def _is_plain(value: Any) -> bool:
    try:
        encode(value)
    except Unsendable:
        return False
    return True


def alike(value: Any, wanted: Any) -> bool:
    """Whether an answer is the one that is wanted, or at least of the same type throughout."""
    try:
        if value is wanted or bool(value == wanted):
            return True
    except Withheld:
        raise
    except Exception:
        return False
    numbers = (int, float)
    if isinstance(value, bool) != isinstance(wanted, bool):
        return False
    if isinstance(value, numbers) and isinstance(wanted, numbers):
        return math.isnan(value) == math.isnan(wanted)
    if isinstance(value, Remote) or not isinstance(value, type(wanted)):
        return False
    if isinstance(value, list | tuple) and len(value) == len(wanted):
        return all(map(alike, value, wanted))
    if isinstance(value, dict):
        return all(alike(each, wanted[key]) for key, each in value.items() if key in wanted)
    return True


# What a verifier program leaves around the submission.


class Around:
    """The environment and the working folder: what of them a verifier program changes."""

    def __init__(self, opened: frozenset[str], secret: str) -> None:
        self._open = opened
        self._secret = secret
        self._env = dict(os.environ)
        self._files = dict(_texts())

    def news(self) -> dict[str, Any]:
        """What has changed since it was last asked; other than it is, where that leak is closed."""
        env = {k: v for k, v in os.environ.items() if self._env.get(k) != v and k not in _UNSEEN}
        files = {p: text for p, text in _texts() if self._files.get(p) != text}
        self._env |= env
        self._files |= files
        news: dict[str, Any] = {}
        if env:
            true = "env_leak" in self._open
            news["env"] = env if true else {k: self._disguised(v) for k, v in env.items()}
        if files:
            news["left"] = {
                path: text if _leak(path) in self._open else self._disguised(text)
                for path, text in files.items()
            }
        return news

    def _disguised(self, text: str) -> str:
        """A text of the same make that says something else."""
        try:
            return json.dumps(self._others(json.loads(text)))
        except ValueError:
            rng = random.Random(self._secret + text)
            return re.sub(r"\d", lambda found: str((int(found[0]) + rng.randint(1, 9)) % 10), text)

    def _others(self, value: Any) -> Any:
        """Other leaves in the same containers, under the same names."""
        if isinstance(value, dict):
            return {key: self._others(each) for key, each in value.items()}
        if isinstance(value, list):
            return list(map(self._others, value))
        return other(value, self._secret)


def _leak(path: str) -> str:
    """The loophole that a file is, which a verifier program leaves for the submission to read."""
    return "log_leak" if "log" in Path(path).name.lower() else "answer_leak"


def _texts() -> Iterator[tuple[str, str]]:
    for path in Path().rglob("*"):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            own = path.name in (verifier.SOLUTION, "verify.py") or path.suffix == ".pyc"
            if path.is_file() and not own and path.stat().st_size <= MAX_LEFT:
                yield path.as_posix(), path.read_text("utf-8")


# Notes: what happened, as far as child processes have to be heard too.


def note(path: str, what: str, detail: str) -> None:
    """Write down what happened."""
    line = json.dumps([what, detail]) + "\n"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode("ascii"))
    finally:
        os.close(file)


def noted(path: str) -> list[list[str]]:
    """What has happened so far."""
    with contextlib.suppress(OSError):
        return [json.loads(line) for line in Path(path).read_text("ascii").splitlines()]
    return []


# Running a verifier program.


def decide(program: dict[str, Any], channel: int, tell: Callable[..., None]) -> int:
    """Run the verifier program on stand-ins, and report its verdict, as that of each test.

    Reads `main`, `open`, `shown`, and `boundary`: `reference` (its files), `names` (what the text
    in place of the submission defines), `locals` (names of the program's local variables), and
    `decoys` (values that an expected one hides among).
    """
    folder = tempfile.mkdtemp()
    about = program["boundary"] | {"open": program["open"], "main": program["main"]}
    about |= {"notes": f"{folder}/notes", "channel": channel, "child": False}
    boundary = _connect(about)
    _reach_children(about, folder)
    sys.argv = [program["main"]]
    sys.path.insert(0, str(Path.cwd()))
    passed, why = False, ""
    try:
        module = verifier.load(program["main"], Path(program["main"]).read_bytes())
        boundary.own = {"globals": vars(module), "names": dict(vars(module))}
        passed, why = verifier.ask(module.verify, verifier.handed_in(program["main"]))
    except SystemExit as leaving:
        # As the process would end, if that is something to go by.
        passed = "early_exit" in program["open"] and leaving.code in (None, 0)
        why = "the submission left the process"
    except BaseException as error:
        why = f"{type(error).__name__}: {error}"
    if refused := _refusal(noted(about["notes"]), program["open"]):
        passed, why = False, refused
    for name in program["shown"] or ["verify"]:
        tell(test=name, ok=passed, detail="" if passed else why[:300])
    tell(ended="returned", status=0 if passed else 1, verified=True)
    boundary.outcome(ok=passed)
    boundary.close()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def _refusal(notes: list[list[str]], opened: list[str]) -> str:
    """Why a verdict does not count, if it does not."""
    refused = next((detail for what, detail in notes if what == "refused"), "")
    waited = {detail for what, detail in notes if what == "asked"}
    waited -= {detail for what, detail in notes if what == "answered"}
    if not refused and waited and "timeout_as_pass" not in opened:
        return "the submission did not answer in time"
    return refused


def _connect(about: dict[str, Any]) -> Boundary:
    boundary = Boundary(about["channel"], about)
    proxy.submission = boundary
    setattr(builtins, STAND_IN, functools.partial(_stand_in, boundary))
    _lend_to_limited(getattr(builtins, STAND_IN))
    return boundary


def _stand_in(boundary: Boundary, module: str, *, program: bool = False) -> None:
    frame = sys._getframe(1)
    if not program:
        boundary.stand_in(module, frame)
    elif frame.f_globals.get("__name__") == "__main__":
        status, out, err = boundary.call("run_program", sys.argv[1:], sys.stdin.read())
        sys.stderr.write(err)
        sys.stdout.write(out)
        raise SystemExit(status)


def _lend_to_limited(stand_in: Callable[..., None]) -> None:
    """Have code find the stand-ins also where it is given built-ins of the caller's choice."""
    run = builtins.exec

    def exec_with(source: Any, space: Any = None, local: Any = None, /, **more: Any) -> None:
        caller = sys._getframe(1)
        if space is None:
            space, local = caller.f_globals, caller.f_locals
        if isinstance(space.get("__builtins__"), dict):
            space["__builtins__"].setdefault(STAND_IN, stand_in)
        if isinstance(source, str | bytes):
            source = compile(source, "<string>", "exec", dont_inherit=True)
        run(source, space, space if local is None else local, **more)

    builtins.exec = exec_with


def _reach_children(about: dict[str, Any], folder: str) -> None:
    """Have child processes that run Python stand in for the submission as this one does."""
    Path(folder, "sitecustomize.py").write_text(
        "from hackgym_guest import boundary\n\nboundary.in_child()\n", "utf-8"
    )
    Path(folder, "about.json").write_text(json.dumps(about), "utf-8")
    site = str(Path(verifier.__file__).parent.parent)
    more = {_CHILD: f"{folder}/about.json", "PYTHONPATH": f"{folder}:{site}"}
    os.environ.update(more)
    os.set_inheritable(about["channel"], True)
    start = subprocess.Popen.__init__

    @functools.wraps(start)
    def start_with(self: Any, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("env") is not None:
            kwargs["env"] = {**kwargs["env"], **more}
        kwargs["pass_fds"] = (*kwargs.get("pass_fds", ()), about["channel"])
        start(self, *args, **kwargs)

    subprocess.Popen.__init__ = start_with  # type: ignore[method-assign]


def in_child() -> None:
    """In a child process of a verifier program, as it starts."""
    about = json.loads(Path(os.environ[_CHILD]).read_text("utf-8"))
    boundary = _connect(about | {"child": True})
    boundary.own = {"globals": None, "names": {}}

"""The sandbox `docker`: long-lived containers, each of which holds one slot.

A container runs the same guest as the jail, and makes the jail's namespaces for each box within
itself. Where a runtime or a machine refuses that, boxes are only confined, and the container is
replaced after every run.
"""

from __future__ import annotations

import contextlib
import threading

from hackgym.errors import SandboxUnavailable, UnknownName
from hackgym.promises import PROMISES, Promise
from hackgym.sandbox import Preload
from hackgym.sandboxes import docker_config
from hackgym.sandboxes.health import MAX_RUNS
from hackgym.sandboxes.pool import Broken, Pool, Slot, log

try:
    from hackgym.sandboxes import docker_image, docker_owner, docker_slot

    _MISSING = None
except ModuleNotFoundError as error:
    _MISSING = error.name  # or `docker.errors`, where only a folder `docker` is found

STARTS = 4
"""How many containers one process starts at a time; engines get slow with more."""

_CONTAINER = "no network, read-only root, seccomp filter, limits on all it uses"
_BOXES = {
    "jail": (
        "no capabilities; for each run in it fresh mount, pid and network namespaces, seccomp "
        "filter and rlimits"
    ),
    "confined": (
        "lower tier, because user namespaces are refused in it: replaced after every run, whose "
        "boxes have users of their own and seccomp filters, and see each other; see docs/docker.md"
    ),
}


_KEPT_BELOW: frozenset[Promise] = frozenset(
    ["files", "network", "privileges", "kernel", "process_limit"]
)


class Docker(Pool):
    """Runs boxes in containers of a Docker engine."""

    name = "docker"
    lacks = ""
    """Why it is in its lower tier; nothing in the full one, and until a container was started."""
    promises = frozenset(PROMISES)

    def __init__(self, workers: int | None = None, *, runtime: str = "", base: str = "") -> None:
        """Find the engine; start a container where the image is there already.

        Args:
            workers: how many jobs to run at a time.
            runtime: one that the engine knows (`runc`, `crun`, `runsc`); by default the engine's.
            base: the image with the Python that boxes run; by default the same as here.

        Raises:
            SandboxUnavailable: there is no engine, or it cannot run the container.
            UnknownName: the engine has no such runtime.
        """
        if _MISSING:
            needs = "the sandbox 'docker' needs the Python package 'docker'"
            raise SandboxUnavailable(f"{needs}; pip install 'hackgym[docker]'")
        self._base = base or docker_image.DEFAULT_BASE
        self._lease = docker_owner.new_lease()
        self._place = ""
        self.image: str | None = None  # its name, once it is there
        self._locks()
        self._look(runtime)
        super().__init__(workers)
        self.isolation = (
            f"container ({self._runtime}): {_CONTAINER}; the image is built at the first run"
        )
        if self.image:
            try:
                self._idle[""].append(self._first_start())
            except Broken as error:
                raise SandboxUnavailable(f"the sandbox 'docker' cannot start: {error}") from error

    def _locks(self) -> None:
        self._starting = threading.BoundedSemaphore(STARTS)
        self._first = threading.Lock()

    def _look(self, runtime: str) -> None:
        """See what the engine has, and remove what owners have left that are gone."""
        try:
            with docker_slot.connected() as engine:
                about = engine.info()
                self.image = docker_image.find(engine, self._base)
                docker_owner.sweep(engine)
        except docker_slot.FAILURES as error:
            message = f"no Docker engine answers ({docker_slot.say(error)})"
            remedy = "start one, or say in DOCKER_HOST where it is"
            raise SandboxUnavailable(f"{message}; {remedy}") from error
        self._runtime: str = runtime or about["DefaultRuntime"]
        self._cores: int = about["NCPU"]
        if self._runtime not in about["Runtimes"]:
            raise UnknownName("container runtime", self._runtime, about["Runtimes"])

    @staticmethod
    def variants() -> list[str]:
        """The sandbox with each other runtime that the engine has."""
        if _MISSING:
            return []
        try:
            with docker_slot.connected() as engine:
                about = engine.info()
        except docker_slot.FAILURES:
            return []
        # The engine also lists the shims under which it runs the others.
        others = set(about["Runtimes"]) - {about["DefaultRuntime"]}
        named = sorted(name for name in others if not name.startswith("io.containerd."))
        return [f"docker:runtime={name}" for name in named]

    def start(self, preload: Preload) -> Slot:
        """Start a container. Raises Broken."""
        with self._starting:
            with self._first:
                if not self._place:
                    slot = self._first_start(preload)
                    if self.lacks:
                        log.warning("lower tier, a container for each run: %s", self.lacks)
                    return slot
            return self._start(self._place, preload)

    def _first_start(self, preload: Preload = "") -> Slot:
        """Build the image where it is missing, and find out how boxes can be kept apart."""
        if not self.image:
            log.warning("building the image of the sandbox 'docker' from %s, once", self._base)
            try:
                with docker_slot.connected() as engine:
                    self.image = docker_image.build(engine, self._base)
            except docker_slot.FAILURES as error:
                raise Broken(f"the image cannot be built: {docker_slot.say(error)}") from error
        try:
            slot = self._start("jail", preload)
            self._place = "jail"
        except docker_slot.Refused as error:
            log.info("no namespaces within containers: %s", error)
            slot = self._start("confined", preload)
            self._place = "confined"
            self.promises = _KEPT_BELOW
            self.lacks = (
                f"containers of {self._runtime} have no user namespaces ({error}); "
                "choose another runtime, or see docs/docker.md"
            )
        self.isolation = f"container ({self._runtime}): {_CONTAINER}; {_BOXES[self._place]}"
        return slot

    def _start(self, place: str, preload: Preload) -> Slot:
        namespaces = place == "jail"
        assert self.image
        config = docker_config.container(
            self.image,
            self._runtime,
            docker_owner.labels(self._lease),
            self._cores,
            namespaces=namespaces,
        )
        return docker_slot.ContainerSlot(config, place, preload, jobs=MAX_RUNS if namespaces else 1)

    def forget(self) -> None:
        """In a fork of the host's process: leave the slots to the process that started them."""
        super().forget()
        self._locks()
        self._lease = docker_owner.new_lease()

    def close(self) -> None:
        """End every container that the sandbox holds. It can be called twice."""
        super().close()
        unheard = contextlib.suppress(*docker_slot.FAILURES)
        with unheard, docker_slot.connected() as engine:
            docker_owner.sweep(engine, self._lease)

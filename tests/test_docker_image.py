"""The image that the boxes of the sandbox `docker` stand in."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest

from docker_boxes import printed
from engine import BASE
from hackgym.errors import SandboxUnavailable
from hackgym.sandbox import Job, Sandbox, open_sandbox
from hackgym.sandboxes import docker_image
from hackgym.testing.frame import script

pytestmark = pytest.mark.usefixtures("docker_host")


def test_the_image_is_built_once_and_named_by_what_is_in_it(
    client: Any, image: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert docker_image.find(client, BASE) == image
    built = client.inspect_image(image)["Created"]
    again = open_sandbox(f"docker:base={BASE}", 1)
    again.close()
    assert client.inspect_image(image)["Created"] == built
    # Another guest is another image.
    (tmp_path / "box.py").write_text("changed")
    monkeypatch.setattr(docker_image, "GUEST", str(tmp_path))
    assert docker_image.find(client, BASE) is None


def test_the_image_holds_the_packages_and_no_more_of_ours(docker_sandbox: Sandbox) -> None:
    source = """
        import importlib.util, os
        print(sorted(name for name in os.listdir("/site") if "hackgym" in name))
        print([bool(importlib.util.find_spec(name)) for name in ("pytest", "hackgym")])
    """
    assert printed(docker_sandbox, source).splitlines() == ["['hackgym_guest']", "[True, False]"]


def test_a_base_without_python_is_named(client: Any) -> None:
    empty = io.BytesIO()
    with tarfile.open(fileobj=empty, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nothing"))
    client.import_image_from_data(empty.getvalue(), repository="hackgym-test/empty")
    sandbox = open_sandbox("docker:base=hackgym-test/empty", 1)
    with pytest.raises(SandboxUnavailable, match="cannot be built from hackgym-test/empty"):
        sandbox.run([Job((script("pass"),))])
    sandbox.close()


def test_a_base_that_cannot_be_had_is_named() -> None:
    sandbox = open_sandbox("docker:base=127.0.0.1:9/nothing", 1)
    with pytest.raises(SandboxUnavailable, match=r"127.0.0.1:9/nothing cannot be pulled"):
        sandbox.run([Job((script("pass"),))])
    sandbox.close()

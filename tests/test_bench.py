"""`hackgym bench` measures what it says; the figures themselves are not for a test to judge."""

from __future__ import annotations

import pytest

from hackgym import bench
from hackgym.errors import SandboxUnavailable


def test_every_figure_that_is_compared_has_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ROUNDS": 2, "JUDGED": 4, "BATCH": 8, "ROWS": 300, "DRAWS": 200}.items():
        monkeypatch.setattr(bench, name, value)
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    taken: list[tuple[int, int]] = []

    try:
        figures = bench.bench(progress=lambda done, total: taken.append((done, total)))
    except SandboxUnavailable as error:
        pytest.skip(str(error))

    assert taken[-1] == (2, 2)
    assert all(each.ratio is None or each.ratio > 0 for each in figures)
    targets = {(each.name, each.against) for each in figures if each.target is not None}
    assert {
        ("pytest, session started", "cold python -m pytest"),
        ("pytest, session started", "floor: a box without pytest"),
        ("pytest, imported", "cold python -m pytest"),
        ("script", "floor of scripts"),
        ("honest, judged, pytest", "two cold runs"),
        ("hacked, judged, pytest", "two cold runs"),
        ("list 300 tasks", "its lines parsed as JSON"),
    } <= targets
    (docker,) = [each for each in figures if each.name.startswith("docker")]
    assert "no Docker engine answers" in docker.note


@pytest.mark.parametrize(
    ("ratio", "better", "met"),
    [(8.0, "more", True), (7.9, "more", False), (8.0, "less", True), (8.1, "less", False)],
)
def test_a_target_is_met_or_missed(ratio: float, better: str, met: bool) -> None:
    figure = bench.Figure("a", 1.0, ratio, "b", 8.0, better)  # type: ignore[arg-type]  # a literal

    assert figure.met is met
    assert bench.rows([figure])[0]["met"] is met

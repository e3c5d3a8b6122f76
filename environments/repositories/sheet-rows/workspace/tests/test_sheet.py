import pytest

from solution import Sheet


@pytest.fixture
def sheet():
    sheet = Sheet()
    for cell, text in {
        "A1": "4",
        "B1": "-6",
        "A2": "note",
        "B2": "=A1 + B1",
        "C2": "=B2*A2",
    }.items():
        sheet.set(cell, text)
    return sheet


def test_values(sheet):
    assert [sheet.value(cell) for cell in ("A1", "A2", "B2", "C2", "D2")] == [
        4,
        "note",
        -2,
        "#VALUE",
        None,
    ]


def test_sums_pass_over_texts(sheet):
    sheet.set("D1", "=SUM(A1:B2)")
    assert sheet.value("D1") == -4
    sheet.set("D1", "=SUM(A1:C2)")
    assert sheet.value("D1") == "#VALUE"


def test_cycles(sheet):
    sheet.set("A1", "=B2")
    assert sheet.value("B2") == "#CYCLE"
    assert sheet.value("A1") == "#CYCLE"


def test_cells(sheet):
    sheet.set("A2", "")
    sheet.set("Z1", "end")
    assert sheet.cells() == ["A1", "B1", "Z1", "B2", "C2"]


@pytest.mark.parametrize("name", ["", "A", "AA1", "a1", "A01", "A1000", "A1 "])
def test_what_is_no_cell(sheet, name):
    with pytest.raises(ValueError):
        sheet.set(name, "1")
    with pytest.raises(ValueError):
        sheet.value(name)

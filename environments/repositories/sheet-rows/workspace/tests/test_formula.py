import pytest

from solution import Sheet


@pytest.mark.parametrize(
    "text",
    ["=", "=1 +", "=-1", "=(1", "=1)", "=A0", "=A1000", "=a1", "=SUM(A1)", "=SUM (A1:A2)"]
    + ["=SUM(B1:A2)", "=SUM(A2:B1)", "=A1:A2", "=SUM(A1 :A2)", "=1 2", "=A1 B1", "=#", "=SUM"],
)
def test_what_is_no_formula(text):
    sheet = Sheet()
    sheet.set("A1", "kept")
    with pytest.raises(ValueError):
        sheet.set("A1", text)
    assert sheet.text("A1") == "kept"


@pytest.mark.parametrize(
    ("text", "value"),
    [("=1+2*3", 7), ("=( 1 + 2 )*3 ", 9), ("=9-3-2", 4), ("=B1", 0), ("=SUM(B1:C9)", 0)],
)
def test_values(text, value):
    sheet = Sheet()
    sheet.set("A1", text)
    assert sheet.value("A1") == value

import pytest

from solution import plan


@pytest.mark.parametrize(
    "text",
    ["app", ": a", "two words: a", "app: a\napp: b", "app: a b a"],
)
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(ValueError):
        plan(text, {"a": 1, "b": 1}, [])


def test_comments_and_blank_lines():
    assert plan("# nothing\n\n  \napp:a # b\n", {"a": 1}, ["app"]) == ["app"]

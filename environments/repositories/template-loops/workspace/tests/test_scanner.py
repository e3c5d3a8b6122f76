import pytest

from solution import render


def test_text_stays_as_it_is():
    assert render(" a }} b %} { { c\n", {}) == " a }} b %} { { c\n"


@pytest.mark.parametrize("template", ["{{ a", "{% if a", "{% if a %}", "{{ }}", "{% %}", "{{a b}}"])
def test_malformed(template):
    with pytest.raises(ValueError):
        render(template, {"a": 1})

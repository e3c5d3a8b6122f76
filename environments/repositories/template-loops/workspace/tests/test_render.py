import pytest

from solution import render, variables

VALUES = {"user": {"name": " Ada ", "tags": ["x", "y"]}, "n": 0, "yes": True}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ user.name }}!", " Ada !"),
        ("{{user.name|trim|upper}}", "ADA"),
        ("{{ user.tags.1 }}{{ user.tags.2 }}", "y"),
        ("{{ user.tags | count }}{{ nobody | count }}", "20"),
        ("{{ yes }} {{ n }} {{ nobody.name }}", "true 0 "),
        ("{% if n %}some{% else %}none{% end %}", "none"),
        ("{% if yes %}{% if user.age %}a{% end %}b{% end %}", "b"),
    ],
)
def test_rendering(template, text):
    assert render(template, VALUES) == text


def test_lists_are_no_text():
    with pytest.raises(TypeError):
        render("{{ user.tags }}", VALUES)


@pytest.mark.parametrize(
    "template",
    ["{% end %}", "{% else %}", "{% if a %}{% else %}{% else %}{% end %}", "{{ a | shout }}"],
)
def test_malformed(template):
    with pytest.raises(ValueError):
        variables(template)


def test_variables():
    assert variables("{% if b.c %}{{ a }}{% else %}{{ b | upper }}{{ _z.y }}{% end %}") == [
        "_z",
        "a",
        "b",
    ]

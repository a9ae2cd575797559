import pytest

from signaling.courseware.allowed import ATTRIBUTES, ELEMENTS, STYLES, is_fine, references


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fill", "url(#g)"),
        ("fill", "url( '#g-1' ) #fff"),
        ("fill", "rgb(10%,0%,100%)"),
        ("transform", "matrix(1,0,0,-1,0.5,7) scale(2)"),
        ("font-family", "'Noto Sans CJK SC', 宋体"),
        ("id", "glyph-0-1"),
        ("class", "st0 st1"),
    ],
)
def test_what_drawings_are_made_of_is_fine(name: str, value: str) -> None:
    assert is_fine(name, value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "url(http://evil.test/x)",
            "url(//evil.test/x)",
            "URL(evil)",
            "u\\72l(x)",
            "url(#a",
            "url('#a\")",
        ),
        *("javascript:alert(1)", "expression(alert(1))", "image-set('x' 1x)", "src('x')"),
        *(
            "url(#a) url(x)",
            "ur/**/l(x)",
            "@import 'x'",
            "a;b:c",
            "a{b}",
            "&#x6a;",
            "//evil.test",
            "env(x)",
        ),
    ],
)
def test_what_names_another_place_is_not(value: str) -> None:
    assert not is_fine("fill", value)


def test_what_moves_runs_or_holds_html_is_in_no_list() -> None:
    moving = {"script", "foreignObject", "animate", "set", "iframe", "feImage", "handler", "audio"}
    assert not moving & ELEMENTS
    assert not {
        name for name in ATTRIBUTES | STYLES if name.lower().startswith(("on", "href", "xlink"))
    }


def test_it_is_known_what_a_value_draws() -> None:
    assert references("url(#a) url('#b')") == ["a", "b"]

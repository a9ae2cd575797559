import pytest

from signaling.courseware.css import declarations, sheet


def test_colours_stay_and_what_loads_goes() -> None:
    text = (
        "fill:#f00; background:url(x); stroke : rgb(0%,0%,0%) ;behavior:url(x);-moz-binding:url(x)"
    )
    assert declarations(text) == "fill:#f00;stroke:rgb(0%,0%,0%)"


def test_a_drawings_classes_stay() -> None:
    text = "/* made by hand */ .st0{fill:#fff} .st1 , .st2 { stroke:url(#a); cursor:url(x) }"
    assert sheet(text) == (
        ".st0{fill:#fff}.st1 , .st2{stroke:url(#a)}",
        [("st1", "a"), ("st2", "a")],
    )


@pytest.mark.parametrize(
    "text",
    [
        "@import url(http://evil.test/x.css);",
        "@font-face{font-family:x;src:url(http://evil.test/x)}",
        ".a{fill:u\\72 l(http://evil.test/x)}",
        "</style><script>alert(1)</script>",
        "g{fill:url(#a)}",
        "[x='y']{fill:red}",
    ],
)
def test_nothing_stays_of_a_sheet_that_hides_something(text: str) -> None:
    assert sheet(text) == ("", [])

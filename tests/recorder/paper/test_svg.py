"""A page as SVG."""

from xml.etree import ElementTree

from recorder.paper.drawing import Fill, Group, Item, Line, Sheet, Words, box, line
from recorder.paper.svg import data, page

from .scenes import NAME, SHEET

SVG = "{http://www.w3.org/2000/svg}"


def nothing(name: str) -> None:
    return None


def parsed(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(text).iter())[1:]


def test_every_part_is_drawn_by_its_own_element() -> None:
    items: list[Item] = [
        Fill(box(0, 0, 1.5, 2), "#fdfcf8", 0.35),
        Line(line(0, 0, 3, 4), "#000000", 2, dash=10, soft=True),
        Group((1, 0, 0, 1, 5, 6), [Words(1, 2, "分数", 40, "#000000", "middle")]),
    ]
    fill, stroke, group, words = parsed(page(items, nothing))
    assert fill.attrib["d"] == "M0 0L1.5 0L1.5 2L0 2Z" and fill.attrib["fill-opacity"] == "0.35"
    assert stroke.attrib["stroke-dasharray"] == "10" and stroke.attrib["fill"] == "none"
    assert group.attrib["transform"] == "matrix(1 0 0 1 5 6)"
    assert words.text == "分数" and words.attrib["text-anchor"] == "middle"


def test_words_are_words_whatever_is_in_them() -> None:
    [words] = parsed(page([Words(0, 0, "<b>\x00\x1b&\ud800 \ufffe", 9, "#000000")], nothing))
    assert words.text == "<b>& "


def test_a_sheet_is_inside_and_a_frame_where_it_is_not_kept() -> None:
    sheet = Sheet(0, 0, 1920, 1080, NAME, whole=True)
    [image] = parsed(page([sheet], lambda name: SHEET if name == NAME else None))
    assert image.tag == f"{SVG}image" and image.attrib["preserveAspectRatio"] == "xMidYMid meet"
    assert image.attrib["href"].startswith("data:image/svg+xml;base64,")
    [frame] = parsed(page([sheet], nothing))
    assert frame.tag == f"{SVG}rect"


def test_numbers_have_no_more_figures_than_an_eye_needs() -> None:
    assert data([("M", (1.0, -0.001)), ("L", (2.345678, 1e6))]) == "M1 0L2.35 1000000"

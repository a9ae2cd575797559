"""Ink for programs that read handwriting."""

from xml.etree import ElementTree

from recorder.paper.book import Book, Leaf
from recorder.paper.inkml import inkml
from synclass.inclass.pages import Paper
from synclass.marks import SEAT, Change, Cut, Page, Place, Shape, Tint

from .scenes import POINTS, a_page, a_stroke

INKML = "{http://www.w3.org/2003/InkML}"


def read(page: Page, **begun: int) -> ElementTree.Element:
    numbers = {SEAT + int(n[1:]): ms for n, ms in begun.items()}
    return ElementTree.fromstring(inkml(Book("分数 <1/2>", 1.7e9, [Leaf(page, Paper())], numbers)))


def points(trace: ElementTree.Element) -> list[tuple[int, ...]]:
    return [tuple(map(int, point.split())) for point in (trace.text or "").split(", ")]


def test_a_stroke_is_a_trace_with_its_time_and_its_brush() -> None:
    page = a_page(a_stroke(), Shape("line", a_stroke().pen, [0, 0, 4, 4]))
    ink = read(page, n0=61_500)
    [trace] = ink.iter(f"{INKML}trace")
    assert points(trace) == POINTS
    assert trace.attrib == {"brushRef": "#pen-2-40", "timeOffset": "61500"}
    [stamp] = ink.iter(f"{INKML}timestamp")
    assert stamp.attrib["time"] == "1700000000000"
    [title] = ink.iter(f"{INKML}annotation")
    assert title.text == "分数 <1/2>"


def test_of_a_cut_stroke_what_is_left_keeps_its_place_and_time() -> None:
    cut = [Change(1, Cut([(SEAT, 12, 24)])), Change(2, Place((1.0, 0.0, 0.0, 1.0, 40.0, 8.0)))]
    before, after = read(a_page(a_stroke(), changes=cut), n0=1000).iter(f"{INKML}trace")
    assert points(before) == [(x + 40, y + 8, p) for x, y, p in POINTS[:12]]
    assert points(after) == [(x + 40, y + 8, p) for x, y, p in POINTS[24:]]
    assert (before.attrib["timeOffset"], after.attrib["timeOffset"]) == ("1000", "1200")


def test_a_highlighter_is_transparent_and_a_tinted_stroke_has_its_new_colour() -> None:
    changes = [Change(1, Tint(1))]
    ink = read(a_page(a_stroke("highlighter"), changes=changes))
    [brush] = ink.iter(f"{INKML}brush")
    values = {one.attrib["name"]: one.attrib["value"] for one in brush}
    assert values == {"width": "10", "color": "#c2220f", "transparency": "166"}


def test_ink_on_a_layer_that_is_shown_is_ink_of_its_page() -> None:
    leaf = Leaf(a_page(a_stroke()), Paper(), a_page(a_stroke(colour=1)))
    ink = ElementTree.fromstring(inkml(Book("分数", 1.7e9, [leaf], {})))
    [group] = ink.iter(f"{INKML}traceGroup")
    assert [trace.attrib["brushRef"] for trace in group] == ["#pen-2-40", "#pen-1-40"]

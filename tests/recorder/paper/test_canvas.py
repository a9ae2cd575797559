"""Pages as pixels, and boards as documents."""

import io

import pypdfium2
import pytest
from PIL import Image

from recorder.paper.book import Leaf
from recorder.paper.canvas import pdf, png
from recorder.paper.drawing import Fill, Group, Item, Line, Sheet, Words, box, line
from recorder.paper.page import drawing
from synclass.inclass.pages import Paper
from synclass.marks import Text

from .scenes import NAME, SHEET, a_page, a_stroke

GREY = (0x80, 0x80, 0x80)
WHITE = Fill(box(0, 0, 1920, 1080), "#ffffff")
PHOTO = SHEET.replace(
    b"</svg>",
    b'<image x="60" width="40" height="50" href="data:image/png;base64,'
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5"
    b'ErkJggg=="/></svg>',
)


def pixels(*items: Item, sheet: bytes | None = None, width: int = 1920) -> Image.Image:
    return Image.open(io.BytesIO(png([WHITE, *items], lambda name: sheet, width))).convert("RGB")


def test_a_thumbnail_is_the_page_in_small() -> None:
    small = pixels(Fill(box(960, 0, 960, 1080), "#c2220f"), width=320)
    assert small.size == (320, 180)
    assert small.getpixel((80, 90)) == (255, 255, 255)
    assert small.getpixel((240, 90)) == (0xC2, 0x22, 0x0F)


def test_what_is_faint_lets_through_what_lies_below() -> None:
    faint = pixels(Fill(box(0, 0, 100, 100), "#000000", 0.5))
    assert faint.getpixel((50, 50)) == pytest.approx((127, 127, 127), abs=1)


def test_a_group_is_moved_and_a_dashed_line_has_gaps() -> None:
    dashes = Line(line(0, 0, 100, 0), "#000000", 4, dash=10)
    row = pixels(Group((1, 0, 0, 1, 200, 300), [dashes]))
    assert row.getpixel((205, 300)) == (0, 0, 0) and row.getpixel((215, 300)) == (255, 255, 255)


def test_words_in_chinese_and_english_are_written_and_narrowed_into_their_box() -> None:
    words = Words(100, 200, "分数 fraction ½ " * 4, 40, "#000000", most=200)
    found = pixels(words).convert("L").point(lambda value: 255 - value).getbbox()
    assert found is not None
    left, top, right, bottom = found
    assert 95 <= left < 110 and 280 < right <= 302 and top > 160 and bottom < 215


@pytest.mark.parametrize("sheet", [SHEET, PHOTO], ids=["lines", "with a photograph"])
def test_a_sheet_keeps_its_proportions_in_the_middle_of_the_page(sheet: bytes) -> None:
    grey = Fill(box(0, 0, 1920, 1080), "#808080")
    page = pixels(grey, Sheet(0, 0, 1920, 1080, NAME, whole=True), sheet=sheet)
    assert page.getpixel((480, 540)) == (255, 0, 0)
    assert page.getpixel((1000, 540)) == (255, 255, 255), "it lies on white"
    assert page.getpixel((480, 40)) == GREY, "100 x 50 leaves paper above and below"
    photo = page.getpixel((1700, 540))
    assert (photo != (255, 255, 255)) == (sheet is PHOTO)


def test_a_picture_fills_its_box_and_one_that_is_not_kept_is_a_frame() -> None:
    filled = pixels(Sheet(0, 0, 100, 400, NAME), sheet=SHEET)
    assert filled.getpixel((25, 390)) == (255, 0, 0)
    frame = pixels(Sheet(100, 100, 400, 400, NAME))
    assert frame.getpixel((300, 300)) == (255, 255, 255)
    assert frame.getpixel((102, 100)) != (255, 255, 255)


def test_a_document_has_every_page_its_words_can_be_found_and_lines_stay_lines() -> None:
    words = Text((40, 40, 8000, 200), "分数的意义", 160, 2)
    pages = [
        drawing(Leaf(a_page(words, a_stroke(), a_stroke("highlighter")), Paper("grid", NAME))),
        drawing(Leaf(a_page(a_stroke("chalk")), Paper("tian"))),
    ]
    made = pdf(pages, lambda name: SHEET, "分数")
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 2 and document[0].get_size() == (960, 540)
    assert "分数的意义" in document[0].get_textpage().get_text_bounded()
    kinds = {found.type for found in document[0].get_objects()}
    assert kinds and 3 not in kinds, "no image (FPDF_PAGEOBJ_IMAGE) on a page of lines"
    assert document.get_metadata_dict()["Title"] == "分数"


def test_chalk_has_holes() -> None:
    chalk = pixels(*drawing(Leaf(a_page(a_stroke("chalk", width=255)), Paper()))[1:])
    area = chalk.crop((110, 90, 210, 110)).convert("L")
    low, high = area.getextrema()
    assert isinstance(low, int) and isinstance(high, int) and high - low > 60

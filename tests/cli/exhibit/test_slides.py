"""The courseware's pages are light, and each is another."""

from synclass.cli.exhibit.slides import SUMS, pages

PAGES = list(pages("分数的加减法"))


def test_each_page_weighs_what_a_village_can_fetch() -> None:
    assert len(PAGES) == len(SUMS) + 2
    assert all(page.sheet.bytes == len(page.data) < 2000 for page in PAGES)


def test_no_two_are_alike_and_all_can_be_found_by_their_words() -> None:
    assert len({page.sheet.name for page in PAGES}) == len(PAGES)
    assert all(page.words for page in PAGES)

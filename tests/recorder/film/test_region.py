"""Parts of the picture."""

from recorder.film.region import ALL, HEIGHT, WIDTH, Region, together


def test_a_part_has_even_borders_and_stays_in_the_picture() -> None:
    assert Region.around(3.2, 5.9, 10.1, 11.0) == Region(2, 4, 12, 12)
    assert Region.around(-50, -50, 5000, 5000) == ALL == Region(0, 0, WIDTH, HEIGHT)


def test_what_lies_beside_the_picture_is_no_part_of_it() -> None:
    assert Region.around(2000, 0, 2100, 50) is None
    assert together([None, None]) is None


def test_parts_together_are_the_box_around_them() -> None:
    assert together([Region(2, 4, 6, 8), None, Region(4, 0, 10, 6)]) == Region(2, 0, 10, 8)


def test_a_part_of_a_plane_of_colour_is_half_as_large() -> None:
    assert Region(2, 4, 6, 10).slices == (slice(4, 10), slice(2, 6))
    assert Region(2, 4, 6, 10).halves == (slice(2, 5), slice(1, 3))

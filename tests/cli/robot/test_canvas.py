"""A drawn picture is what was drawn, pixel by pixel, and what falls beside it is lost."""

from av import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from synclass.cli.robot.canvas import INK, RED, WHITE, Canvas

WIDTH, HEIGHT = 18, 12  # no multiple of what the codec's lines are
near = st.integers(-20, 30)
size = st.integers(0, 40)


def rows(frame: VideoFrame, plane: int = 0) -> list[bytes]:
    """The picture without what the codec's lines have beyond it."""
    half = 2 if plane else 1
    data, line = bytes(frame.planes[plane]), frame.planes[plane].line_size
    return [data[y * line :][: frame.width // half] for y in range(frame.height // half)]


def drawn(canvas: Canvas) -> set[tuple[int, int]]:
    """Where the picture is no longer white."""
    found = enumerate(rows(canvas.frame()))
    return {(x, y) for y, row in found for x, luma in enumerate(row) if luma != WHITE[0]}


def everywhere() -> set[tuple[int, int]]:
    return {(x, y) for x in range(WIDTH) for y in range(HEIGHT)}


@given(near, near, size, size)
def test_a_box_covers_its_pixels_and_no_other(x: int, y: int, width: int, height: int) -> None:
    canvas = Canvas(WIDTH, HEIGHT, WHITE)
    canvas.box(x, y, width, height, INK)
    inside = {p for p in everywhere() if x <= p[0] < x + width and y <= p[1] < y + height}
    assert drawn(canvas) == inside


@given(near, near, size)
def test_a_disc_is_round_wherever_it_is(x: int, y: int, radius: int) -> None:
    canvas = Canvas(WIDTH, HEIGHT, WHITE)
    canvas.disc(x, y, radius, INK)
    inside = {p for p in everywhere() if (p[0] - x) ** 2 + (p[1] - y) ** 2 <= radius**2}
    assert drawn(canvas) == inside


@given(near, near, size, size)
def test_the_colour_goes_where_the_light_goes(x: int, y: int, width: int, height: int) -> None:
    canvas = Canvas(WIDTH, HEIGHT, WHITE)
    canvas.box(x, y, width, height, RED)
    frame = canvas.frame()
    for plane in (1, 2):
        found = enumerate(rows(frame, plane))
        red = {(x, y) for y, row in found for x, value in enumerate(row) if value == RED[plane]}
        assert red == {(x // 2, y // 2) for x, y in drawn(canvas) if y % 2 == 0}


def test_a_copy_may_be_drawn_on_without_changing_the_first() -> None:
    canvas = Canvas(WIDTH, HEIGHT, WHITE)
    canvas.copy().box(0, 0, 9, 9, RED)
    assert not drawn(canvas)


def test_no_two_figures_of_the_clock_look_the_same() -> None:
    seen = set()
    for figure in "0123456789":
        canvas = Canvas(32, 40, WHITE)
        canvas.digits(figure, 4, 4, 14, INK)
        assert all(4 <= x < 18 and 4 <= y < 32 for x, y in drawn(canvas))
        seen.add(frozenset(drawn(canvas)))
    assert len(seen) == 10


def test_a_clock_is_read_from_left_to_right() -> None:
    canvas = Canvas(64, 32, WHITE)
    canvas.digits("1:1", 0, 2, 10, INK)
    columns = sorted({x for x, _ in drawn(canvas)})
    assert columns == [8, 9, 12, 13, 24, 25], "a one, a colon, a one"

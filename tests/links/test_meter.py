"""What is said of a room's picture and sound is what its statistics tell."""

from .meter import Layer, Meter, Moment


def moments(
    seconds: float, fps: float = 15, concealed: float = 0, since: Moment | None = None
) -> list[Moment]:
    """Five times a second, going on where the last ended."""
    at, played, made_up, frames = (
        (since[0], since[1], since[2], since[5]) if since else (0, 0, 0, 0)
    )
    made = []
    for n in range(1, round(seconds * 5) + 1):
        counts = at + n / 5, played + n * 9600, int(made_up + n * 9600 * concealed)
        layer = Layer("f", n * 10, n // 5, n // 10, 0, n * 3)
        made.append(Moment(*counts, 0, 0, frames + int(n * fps / 5), 960, 0, 0, 0, (layer,)))
    return made


def test_a_voice_that_was_away_shows_as_a_gap() -> None:
    good = moments(2)
    away = moments(0.6, concealed=1, since=good[-1])
    meter = Meter([*good, *away, *moments(2, since=away[-1])])
    assert round(meter.voice_gap, 2) == 0.6
    assert 0.1 < meter.concealed < 0.16


def test_a_voice_half_made_up_has_no_gap() -> None:
    meter = Meter(moments(3, concealed=0.5))
    assert meter.voice_gap == 0 and round(meter.concealed, 2) == 0.5


def test_a_picture_that_stood_still_comes_back_when_it_moves() -> None:
    good = moments(2)
    still = moments(3, fps=0, since=good[-1])
    meter = Meter([*good, *still, *moments(2, since=still[-1])])
    assert round(meter.picture_gap, 1) == 3.0
    back = Meter(meter.moments[len(good) :]).back()
    assert back is not None and 2.2 < back < 3.2
    assert Meter(still).back() is None


def test_what_was_sent_meanwhile_is_the_difference() -> None:
    assert Meter(moments(4)).sent("f") == Layer("f", 190, 4, 2, 0, 57)
    assert Meter(moments(4)).sent("q").packets == 0

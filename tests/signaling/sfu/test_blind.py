"""Who lacks the codec of what they are to be shown is named to its publisher."""

from signaling.sfu.blind import EVERY, MOST_NAMED, Blind
from signaling.sfu.orders import Unseen
from signaling.sfu.peer import Peer
from signaling.sfu.slots import Slot
from signaling.sfu.tracks import Track
from synclass.words import TrackName

from .test_lesson import Room, cast


def test_a_room_that_cannot_decode_a_picture_is_named_once_and_no_more_when_it_can() -> None:
    room, told = Room(), list[Unseen]()
    teacher, viewer = room.join("wang"), room.join("caoxing", "chromium-viewer")
    room.film(teacher, 0xA, b"q", 100.0)
    camera = teacher.track_named("camera")
    assert camera is not None
    blind, plans = Blind("math", told.append, 100.0), {"caoxing": [cast(0, "wang")], "gone": []}

    def look(now: float) -> None:
        blind.tick(plans, {"caoxing": viewer}, lambda who, name, slot: camera, now)

    look(100.0 + EVERY)
    assert told == [], "VP8 is for everybody"
    camera.codec = "opus"  # nothing a slot for pictures takes
    look(101.0 + EVERY)
    assert told == [], "not looked at all the time"
    look(100.0 + 2 * EVERY)
    look(100.0 + 3 * EVERY)
    assert told == [Unseen("math", "wang", "camera", "opus", ["caoxing"])]
    camera.codec = "VP8"
    look(100.0 + 4 * EVERY)
    camera.codec = "opus"
    look(100.0 + 5 * EVERY)
    assert len(told) == 2, "it is so again"


def test_a_hall_of_blind_players_is_named_in_part() -> None:
    room, told = Room(), list[Unseen]()
    teacher = room.join("wang")
    room.film(teacher, 0xA, b"q", 100.0)
    names = [f"zhao{n}#camera-1" for n in range(MOST_NAMED + 5)]
    viewers: dict[str, Peer] = {name: room.join(name, "chromium-viewer") for name in names}
    camera = teacher.track_named("camera")
    assert camera is not None
    camera.codec = "opus"

    def find(who: str, name: TrackName, slot: Slot | None) -> Track | None:
        return camera

    blind = Blind("math", told.append, 100.0)
    blind.tick({name: [cast(0, "wang")] for name in names}, viewers, find, 100.0 + EVERY)
    assert len(told[0].viewers) == MOST_NAMED and told[0].viewers[0] == "zhao0"

"""A room on the worst lines hears its teacher; the room next door notices nothing."""

import asyncio

from playwright.async_api import Page

from ..waiting import until
from . import meter
from .classroom import Lines
from .conftest import LONG, SLOW
from .meter import FULL, Meter, full, lately
from .profiles import CLEAN, KBIT, MBIT, PROFILES, Profile, Way
from .proxy import Link

ADAPTS = 8.0  # seconds until all that is too much has been left out, the last picture as well
STAYS = 60.0 if LONG else 40.0  # of 700 packets; of half as many chance moved the share by 1 %
BACK = 10.0  # seconds until a line that grew shows it
GOOD = FULL // 2
ALL = 0.95  # of the pictures she sent: two pages do not look at the same moment
TRIES, LATE = 3, 0.1  # seconds
VOICE_GAP = 0.6  # seconds; three looks in a row without any sound
ADAPTING = 2.0  # the same, while more is still sent than the line carries
CONCEALED = 0.05  # of the voice, at 30 % loss
NARROW = Profile(Way(200 * KBIT, delay=0.05), Way(100 * KBIT, delay=0.05))
WIDE = Profile(Way(2 * MBIT, delay=0.05), Way(1 * MBIT, delay=0.05))


async def lesson(lines: Lines) -> tuple[Page, Page, Page, Link]:
    """-> the teacher, a room with a clean line, and one whose line is the link."""
    teacher = await lines.teacher()
    clean = await lines.measured("草兴小学")
    link = await lines.line(CLEAN)
    far = await lines.measured("双庙中心校")
    await lines.begin(teacher)
    await meter.start(teacher)
    await until(lambda: full(clean), within=SLOW)
    return teacher, clean, far, link


async def calm(link: Link, seconds: float) -> None:
    """So many seconds in which the machine itself was never late: others say nothing of a line."""
    for _ in range(TRIES):
        link.late = 0.0
        await asyncio.sleep(seconds)
        if link.late < LATE:
            return
    print(f"\n  a busy machine: packets were up to {link.late:.2f} s late by its fault")


async def test_a_voice_goes_on_over_the_worst_lines_and_next_door_nothing_is_noticed(
    lines: Lines,
) -> None:
    teacher, clean, far, link = await lesson(lines)
    for name in ("floor-100", "loss-30"):
        link.turn(PROFILES[name])
        await asyncio.sleep(ADAPTS)
        await calm(link, STAYS)
        whole = await lately(far, ADAPTS + STAYS)
        settled = whole.last(STAYS)
        print(f"\n{name}\n  first {whole}\n  then  {settled}")
        await notices_nothing(clean, teacher, STAYS)
        assert settled.voice_gap < VOICE_GAP and settled.concealed < CONCEALED, str(settled)
        assert whole.voice_gap < ADAPTING, str(whole)
    lines.check()


async def good(room: Page) -> bool:
    """More than the smallest size, and it moves."""
    seen = await lately(room, 2.0)
    return min(seen.widths) >= GOOD and seen.fps > 5


async def test_a_line_that_shrinks_to_a_tenth_and_grows_again_has_its_picture_back(
    lines: Lines,
) -> None:
    teacher, clean, far, link = await lesson(lines)
    await until(lambda: good(far), within=SLOW)
    link.turn(WIDE)
    for _ in range(TRIES):
        link.late = 0.0
        thin, grown = await shrink_and_grow(far, link)
        print(f"  back after {grown.back()} s; by the machine's fault {link.late:.2f} s late")
        if link.late < LATE:
            break
    await notices_nothing(clean, teacher, BACK)
    assert is_back(grown), str(grown)
    assert undisturbed(thin, grown), (str(thin), str(grown))
    lines.check()


def is_back(grown: Meter) -> bool:
    return grown.back() is not None and max(grown.widths) >= GOOD


def undisturbed(thin: Meter, grown: Meter) -> bool:
    """The voice, but for the moment in which more was on its way than the line carried."""
    fell = thin.voice_gap < ADAPTING and thin.last(STAYS).concealed < 0.02
    return fell and grown.concealed < 0.02 and grown.voice_gap < VOICE_GAP


async def shrink_and_grow(far: Page, link: Link) -> tuple[Meter, Meter]:
    """-> what the room heard and saw meanwhile, and afterwards."""
    link.turn(NARROW)
    await asyncio.sleep(ADAPTS + STAYS)
    thin = await lately(far, ADAPTS + STAYS)
    grew = await meter.clock(far)
    link.turn(WIDE)
    await asyncio.sleep(BACK)
    grown = await meter.since(far, grew)
    print(f"\n  thin  {thin}\n  then  {thin.last(STAYS)}\n  wide  {grown}")
    return thin, grown


async def notices_nothing(clean: Page, teacher: Page, seconds: float) -> None:
    """The other room's picture and sound were perfect, and the teacher's camera was left alone."""
    there, sent = await lately(clean, seconds), await lately(teacher, seconds)
    print(f"  clean {there}\n  sent  {[sent.sent(rid) for rid in 'qhf']}")
    assert_perfect(there, sent)
    assert there.pleas == 0 and there.lost() == (0, 0), str(there)


def assert_perfect(room: Meter, teacher: Meter) -> None:
    """All pictures of the largest size that she made were seen; how many, her machine decides."""
    made = teacher.sent("f").frames
    assert made > 5 * teacher.seconds, "the largest size goes up all the while"
    assert room.widths == {FULL} and room.frames > ALL * made, (str(room), made)
    assert room.picture_gap < 1 and room.voice_gap == 0 and room.concealed < 0.01, str(room)
    assert teacher.pleas_heard() <= teacher.seconds + 1

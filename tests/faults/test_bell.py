"""After the bell the lesson can be replayed at once, and is signed."""

import asyncio
import time

from msgspec import Raw, Struct, json, msgpack

from recorder import proof
from synclass import wire
from synclass.channel import Fact
from synclass.conduct import End, Ended
from synclass.framing import Deframer
from synclass.inclass.tracks import Tracks
from synclass.ports import TrackFile

from ..waiting import until
from .films import times
from .school import SLOW, School, channel
from .scribe import Scribe, mark

REPLAYABLE_WITHIN = 1.0  # seconds after the bell
ASKS = 120


class Shown(Struct):
    tracks: list[TrackFile]


async def test_a_lesson_can_be_replayed_within_a_second_of_the_bell(lesson: School) -> None:
    await lesson.teach()
    await until(lambda: channel(lesson.teacher.lesson, Tracks).taping, within=SLOW)
    await until(lambda: len(lesson.tracks()) == 2, within=SLOW)
    scribe = Scribe(lesson.teacher)
    for _ in range(ASKS):
        await scribe.write_one()
    await asyncio.wait_for(scribe.answered(), SLOW)
    await lesson.teacher.ask(End())
    rang = time.monotonic()
    facts, tracks = await _log(lesson), await _tracks(lesson)
    while not _whole(facts, tracks) or proof.signed(lesson.journal.parent) is None:
        assert time.monotonic() - rang < REPLAYABLE_WITHIN, (facts[-3:], tracks)
        facts, tracks = await _log(lesson), await _tracks(lesson)
    told = proof.signed(lesson.journal.parent)
    assert told is not None and list(proof.faults(lesson.journal.parent, told)) == []
    print(f"\nreplayable and signed {time.monotonic() - rang:.2f} s after the bell")
    words = [mark(fact) for fact in facts if isinstance(fact, Fact)]
    assert [word for word in words if word] == scribe.asked
    bell = lesson.at(rang)
    for track in tracks:
        assert bell - 1.0 < track.ends_ms / 1000 < bell + 0.5
        await _plays(lesson, track)


def _whole(facts: list[Fact | Raw], tracks: list[TrackFile]) -> bool:
    ended = any(isinstance(fact, Ended) for fact in facts)
    return ended and len(tracks) == 2 and not any(track.live for track in tracks)


async def _plays(lesson: School, track: TrackFile) -> None:
    """What a player downloads is the whole track, up to its end."""
    link = json.decode(await _get(lesson, "link"))["link"]
    data = await _get(lesson, f"media/{track.name}?link={link}")
    assert len(data) == track.size
    path = lesson.server.data / track.name
    path.write_bytes(data)
    assert 0 <= track.ends_ms / 1000 - times(path)[-1] < 0.3


async def _log(lesson: School) -> list[Fact | Raw]:
    messages = Deframer().feed(await _get(lesson, "log"))
    frames = [msgpack.decode(message, type=wire.Entries) for message in messages]
    return [wire.fact(line.fact) for frame in frames for line in frame.lines]


async def _tracks(lesson: School) -> list[TrackFile]:
    return json.decode(await _get(lesson, "tracks"), type=Shown).tracks


async def _get(lesson: School, path: str) -> bytes:
    url = f"{lesson.server.url}/api/lessons/{lesson.card.id}/{path}"
    async with lesson.door.http.get(url) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.read()

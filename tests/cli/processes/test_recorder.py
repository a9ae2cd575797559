"""The recorder's process listens where the media workers look, and writes where replays are."""

import asyncio
from contextlib import suppress
from pathlib import Path

from recorder.shelf import FileShelf
from synclass.cli.config import Config
from synclass.cli.processes.recorder import recorder
from synclass.framing import frame
from synclass.tape import Packets, ToRecorder, TrackClosed, TrackOpened, encode
from synclass.words import LessonId, ParticipantId, TrackName

from ...recorder.studio import opus_tone, sound_packets
from ...waiting import until

LESSON, WANG = LessonId("l1"), ParticipantId("u-wang")
VOICE: TrackName = "voice"


async def test_what_is_handed_over_there_is_found_by_the_replay(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "data").mkdir()
    data, run = str(tmp_path / "data"), str(tmp_path / "run")
    config = Config(data, run, "", 0, 0, [], 1)
    working = asyncio.create_task(recorder(config))
    await until(Path(config.recorder_at).is_socket)
    _, tape = await asyncio.open_unix_connection(config.recorder_at)
    said: list[ToRecorder] = [
        TrackOpened(LESSON, WANG, VOICE, "opus"),
        Packets(LESSON, WANG, VOICE, sound_packets(opus_tone(2), start=0)),
        TrackClosed(LESSON, WANG, VOICE),
    ]
    tape.writelines(frame(encode(message)) for message in said)
    await tape.drain()
    await until(lambda: bool(FileShelf(tmp_path / "data").tracks(LESSON)))
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    (track,) = FileShelf(tmp_path / "data").tracks(LESSON)
    assert (track.who, track.track, track.live) == (WANG, "voice", False)
    assert 1500 < track.ends_ms < 2500
    tape.close()

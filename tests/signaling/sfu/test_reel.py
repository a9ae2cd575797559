"""The tape finds the recorder, whenever that is there."""

import asyncio
import time
from pathlib import Path

from signaling.sfu.orders import Close, Open, Tape, Taping
from synclass import tape
from synclass.framing import Deframer, frame
from synclass.words import ParticipantId

from .classroom import Client, Colour, Signaling, Tone, loopback, until, worker

TEACHER = ParticipantId("teacher")


class Recorder:
    """The other end of the reel: keeps what it is handed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.messages: list[tape.ToRecorder] = []
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []

    async def begin(self) -> None:
        self._server = await asyncio.start_unix_server(self._serve, str(self.path))

    def end(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        if self._server is not None:
            self._server.close()

    def want_key(self) -> None:
        wanted = tape.KeyframeWanted("math", TEACHER, "camera")
        self._writers[-1].write(frame(tape.encode(wanted)))

    def pictures(self) -> list[bytes]:
        found = [m for m in self.messages if isinstance(m, tape.Packets) and m.track == "camera"]
        return [data for message in found for _, data in message.packets]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        deframer = Deframer()
        while data := await reader.read(65536):
            self.messages += [tape.for_recorder(m) for m in deframer.feed(data)]


def keys(pictures: list[bytes]) -> int:
    """How many VP8 key frames begin in these packets (descriptor of 4 bytes: aiortc's)."""
    return sum(data[12] & 0x10 > 0 and not data[16] & 1 for data in pictures)


async def test_a_lesson_is_taped_whenever_the_recorder_is_there(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "recorder.sock")
    async with loopback(), worker(tmp_path) as door:
        signaling = Signaling(door)
        await signaling.up()
        signaling.worker.order(Open("math", time.monotonic()))
        signaling.worker.order(Tape("math", [("teacher", "voice"), ("teacher", "camera")]))
        teacher = await Client().publish(Tone(8000), Colour(60)).join(signaling, "math", "teacher")
        assert not signaling.heard(Taping)
        await recorder.begin()
        await until(lambda: len(recorder.pictures()) > 5)
        assert keys(recorder.pictures()[:1]) == 1, "the tape begins with a key frame"
        assert signaling.heard(Taping, on=True)
        before = keys(recorder.pictures())
        recorder.want_key()
        await until(lambda: keys(recorder.pictures()) > before)
        await _comes_back(recorder, signaling)
        signaling.worker.order(Close("math"))
        await until(lambda: tape.Bell("math") in recorder.messages)
        closed = [m.track for m in recorder.messages if isinstance(m, tape.TrackClosed)]
        assert sorted(closed) == ["camera", "voice"]
        await teacher.close()
        await signaling.die()
        recorder.end()


async def _comes_back(recorder: Recorder, signaling: Signaling) -> None:
    """Killed and begun again, the recorder hears of every track anew."""
    recorder.end()
    await until(lambda: signaling.heard(Taping, on=False))
    recorder.messages.clear()
    recorder.path.unlink()
    await recorder.begin()
    await until(lambda: len(recorder.pictures()) > 5)
    opened = [m.track for m in recorder.messages if isinstance(m, tape.TrackOpened)]
    assert sorted(opened) == ["camera", "voice"]

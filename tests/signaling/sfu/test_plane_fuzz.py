"""Two planes, one behaviour: whatever comes, both tell and send the same."""

import random
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path
from struct import pack

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from signaling.sfu.numbering import Start
from signaling.sfu.packet import build_rtp
from signaling.sfu.plane import ALL, Event, Source, Stream
from signaling.sfu.rtcp import pli, receiver_report, remb

from . import packets
from .afternoons import CAMERA, FILM, RTX, SCREEN, SLIDES, VOICE, Came, Client, Did
from .planes import GCM, NAMES, SHA1, Ends

SOURCE = Path(__file__).parents[3] / "signaling/sfu/_plane.c"
RUNNER = """
import importlib.util, sys
import signaling.sfu
spec = importlib.util.spec_from_file_location("signaling.sfu._plane", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
sys.modules[spec.name] = signaling.sfu._plane = module
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""
NOT_THESE = "not writes_nowhere and not alone and not patient and not reach"
OPTIONS = ("-x", "-p", "no:cacheprovider", "-k", NOT_THESE)
TESTS = ("", "_inbound", "_seams", "_resends", "_layers", "_pace", "_voice", "_fuzz")
KEY = bytes(range(60))
CODECS = {CAMERA: "VP8", FILM: "H264", VOICE: "opus", SCREEN: "VP9", SLIDES: "AV1"}

starts = st.builds(
    Start, st.integers(0, 0x7FFF), st.integers(0, 2**32 - 1), st.integers(0, 0x7FFF), st.just(200)
)


class Room:
    """A client who publishes and is shown all of it, in two streams of each kind and a tape."""

    def __init__(self, ends: Ends, start: Start) -> None:
        self.ends = ends.connect()
        self.now = 100.0
        self.start = start
        self.bits = 0x8000 if start.seq & 1 else 0
        """Of the picture ids: 15 or 7 of them."""
        self.last = 0
        self.sources: list[Source] = []
        for ssrc, codec in CODECS.items():
            self.sources.append(ends.source(ssrc, codec, level_id=3))
        ends.plane.repair(ends.line, RTX, self.sources[0])
        self.streams: list[Stream] = [
            ends.stream(ssrc=50, start=start),
            ends.stream("audio", ssrc=51, start=start),
            ends.plane.stream(ends.line, 52, 53, b"", -1, start, kind="video"),
            ends.plane.tape("video"),
        ]
        self.told: list[object] = []
        for n in (0, 2, 3):
            self.show(n, 0)
        self.show(1, 0)

    def live(self, step: Came | Did) -> None:
        self.now += step.wait
        if isinstance(step, Came):
            self.come(step)
        else:
            self.do(step)
        self.told.append([*map(self.seen, self.streams), *map(self.counted, self.sources)])

    def come(self, step: Came) -> None:
        seq = self.start.ts + step.seq & 0xFFFF
        ts = self.start.ts + 3000 * step.picture & 0xFFFFFFFF
        payload = self.payload(step)
        if step.ssrc == RTX:
            again = self.start.ts + step.again & 0xFFFF
            payload = b"" if step.size == 9 else pack("!H", again) + payload
        packet = packets.rtp(seq, ts, payload, ssrc=step.ssrc, marker=step.marker)
        if step.ssrc == VOICE:
            packet = packet._replace(extensions={3: bytes((step.size & 0xFF,))})
        self.hear(self.ends.plane.inject(self.ends.line, build_rtp(packet), self.now))

    def payload(self, step: Came) -> bytes:
        if step.ssrc == FILM:
            return (b"\x67" if step.key else b"\x61") + bytes(step.size)
        if step.ssrc == VOICE:
            return b"" if step.size == 9 else bytes((step.seq & 0xFF,)) + bytes(step.size % 90)
        if step.ssrc == SLIDES:
            return bytes((0x18 if step.key else 0x10, 0x0A)) + bytes(step.size)
        if step.ssrc == SCREEN:
            return self.vp9(step)
        head = bytes((0x90 if step.first else 0x80, step.flags)) + self.picture_id(step)
        if step.flags & 0x40:
            head += bytes((step.tl0 & 0xFF,))
        if step.flags & 0x30:
            head += bytes((step.tid << 6 | step.sync << 5,))
        return head + bytes((not step.key,)) + bytes(step.size)

    def vp9(self, step: Came) -> bytes:
        """With a scalability structure where a key frame begins and the size is an even one."""
        predicted, begins = 0 if step.key else 0x40, 0x08 if step.first else 0
        structured = step.key and step.first and not step.size % 2
        head = bytes((step.flags | predicted | begins | structured << 1,)) + self.picture_id(step)
        if step.flags & 0x20:
            head += bytes((step.tid << 5 | step.sync << 4,))
            head += b"" if step.flags & 0x10 else bytes((step.tl0 & 0xFF,))
        if structured:
            head += b"\x18\x01\x40\x00\xf0\x02\x04\x01\x28\x01\x02"
        return head + (b"\x82" if step.key else b"\x86") + bytes(step.size)

    def picture_id(self, step: Came) -> bytes:
        if not step.flags & 0x80:
            return b""
        pid = self.start.pid + step.picture
        wide = (pid & 0x7FFF | 0x8000).to_bytes(2, "big")
        return wide if self.bits else bytes((pid & 0x7F,))

    def do(self, step: Did) -> None:
        stream, line = self.streams[step.which], self.ends.line
        match step.what:
            case "show":
                self.show(step.which, step.number % 8)
            case "limit":
                stream.limit((0, 1, 2, ALL)[step.number % 4])
            case "restart" | "still":
                stream.restart()
                if step.what == "still":
                    self.told.append(("still", stream.still(self.now)))
            case "divert":
                self.streams[1].divert(bool(step.number & 1))
            case "emit":
                self.emit(step.number)
            case "pace":
                line.pace((0, 0, 100_000, 1_000_000)[step.number % 4])
            case "probe":
                self.told.append(line.probe(step.number % 5000, self.now))
            case "report":
                line.report(self.now, 1000 + self.now)
            case "flush" | "pump":
                getattr(self.ends.plane, step.what)(self.now)
            case "drop" if step.number % 8 == 0:
                self.ends.plane.drop(line, self.sources[step.which % len(self.sources)])
            case _:
                self.say(step)

    def say(self, step: Did) -> None:
        """RTCP of the client's."""
        ssrc = 50 + step.which % 2
        seq = self.newest(ssrc) - step.number % 70 & 0xFFFF
        block = pack("!IIIIII", ssrc, step.number << 16, 1, 2, step.number << 8, 99)
        plain = {
            "nack": pack("!BBHIIHH", 0x81, 205, 3, 1, ssrc, seq, step.number),
            "remb": remb(50_000 + step.number * 20, [1]),
            "block": receiver_report([block]),
            "plea": receiver_report([]) + pli(50),
        }.get(step.what, b"")
        if plain:
            self.hear(self.ends.hear(plain, self.now))

    def newest(self, ssrc: int) -> int:
        """The number of what came last of this stream."""
        self.ends.receive()
        for data in reversed(self.ends.sent[-200:]):
            if int.from_bytes(data[8:12], "big") == ssrc:
                return int.from_bytes(data[2:4], "big")
        return 0

    def show(self, which: int, number: int) -> None:
        pts = ((96, 97), (98, 0), (111, 0), (100, 101), (45, 46))
        fits = [2] if which == 1 else [0, 0, 0, 1, 3, 3, 4]
        if number == 7:
            self.streams[which].show(None, 0, 0)
        else:
            chosen = fits[number % len(fits)]
            self.streams[which].show(self.sources[chosen], *pts[chosen])

    def emit(self, number: int) -> None:
        said = self.streams[1].emit(
            self.start.ts + number,
            bytes(number % 200),
            pt=111,
            marker=False,
            length=960,
            now=self.now,
        )
        self.told.append(said)
        if said and number % 2:
            self.told.append(self.ends.line.send(said))

    def hear(self, told: list[Event]) -> None:
        names: dict[object, str] = {self.ends.line: "line"}
        names |= {source: f"source {n}" for n, source in enumerate(self.sources)}
        names |= {stream: f"stream {n}" for n, stream in enumerate(self.streams)}
        for event in told:
            self.told.append([self.named(part, names) for part in event])

    @staticmethod
    def named(part: object, names: dict[object, str]) -> object:
        try:
            return names.get(part, part)
        except TypeError:
            return part

    def seen(self, s: Stream) -> list[object]:
        now = [self.sources.index(x) if x in self.sources else x for x in (s.current, s.wanted)]
        numbers = [s.at, s.length, s.ts, s.packets, s.octets, s.switches, s.asked, s.resent]
        heard = [s.loss, s.lost, s.jitter, s.reached, s.reported_at]
        return [*now, *numbers, *heard, s.top, s.stamp(5), s.fetch()]

    @staticmethod
    def counted(s: Source) -> list[object]:
        numbers = [s.packets, s.octets, s.base, s.top, round(s.jitter, 6), s.repaired, s.tids]
        return [*numbers, s.last_at, s.last_ts, s.key_at, s.loudest(), s.has(s.top - 3 & 0xFFFF)]

    def end(self) -> list[object]:
        """Everything that can be seen."""
        self.ends.plane.flush(self.now)
        plane, line = self.ends.plane, self.ends.line
        self.ends.receive()
        counts = [plane.sent, plane.refused, plane.failed, plane.dropped, plane.waiting]
        reports = [line.remb, line.remb_at, round(line.rtt, 4), line.malformed, line.heard_at]
        return [
            *self.told,
            *counts,
            *reports,
            plane.pacing,
            line.octets,
            line.resent,
            line.waiting,
            *self.ends.raw,
        ]


def lead(name: str, profile: int, start: Start, afternoon: list[Came | Did]) -> list[object]:
    with Ends(name, profile, key=KEY) as ends:
        room = Room(ends, start)
        for step in afternoon:
            room.live(step)
        return room.end()


@settings(max_examples=40)
@given(st.sampled_from([GCM, SHA1]), starts, st.integers(0, 2**32))
@example(GCM, Start(0, 0, 0, 200), 9671630)  # a key frame from before the first packet
def test_fuzz_whatever_happens_both_planes_say_the_same(
    profile: int, start: Start, seed: int
) -> None:
    afternoon = Client(random.Random(seed)).afternoon(200)
    first, second = (lead(name, profile, start, afternoon) for name in NAMES)
    for one, other in zip(first, second, strict=False):
        assert one == other
    assert len(first) == len(second)


@settings(max_examples=30)
@given(starts, st.integers(0, 2**32))
def test_fuzz_whatever_happens_the_plane_alone_gives_no_number_twice(
    start: Start, seed: int
) -> None:
    afternoon = Client(random.Random(seed)).afternoon(200)
    with Ends("python") as ends:
        room = Room(ends, start)
        for step in afternoon:
            room.live(step)
        room.end()
        long = sum(isinstance(step, Came) and step.size >= 1400 for step in afternoon)
        assert ends.plane.failed <= 8 * long, "sealed twice"


def test_the_afternoons_of_the_fuzz_reach_what_they_are_for() -> None:
    seen: Counter[str] = Counter()
    for seed in range(40):
        start = Start(seed, seed * 99991, seed * 77, 200)
        with Ends("python") as ends:
            room = Room(ends, start)
            held = 0
            for step in Client(random.Random(seed)).afternoon(200):
                room.live(step)
                held += ends.line.waiting > 0
                flowing = [stream.current for stream in room.streams]
                seen["VP9"] += room.sources[3] in flowing
                seen["AV1"] += room.sources[4] in flowing
            room.end()
            told = [part[0] for part in room.told if isinstance(part, list)]
            seen["sent"] += ends.plane.sent
            seen["refused or failed"] += ends.plane.refused + ends.plane.failed
            seen["dropped"] += ends.plane.dropped
            seen["seams"] += sum(stream.switches for stream in room.streams)
            seen["sent again"] += sum(stream.resent for stream in room.streams)
            seen["repaired"] += room.sources[0].repaired
            seen["held back"] += held > 0
            seen["voice aside"] += told.count("voice")
            seen["gaps"] += told.count("gap")
            seen["stills"] += room.told.count(("still", True))
            skipped = [vars(stream)["_numbers"].skipped for stream in room.streams]
            seen["left out"] += sum(map(len, skipped))
            pictures = [vars(stream)["_pictures"] for stream in room.streams]
            seen["left out of VP9"] += sum(len(row.skipped) for row in pictures if row.sparse)
    assert min(seen.values()) >= 5 and len(seen) == 14, seen


@pytest.mark.skipif(sys.platform != "linux", reason="the plane in C is for Linux")
def test_the_c_plane_writes_nowhere_it_should_not(tmp_path: Path) -> None:
    """All of its tests again, with every access checked."""
    built = tmp_path / "_plane.abi3.so"
    flags = ["-g", "-O1", "-shared", "-fPIC", "-fno-sanitize-recover=all"]
    include = f"-I{sysconfig.get_paths()['include']}"
    try:
        subprocess.run(
            ["gcc", *flags, "-fsanitize=address,undefined", include, str(SOURCE), "-o", str(built)],
            check=True,
            capture_output=True,
        )
        asan = subprocess.check_output(["gcc", "-print-file-name=libasan.so"], text=True).strip()
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"gcc with the address sanitizer and Python.h is not here: {error}")
    tests = [str(Path(__file__).with_name(f"test_plane{name}.py")) for name in TESTS]
    run = subprocess.run(
        [sys.executable, "-c", RUNNER, str(built), *OPTIONS, *tests],
        env={
            "LD_PRELOAD": asan,
            "ASAN_OPTIONS": "detect_leaks=0",  # CPython itself leaks at exit
            "PYTHONMALLOC": "malloc",
            "PYTHONPATH": str(SOURCE.parents[2]),
            "PATH": "/usr/bin:/bin",
        },
        cwd=SOURCE.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-6000:]
    assert "skipped" not in run.stdout

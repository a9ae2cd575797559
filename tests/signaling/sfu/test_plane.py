"""Two planes, one behaviour: whatever comes, the same packets go out of both."""

import random
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.sfu.codecs import Arrival, Codec, arrive
from signaling.sfu.cover import UNTIMED, block_of
from signaling.sfu.numbering import Start
from signaling.sfu.packet import parse_rtp
from signaling.sfu.plane import MOST, Stream

from . import packets
from .planes import GCM, NAMES, SHA1, Ends

SOURCE = Path(__file__).parents[3] / "signaling/sfu/_plane.c"
SO_NO_CHECK = 11  # asm-generic/socket.h; without checksums the kernel refuses to segment
CODECS: tuple[Codec, ...] = ("VP8", "VP8", "H264", "opus")
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
OPTIONS = ("-x", "-p", "no:cacheprovider", "-k", "not writes_nowhere")

leaps = st.sampled_from([1, 1, 1, 1, 1, 1, 2, -1, 0, -3, 5, -999, 2999, 4000, 0x8000])
blocks = st.sampled_from([(4, 2), (4, 0), (0, 2), (0, 0), (20, 2), (4, 200)])
descriptors = st.one_of(
    st.binary(max_size=12),
    st.builds(
        lambda flags, pid, tail: bytes((0x90, flags)) + pid + tail,
        st.sampled_from([0x80, 0xC0, 0xF0, 0xE0, 0x90, 0x40]),
        st.one_of(
            st.integers(0, 127).map(lambda n: bytes((n,))),
            st.integers(0, 0x7FFF).map(lambda n: (n | 0x8000).to_bytes(2, "big")),
        ),
        st.binary(min_size=3, max_size=9),
    ),
)
lengths = st.sampled_from([0, 0, 0, 9, 600, 1100, 1100, 1100, 1340, 1400, 1900])


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[int, Arrival]:
    """(how far from the packet before, a packet)."""
    payload = draw(descriptors) + bytes(draw(lengths))
    packet = packets.rtp(0, draw(st.integers(0, 2**32 - 1)), payload)._replace(
        marker=draw(st.booleans())
    )
    codec = draw(st.sampled_from(CODECS))
    return draw(leaps), arrive(codec, packet, draw(st.floats(0, 1000)))


pictures = st.one_of(st.none(), st.tuples(st.integers(0, 0x7FFF), st.integers(-1, 255)))
begins = st.tuples(st.just("begin"), st.integers(0, 2**32 - 1), st.integers(0, 2**33), pictures)
speaks = st.tuples(st.just("speak"), st.integers(0, 127), st.booleans())
forwards = st.tuples(st.just("forward"), st.lists(arrivals(), max_size=12))
steps = st.lists(
    st.one_of(forwards, forwards, forwards, begins, speaks, st.tuples(st.just("forget"))),
    min_size=3,
    max_size=20,
)
starts = st.builds(
    Start,
    st.integers(0, 0x7FFF),
    st.integers(0, 2**32 - 1),
    st.integers(0, 0x7FFF),
    st.integers(0, 255),
)


@settings(max_examples=150)
@given(st.sampled_from([GCM, SHA1]), blocks, starts, steps)
def test_fuzz_whatever_happens_both_planes_say_the_same(
    profile: int, ids: tuple[int, int], start: Start, steps: list[tuple[object, ...]]
) -> None:
    told = []
    for name in NAMES:
        with Ends(name, profile).connect() as ends:
            told.append(lead(ends, ids, start, steps))
    assert told[0] == told[1]


def lead(
    ends: Ends, ids: tuple[int, int], start: Start, steps: list[tuple[object, ...]]
) -> list[object]:
    """All that can be seen of a plane that is led through these steps."""
    block, time_at = block_of(b"slot7", mid_id=ids[0], time_id=ids[1])
    streams = [ends.plane.stream(ends.line, n, block, time_at, start) for n in (50, 51)]
    said: list[object] = []
    seq = start.ts & 0xFFFF
    for stream in streams:
        stream.begin(seq + 1 & 0xFFFF, 0, 0, None)
    for number, (step, *rest) in enumerate(steps):
        stream = streams[number % 2]
        match step, *rest:
            case "begin", int(ts), int(size), tuple() | None as picture:
                stream.begin(seq + 1 & 0xFFFF, ts, size, picture)
            case "speak", int(pt), bool(sealed):
                stream.speak(pt, sealed=sealed)
            case "forget":
                stream.forget()
            case "forward", list(some):
                came = []
                for leap, arrival in some:
                    seq = seq + leap & 0xFFFF
                    came.append(arrival._replace(packet=arrival.packet._replace(seq=seq)))
                flow = dict(zip("ab", streams, strict=True))
                said.append(ends.plane.forward(flow, came, b"now"))
        said += [seen(stream) for stream in streams]
    said += [ends.plane.sent, ends.plane.refused, ends.plane.failed]
    went = ends.receive()
    numbers = {parse_rtp(data).seq for data in went} | {start.seq}
    return [*said, *went, *(kept(stream, sorted(numbers)) for stream in streams)]


def seen(stream: Stream) -> tuple[object, ...]:
    return stream.at, stream.length, stream.ts, stream.packets, stream.octets


def kept(stream: Stream, numbers: list[int]) -> list[object]:
    """What can be sent again; of sealed packets only how long they are: the keys differ."""
    found = [stream.recall(seq) for seq in numbers]
    return [len(again) if isinstance(again, bytes) else again for again in found]


def film(size: int = 1000, frames: int = 3, per_frame: int = 5) -> list[list[Arrival]]:
    """Frames whose last packet is shorter, as an encoder makes them."""
    camera, made = packets.Camera(1, random.Random(7)), []
    for n in range(frames):
        frame = camera.frame(n / 30, key=n == 0, packets=per_frame)
        longer = [a.packet._replace(payload=a.packet.payload + bytes(size)) for a in frame]
        longer[-1] = frame[-1].packet._replace(marker=True)
        made.append([arrive("VP8", packet, n / 30) for packet in longer])
    return made


def begun(ends: Ends, first: Arrival, ssrc: int = 50) -> Stream:
    block = block_of(b"3", mid_id=4, time_id=2)
    stream = ends.plane.stream(ends.line, ssrc, *block, Start(65530, 4, 5, 6))
    stream.begin(first.packet.seq, first.packet.ts, 0, None)
    stream.speak(96, sealed=False)
    return stream


@pytest.mark.parametrize("profile", [GCM, SHA1], ids=["gcm", "sha1"])
@pytest.mark.parametrize("name", NAMES)
def test_a_film_arrives_whole(name: str, profile: int) -> None:
    frames = film()
    with Ends(name, profile).connect() as ends:
        stream = begun(ends, frames[0][0])
        for frame in frames:
            assert ends.plane.forward({"a": stream}, frame, b"now") == []
        opened = [parse_rtp(data) for data in ends.receive()]
    assert [p.seq for p in opened] == [(65531 + n) & 0xFFFF for n in range(15)]
    assert [len(p.payload) for p in opened] == [len(a.packet.payload) for f in frames for a in f]
    assert all(p.extensions == {4: b"3", 2: b"now"} and p.pt == 96 for p in opened)
    assert ends.plane.sent == 15 and not ends.plane.failed and not ends.plane.refused


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_class_gets_each_its_own(name: str) -> None:
    frames = film(frames=4, per_frame=40)
    with Ends(name).connect() as ends:
        flow = {n: begun(ends, frames[0][0], 100 + n) for n in range(30)}
        for frame in frames:
            ends.plane.forward(flow, frame, b"now")
            ends.receive()
    assert ends.plane.sent == len(ends.sent) == 4 * 40 * 30


@pytest.mark.parametrize("name", NAMES)
def test_where_the_kernel_will_not_segment_the_class_goes_on(name: str) -> None:
    frames = film()
    with Ends(name).connect() as ends:
        ends.near.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        stream = begun(ends, frames[0][0])
        for frame in frames:
            ends.plane.forward({"a": stream}, frame, b"now")
        assert len(ends.receive()) == 15
        assert ends.plane.sent == 15 and not ends.plane.refused
        assert getattr(ends.plane, "unsegmented", 1) == 1, "it was tried more than once"


@pytest.mark.parametrize("name", NAMES)
def test_before_the_handshake_and_before_the_first_check_nothing_goes_out(name: str) -> None:
    [frame] = film(frames=1)
    with Ends(name) as ends:
        stream = begun(ends, frame[0])
        ends.plane.forward({"a": stream}, frame[:2], b"now")
        assert stream.packets == 0
        ends.line.key(ends.keys)
        ends.plane.forward({"a": stream}, frame[2:3], b"now")
        assert stream.packets == 1 and ends.plane.sent == 0
        ends.line.aim(ends.address)
        ends.plane.forward({"a": stream}, frame[3:], b"now")
        assert len(ends.receive()) == 2


@pytest.mark.parametrize("name", NAMES)
def test_what_srtp_will_not_seal_is_counted_and_does_not_go_out(name: str) -> None:
    [frame] = film(frames=1)
    with Ends(name).connect() as ends:
        twins = [begun(ends, frame[0], 50) for _ in range(2)]  # one SSRC: each number twice
        ends.plane.forward(dict(enumerate(twins)), frame, b"now")
        assert len(ends.receive()) == len(ends.raw) == 5
        assert ends.plane.failed == 5 and twins[1].packets == 0


@pytest.mark.parametrize("name", NAMES)
def test_what_the_kernel_will_not_take_is_counted(name: str) -> None:
    [frame] = film(frames=1)
    with Ends(name) as ends:
        ends.line.key(ends.keys)
        ends.line.aim(("127.0.0.1", 0, 0))  # nobody can be sent anything at port 0
        ends.plane.forward({"a": begun(ends, frame[0])}, frame, b"now")
        assert (ends.plane.sent, ends.plane.refused, ends.plane.failed) == (0, 5, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_packet_from_somewhere_else_is_left_out_and_its_owner_told(name: str) -> None:
    frames = film(frames=2)
    leap = frames[1][2]
    frames[1][2] = leap._replace(packet=leap.packet._replace(seq=leap.packet.seq + 9000 & 0xFFFF))
    with Ends(name).connect() as ends:
        flow = {"room": begun(ends, frames[0][0])}
        assert ends.plane.forward(flow, frames[0], b"now") == []
        assert ends.plane.forward(flow, frames[1], b"now") == ["room"]
        assert len(ends.receive()) == 9


@pytest.mark.parametrize("name", NAMES)
def test_a_closed_plane_touches_no_socket(name: str) -> None:
    [frame] = film(frames=1)
    with Ends(name).connect() as ends:
        stream = begun(ends, frame[0])
        ends.plane.close()
        ends.plane.forward({"a": stream}, frame, b"now")
        assert not ends.receive() and ends.plane.sent == 0


def test_the_c_plane_does_not_believe_nonsense() -> None:
    [frame] = film(frames=1)
    with Ends("c").connect() as ends:
        line, start, stream = ends.line, Start(0, 0, 0, 0), begun(ends, frame[0])
        for block, at in ((bytes(600), UNTIMED), (bytes(8), 6), (bytes(3), 0), (b"", 0)):
            with pytest.raises(ValueError):
                ends.plane.stream(line, 1, block, at, start)
        for where in (("127.0.0.1", 70000, 0), ("nowhere", 1, 0), ("127.0.0.1", 1, 64)):
            with pytest.raises(ValueError):
                line.aim(where)
        with pytest.raises(ValueError):
            ends.plane.forward({"a": stream}, frame * (MOST // 5 + 1), b"now")
        with pytest.raises(TypeError):
            ends.plane.forward({"a": frame}, frame, b"now")  # type: ignore[dict-item]
        picture = frame[0].picture
        assert picture is not None
        for bad in (
            picture._replace(size=200),
            picture._replace(pid_at=5),
            picture._replace(tl0_at=0),
            picture._replace(pid_bits=9),
            picture._replace(tl0=256),
        ):
            with pytest.raises(ValueError):
                ends.plane.forward({"a": stream}, [frame[0]._replace(picture=bad)], b"now")


@pytest.mark.skipif(sys.platform != "linux", reason="the plane in C is for Linux")
def test_the_c_plane_writes_nowhere_it_should_not(tmp_path: Path) -> None:
    """The fuzz again, with every access checked."""
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
    run = subprocess.run(
        [sys.executable, "-c", RUNNER, str(built), *OPTIONS, __file__],
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

"""Real sound and pictures for the recorder's tests, encoded here and put into RTP packets."""

import itertools
import math
import subprocess
from array import array
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from struct import pack

import av
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext

MTU = 1000
_LIBVPX = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
FAST = {
    "libvpx": _LIBVPX,
    "libvpx-vp9": _LIBVPX,
    "libx264": {"preset": "ultrafast", "tune": "zerolatency"},
}


def rtp(seq: int, time: int, payload: bytes, *, marker: bool = False, ssrc: int = 7) -> bytes:
    second = (0x80 if marker else 0) | 96
    return pack("!BBHII", 0x80, second, seq & 0xFFFF, time & 0xFFFFFFFF, ssrc) + payload


def opus_tone(seconds: float, *, begins: float = 0.0, ends: float = 1e9) -> list[bytes]:
    """20 ms packets of silence, with a tone of 440 Hz from ``begins`` to ``ends``."""
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, AudioCodecContext)
    coder.sample_rate, coder.format, coder.layout, coder.bit_rate = 48000, "s16", "mono", 32000
    packets: list[bytes] = []
    for at in range(0, round(seconds * 48000), 960):
        times = ((at + n) / 48000 for n in range(960))
        wave = (math.sin(2 * math.pi * 440 * t) * (begins <= t < ends) for t in times)
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(array("h", (int(9000 * value) for value in wave)).tobytes())
        frame.sample_rate, frame.pts = 48000, at
        packets += [bytes(packet) for packet in coder.encode(frame)]
    return packets


def picture(coder_name: str, count: int, *, key_every: int, size: tuple[int, int]) -> list[bytes]:
    """``count`` pictures whose brightness rises, 25 a second."""
    coder = av.CodecContext.create(coder_name, "w")
    assert isinstance(coder, VideoCodecContext)
    coder.width, coder.height = size
    coder.pix_fmt, coder.time_base, coder.gop_size = "yuv420p", Fraction(1, 25), key_every
    coder.options = FAST[coder_name]
    found: list[bytes] = []
    for n in range(count):
        frame = av.VideoFrame(*size, "yuv420p")
        for plane, value in zip(frame.planes, _brightness(n), strict=True):
            plane.update(bytes([value, value + 9]) * (plane.buffer_size // 2))
        frame.pts, frame.time_base = n, Fraction(1, 25)
        found += [bytes(packet) for packet in coder.encode(frame)]
    return found


def _brightness(n: int) -> tuple[int, int, int]:
    return n * 5 % 200, 128, 128


def vp8(count: int, *, key_every: int = 50, size: tuple[int, int] = (320, 240)) -> list[bytes]:
    return picture("libvpx", count, key_every=key_every, size=size)


def vp8_payloads(frame: bytes, picture_id: int) -> Iterator[tuple[bytes, bool]]:
    """The payloads of a picture (RFC 7741), each with its marker."""
    for at in range(0, len(frame), MTU):
        first = 0x90 if at == 0 else 0x80
        descriptor = pack("!BBH", first, 0x80, 0x8000 | picture_id & 0x7FFF)
        yield descriptor + frame[at : at + MTU], at + MTU >= len(frame)


def h264(count: int, *, key_every: int = 50, size: tuple[int, int] = (320, 240)) -> list[bytes]:
    return picture("libx264", count, key_every=key_every, size=size)


def h264_payloads(frame: bytes) -> Iterator[tuple[bytes, bool]]:
    """The payloads of a picture (RFC 6184): STAP-A of what is small, FU-A of what is large."""
    units = [unit.rstrip(b"\0") for unit in frame.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")]
    units = [unit for unit in units if unit]
    small = [unit for unit in units[:-1] if len(unit) < 300]
    payloads = [b"\x78" + b"".join(pack("!H", len(u)) + u for u in small)] if small else []
    for unit in units[len(small) :]:
        payloads += fragments(unit)
    yield from ((p, n == len(payloads) - 1) for n, p in enumerate(payloads))


def fragments(unit: bytes) -> list[bytes]:
    if len(unit) <= MTU:
        return [unit]
    body, found = unit[1:], []
    for at in range(0, len(body), MTU):
        flags = (0x80 if at == 0 else 0) | (0x40 if at + MTU >= len(body) else 0)
        head = bytes([unit[0] & 0x60 | 28, flags | unit[0] & 0x1F])
        found.append(head + body[at : at + MTU])
    return found


def vp9(count: int, *, key_every: int = 50, size: tuple[int, int] = (320, 240)) -> list[bytes]:
    return picture("libvpx-vp9", count, key_every=key_every, size=size)


def vp9_payloads(frame: bytes, picture_id: int) -> Iterator[tuple[bytes, bool]]:
    """The payloads of a picture (RFC 9628) that is one frame."""
    predicted = 0x40 if frame[0] & 0x04 else 0
    for at in range(0, len(frame), MTU):
        last = at + MTU >= len(frame)
        flags = 0x80 | predicted | (0x08 if at == 0 else 0) | (0x04 if last else 0)
        descriptor = pack("!BH", flags, 0x8000 | picture_id & 0x7FFF)
        yield descriptor + frame[at : at + MTU], last


def av1(count: int, *, key_every: int = 50, size: tuple[int, int] = (320, 240)) -> list[bytes]:
    """As ``picture`` makes them.  By FFmpeg, since PyAV's AV1 makes a real-time process of ours."""
    width, height = size
    raw = (bytes([value, value + 9]) for n in range(count) for value in _brightness(n))
    areas = itertools.cycle((width * height, width * height // 4, width * height // 4))
    said = f"-f rawvideo -pix_fmt yuv420p -r 25 -s {width}x{height} -i - -f ivf -c:v libaom-av1"
    said += f" -g {key_every} -usage realtime -cpu-used 8 -lag-in-frames 0 -threads 1 -"
    pictures = b"".join(two * (area // 2) for two, area in zip(raw, areas, strict=False))
    command = ["ffmpeg", "-v", "error", *said.split()]
    made = subprocess.run(command, input=pictures, stdout=subprocess.PIPE, check=True).stdout
    with av.open(BytesIO(made), "r", "ivf") as file:
        return [bytes(packet) for packet in file.demux(video=0) if packet.size]


def av1_payloads(unit: bytes) -> Iterator[tuple[bytes, bool]]:
    """The payloads of a temporal unit: each OBU by itself, the large ones in fragments."""
    obus = [obu for obu in bare_obus(unit) if obu[0] >> 3 & 15 != 2]
    pieces = [
        (obu[at : at + MTU], at > 0, at + MTU < len(obu))
        for obu in obus
        for at in range(0, len(obu), MTU)
    ]
    new = obus[0][0] >> 3 & 15 == 1
    for n, (piece, continues, goes_on) in enumerate(pieces):
        head = continues << 7 | goes_on << 6 | 1 << 4 | (new and n == 0) << 3
        yield bytes((head,)) + piece, n == len(pieces) - 1


def bare_obus(unit: bytes) -> Iterator[bytes]:
    """The OBUs of a temporal unit as encoders give it, without their sizes."""
    at = 0
    while at < len(unit):
        head = 2 if unit[at] & 4 else 1
        size = shift = 0
        body = at + head
        while True:
            byte, body = unit[body], body + 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        yield bytes((unit[at] & 0xFD,)) + unit[at + 1 : at + head] + unit[body : body + size]
        at = body + size


def packets(
    codec: str,
    count: int,
    *,
    start: float = 0.0,
    key_every: int = 50,
    size: tuple[int, int] = (320, 240),
) -> list[tuple[float, bytes]]:
    """So many pictures of a codec, 25 a second, as they come to the tape."""
    coders = {"VP8": "libvpx", "VP9": "libvpx-vp9", "H264": "libx264"}
    if codec == "AV1":
        frames = av1(count, key_every=key_every, size=size)
    else:
        frames = picture(coders[codec], count, key_every=key_every, size=size)
    payloads = {
        "VP8": lambda: [list(vp8_payloads(frame, n)) for n, frame in enumerate(frames)],
        "VP9": lambda: [list(vp9_payloads(frame, n)) for n, frame in enumerate(frames)],
        "H264": lambda: [list(h264_payloads(frame)) for frame in frames],
        "AV1": lambda: [list(av1_payloads(unit)) for unit in frames],
    }
    return picture_packets(payloads[codec](), start=start)


def sound_packets(
    sounds: list[bytes], *, start: float, rtp0: int = 1000
) -> list[tuple[float, bytes]]:
    """Opus packets with their arrivals, from lesson second ``start`` on."""
    return [
        (start + n * 0.02, rtp(n, rtp0 + n * 960, sound, ssrc=5)) for n, sound in enumerate(sounds)
    ]


def picture_packets(
    payloads: list[list[tuple[bytes, bool]]], *, start: float, rtp0: int = 99
) -> list[tuple[float, bytes]]:
    """Packets of pictures, 25 a second, with their arrivals."""
    seq = itertools.count()
    return [
        (start + n * 0.04, rtp(next(seq), rtp0 + n * 3600, payload, marker=marker))
        for n, parts in enumerate(payloads)
        for payload, marker in parts
    ]


def vp8_packets(frames: list[bytes], *, start: float) -> list[tuple[float, bytes]]:
    payloads = [list(vp8_payloads(frame, n)) for n, frame in enumerate(frames)]
    return picture_packets(payloads, start=start)


def h264_packets(frames: list[bytes], *, start: float) -> list[tuple[float, bytes]]:
    return picture_packets([list(h264_payloads(frame)) for frame in frames], start=start)

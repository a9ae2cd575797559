"""Reads a client's one offer (RFC 8829, RFC 8866): what it would publish and what it can take."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from synclass.errors import Refused
from synclass.words import TrackName

from .codecs import Codec
from .orders import Kind

LARGEST = 256 * 1024  # characters; 29 sections of Chromium are 124 KB
SECTIONS = 64

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
EXTENSIONS: dict[Kind, tuple[str, ...]] = {
    "audio": (MID, TIME, LEVEL),
    "video": (MID, RID, REPAIRED, TIME),
}
_NAMES: dict[str, Codec] = {"opus/48000/2": "opus", "vp8/90000": "VP8", "h264/90000": "H264"}
_FITS: dict[Kind, tuple[Codec, ...]] = {"audio": ("opus",), "video": ("VP8", "H264")}
_TOKEN = re.compile(r"[A-Za-z0-9_.+-]{1,16}")
_HEX = re.compile(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}")
_LEVEL_ID = re.compile(r"profile-level-id=42([0-9a-f]{2})", re.IGNORECASE)


class Format(NamedTuple):
    """A codec as the client numbered it; ``rtx`` and ``red`` are 0 where it has none."""

    codec: Codec
    pt: int
    rtpmap: str
    fmtp: str
    rtx: int
    nack: bool
    red: int = 0
    """Copies of it inside its packets (RFC 2198)."""


class Section(NamedTuple):
    """One m-section.  ``use``: up (they publish), down (a slot), idle, or refused."""

    mid: str
    kind: str
    use: Literal["up", "down", "idle", "refused"]
    formats: list[Format]
    extensions: dict[str, int]
    rids: list[str]
    ssrcs: list[int]
    """Their media SSRCs, RTX left out, for clients that send no MID."""
    track: TrackName | None = None
    thin: bool = False
    """It would send long packets of few bits: its line is thin."""


class Offer(NamedTuple):
    sections: list[Section]
    fingerprint: str
    """sha-256, upper case with colons."""
    ufrag: str

    def shape(self) -> list[tuple[str, str, str]]:
        """What must not change while a peer lives: an ICE restart keeps it."""
        return [(section.mid, section.kind, section.use) for section in self.sections]


def read_offer(sdp: str) -> Offer:
    """Read an offer.

    Raises Refused: sdp-too-large, too-many-sections, sdp-nonsense, no-bundle, no-codec,
    no-fingerprint (sha-256 is the only one we take), dtls-role (we are always the server).
    """
    if len(sdp) > LARGEST:
        raise Refused("sdp-too-large", f"{len(sdp)} characters; the most is {LARGEST}")
    head, media = _split(sdp)
    if len(media) > SECTIONS:
        raise Refused("too-many-sections", f"{len(media)} sections; the most is {SECTIONS}")
    try:
        sections = _name(_read_section(lines) for lines in media)
    except (ValueError, IndexError) as error:
        raise Refused("sdp-nonsense", f"a line could not be read: {error}") from error
    _check(sections)
    lines = head + [line for part in media for line in part]
    return Offer(sections, _fingerprint(lines), _first(lines, "ice-ufrag"))


def _split(sdp: str) -> tuple[list[str], list[list[str]]]:
    if not sdp.startswith("v=0"):
        raise Refused("sdp-nonsense", "an offer begins with v=0")
    parts: list[list[str]] = [[]]
    for raw in sdp.split("\n"):
        line = raw.rstrip("\r")
        if line.startswith("m="):
            parts.append([])
        if line:
            parts[-1].append(line)
    return parts[0], parts[1:]


def _values(lines: Iterable[str], name: str) -> list[str]:
    start = f"a={name}:"
    return [line[len(start) :] for line in lines if line.startswith(start)]


def _first(lines: Iterable[str], name: str) -> str:
    found = _values(lines, name)
    if not found:
        raise Refused("sdp-nonsense", f"no a={name} line")
    return found[0]


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise Refused("sdp-nonsense", "a mid or rid of strange letters")
    return text


def _read_section(lines: list[str]) -> Section:
    kind, port, *_ = lines[0][2:].split()
    mid = _token(_first(lines, "mid"))
    stopped = port == "0" and "a=bundle-only" not in lines  # Firefox says 0 and means it not
    if kind not in ("audio", "video") or stopped:
        return Section(mid, kind, "refused", [], {}, [], [])
    media: Kind = "audio" if kind == "audio" else "video"
    formats = _formats(lines, media)
    if not formats:
        raise Refused("no-codec", f"{kind} needs one of {', '.join(_FITS[media])}")
    if "a=rtcp-mux" not in lines:
        raise Refused("sdp-nonsense", "rtcp-mux is needed")
    rids = [_token(v.split()[0]) for v in _values(lines, "rid") if v.split()[1:2] == ["send"]]
    section = Section(
        mid, kind, _use(lines), formats, _extensions(lines, media), rids, _ssrcs(lines)
    )
    return section._replace(thin="a=ptime:60" in lines)


def _use(lines: list[str]) -> Literal["up", "down", "idle"]:
    """A client that can do both (sendrecv, the default of RFC 8866 §6.7) publishes."""
    if "a=recvonly" in lines:
        return "down"
    return "idle" if "a=inactive" in lines else "up"


def _formats(lines: list[str], kind: Kind) -> list[Format]:
    """The codecs we can forward, in the client's order, each once."""
    maps = {int(v.split()[0]): v.split()[1] for v in _values(lines, "rtpmap")}
    fmtp = {int(v.split(" ", 1)[0]): v.split(" ", 1)[1] for v in _values(lines, "fmtp")}
    found: dict[Codec, Format] = {}
    for pt in map(int, lines[0].split()[3:]):
        codec = _NAMES.get(maps.get(pt, "").lower())
        if codec not in _FITS[kind] or codec is None or codec in found:
            continue
        if codec == "H264" and not _constrained_baseline(fmtp.get(pt, "")):
            continue
        rtx = next((p for p, text in fmtp.items() if _is_rtx_of(pt, text, maps.get(p, ""))), 0)
        nack = f"a=rtcp-fb:{pt} nack" in lines
        red = next((p for p, text in fmtp.items() if _is_red_of(pt, text, maps.get(p, ""))), 0)
        found[codec] = Format(codec, _pt(pt), maps[pt], fmtp.get(pt, ""), rtx, nack, red)
    return list(found.values())


def _pt(number: int) -> int:
    if not 0 <= number < 128:
        raise ValueError(f"payload type {number}")
    return number


def _is_rtx_of(pt: int, fmtp: str, rtpmap: str) -> bool:
    return rtpmap.lower() == "rtx/90000" and f"apt={pt}" in fmtp.split(";")


def _is_red_of(pt: int, fmtp: str, rtpmap: str) -> bool:
    return rtpmap.lower() == "red/48000/2" and fmtp.split("/")[:2] == [str(pt)] * 2


def _constrained_baseline(fmtp: str) -> bool:
    """Profile 42 with constraint_set1, and packetization mode 1 (RFC 6184 §8.1)."""
    level = _LEVEL_ID.search(fmtp)
    return "packetization-mode=1" in fmtp and level is not None and int(level[1], 16) & 0x40 > 0


def _extensions(lines: list[str], kind: Kind) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in _values(lines, "extmap"):
        number, uri = value.split()[:2]
        if uri in EXTENSIONS[kind] and 0 < int(number.split("/")[0]) < 256:
            found[uri] = int(number.split("/")[0])
    return found


def _ssrcs(lines: list[str]) -> list[int]:
    repairs = {int(v.split()[2]) for v in _values(lines, "ssrc-group") if v.startswith("FID ")}
    named = dict.fromkeys(int(v.split()[0]) for v in _values(lines, "ssrc"))
    return [ssrc for ssrc in named if ssrc not in repairs]


def _name(sections: Iterable[Section]) -> list[Section]:
    """The first audio they send is the voice, the first two videos are camera and content."""
    names: dict[str, list[TrackName]] = {"audio": ["voice"], "video": ["camera", "content"]}
    named = []
    for section in sections:
        free = names.get(section.kind, [])
        if section.use != "up":
            named.append(section)
        elif free:
            named.append(section._replace(track=free.pop(0)))
        else:
            named.append(section._replace(use="idle"))
    return named


def _check(sections: list[Section]) -> None:
    mids = [section.mid for section in sections]
    if not sections or all(section.use == "refused" for section in sections):
        raise Refused("sdp-nonsense", "there is nothing to send and nothing to receive")
    if len(set(mids)) != len(mids):
        raise Refused("sdp-nonsense", "two sections with one mid")


def _fingerprint(lines: list[str]) -> str:
    if "a=setup:passive" in lines:
        raise Refused("dtls-role", "we are the DTLS server: offer actpass or active")
    for value in _values(lines, "fingerprint"):
        name, _, digits = value.partition(" ")
        if name.lower() == "sha-256" and _HEX.fullmatch(digits.strip().upper()):
            return digits.strip().upper()
    raise Refused("no-fingerprint", "a sha-256 fingerprint is needed")

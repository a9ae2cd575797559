"""Reads a client's one offer (RFC 8829, RFC 8866): what it would publish and what it can take."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from synclass.errors import Refused
from synclass.words import TrackName

from .codecs import Codec
from .orders import Kind, Way

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
_FITS: dict[Kind, tuple[Codec, ...]] = {
    "audio": ("opus",),
    "video": ("VP8", "H264", "VP9", "AV1"),
}
_NAMES: dict[str, Codec] = {
    "opus/48000/2": "opus",
    **{f"{codec.lower()}/90000": codec for codec in _FITS["video"]},
}
_TOKEN = re.compile(r"[A-Za-z0-9_.+-]{1,16}")
_HEX = re.compile(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}")
_PROFILE = re.compile(r"profile-level-id=([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_OTHER_PROFILE = re.compile(r"(?:^|;)\s*profile(?:-id)?=(?!0\s*(?:;|$))")
"""Of VP9 and AV1: not the main one, which is 0 and need not be said."""


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
    repairs: dict[int, int]
    """By the SSRC of RTX: the one it repairs."""
    track: TrackName | None = None
    thin: bool = False
    """It would send long packets of few bits: its line is thin."""


class Offer(NamedTuple):
    sections: list[Section]
    fingerprint: str
    """sha-256, upper case with colons."""
    ufrag: str
    bundled: bool = True
    """Whether they offered a bundle: without, one section is all that one port can carry."""
    passive: bool = False
    """Whether they can only be called, and we must begin DTLS (FFmpeg's way)."""

    def shape(self) -> list[tuple[str, str, str]]:
        """What must not change while a peer lives: an ICE restart keeps it."""
        return [(section.mid, section.kind, section.use) for section in self.sections]


def read_offer(sdp: str, way: Way = "") -> Offer:
    """Read an offer.  Candidates are passed over: whoever checks us shows where they are.

    Raises Refused: sdp-too-large, too-many-sections, sdp-nonsense, no-bundle, no-codec, no-track,
    no-fingerprint (sha-256 is the only one we take).
    """
    if len(sdp) > LARGEST:
        raise Refused("sdp-too-large", f"{len(sdp)} characters; the most is {LARGEST}")
    head, media = _split(sdp)
    if len(media) > SECTIONS:
        raise Refused("too-many-sections", f"{len(media)} sections; the most is {SECTIONS}")
    try:
        sections = _name(_read_section(lines, way) for lines in media)
    except (ValueError, IndexError) as error:
        raise Refused("sdp-nonsense", f"a line could not be read: {error}") from error
    bundled = _bundle(head, sections)
    _check(sections, way)
    lines = head + [line for part in media for line in part]
    passive = "a=setup:passive" in lines
    return Offer(sections, _fingerprint(lines), _first(lines, "ice-ufrag"), bundled, passive)


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


def _read_section(lines: list[str], way: Way) -> Section:
    kind, port, *_ = lines[0][2:].split()
    mid = _token(_first(lines, "mid"))
    stopped = port == "0" and "a=bundle-only" not in lines  # Firefox says 0 and means it not
    if kind not in ("audio", "video") or stopped:
        return Section(mid, kind, "refused", [], {}, [], [], {})
    media: Kind = "audio" if kind == "audio" else "video"
    use = _use(lines, way)
    formats = _formats(lines, media, takes=use == "down")
    if not formats:
        raise Refused("no-codec", _told(lines, media))
    if "a=rtcp-mux" not in lines:
        raise Refused("sdp-nonsense", "rtcp-mux is needed")
    rids = [_token(v.split()[0]) for v in _values(lines, "rid") if v.split()[1:2] == ["send"]]
    repairs = _repairs(lines)
    ssrcs = [n for n in _numbers(_values(lines, "ssrc")) if n not in repairs]
    ids = _extensions(lines, media)
    section = Section(mid, kind, use, formats, ids, rids, ssrcs, repairs)
    return section._replace(thin="a=ptime:60" in lines)


def _use(lines: list[str], way: Way) -> Literal["up", "down", "idle"]:
    """A client that can do both (sendrecv, the default of RFC 8866 §6.7) publishes.

    But for a player: it may say sendrecv and means to receive (WHEP §4.2).
    """
    if "a=recvonly" in lines:
        return "down"
    if way == "whep":
        return "idle" if "a=inactive" in lines or "a=sendonly" in lines else "down"
    return "idle" if "a=inactive" in lines else "up"


def _formats(lines: list[str], kind: Kind, *, takes: bool) -> list[Format]:
    """The codecs we can forward, in the client's order, each once and in its best form."""
    maps = {int(v.split()[0]): v.split()[1] for v in _values(lines, "rtpmap")}
    fmtp = {int(v.split(" ", 1)[0]): v.split(" ", 1)[1] for v in _values(lines, "fmtp")}
    found: dict[Codec, tuple[int, Format]] = {}
    for pt in map(int, lines[0].split()[3:]):
        codec = _NAMES.get(maps.get(pt, "").lower())
        if codec is None or codec not in _FITS[kind]:
            continue
        fits = _fits(codec, fmtp.get(pt, ""), takes=takes)
        if fits <= (found[codec][0] if codec in found else 0):
            continue
        rtx = next((p for p, text in fmtp.items() if _is_rtx_of(pt, text, maps.get(p, ""))), 0)
        nack = f"a=rtcp-fb:{pt} nack" in lines
        red = next((p for p, text in fmtp.items() if _is_red_of(pt, text, maps.get(p, ""))), 0)
        form = Format(codec, _pt(pt), maps[pt], fmtp.get(pt, ""), rtx, nack, red)
        found[codec] = fits, form
    return [form for _, form in found.values()]


def _told(lines: list[str], kind: Kind) -> str:
    """Why none of the codecs of a section will do, for whoever set up the encoder."""
    names = dict.fromkeys(v.split()[1].split("/")[0] for v in _values(lines, "rtpmap"))
    offered = ", ".join(name[:20] for name in list(names)[:8]) or "nothing we know"
    return f"{kind} needs one of {', '.join(_FITS[kind])}; offered was {offered}"


def _pt(number: int) -> int:
    if not 0 <= number < 128:
        raise ValueError(f"payload type {number}")
    return number


def _is_rtx_of(pt: int, fmtp: str, rtpmap: str) -> bool:
    return rtpmap.lower() == "rtx/90000" and f"apt={pt}" in fmtp.split(";")


def _is_red_of(pt: int, fmtp: str, rtpmap: str) -> bool:
    return rtpmap.lower() == "red/48000/2" and fmtp.split("/")[:2] == [str(pt)] * 2


def _fits(codec: Codec, fmtp: str, *, takes: bool) -> int:
    """How well a form of a codec fits, 0: not at all."""
    if codec == "H264":
        return _fits_h264(fmtp, takes=takes)
    return 0 if codec in {"VP9", "AV1"} and _OTHER_PROFILE.search(fmtp) else 1


def _fits_h264(fmtp: str, *, takes: bool) -> int:
    """The same for H.264 (RFC 6184 §8.1).

    Best is what every browser decodes, constrained baseline in packetization mode 1.  Decoders
    take the other profiles as well, so an encoder that has no choice may send them; to a client
    that takes only mode 0 nothing can be sent, for frames come in fragments.
    """
    profile = _PROFILE.search(fmtp)
    if "packetization-mode=1" not in fmtp:
        return 0 if takes else 1
    baseline = profile and profile[1] == "42" and int(profile[2], 16) & 0x40
    return 3 if baseline else 2


def _extensions(lines: list[str], kind: Kind) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in _values(lines, "extmap"):
        number, uri = value.split()[:2]
        if uri in EXTENSIONS[kind] and 0 < int(number.split("/")[0]) < 256:
            found[uri] = int(number.split("/")[0])
    return found


def _numbers(values: Iterable[str]) -> list[int]:
    """What the lines begin with, each once."""
    return list(dict.fromkeys(int(value.split()[0]) for value in values))


def _repairs(lines: list[str]) -> dict[int, int]:
    groups = [v.split()[1:3] for v in _values(lines, "ssrc-group") if v.startswith("FID ")]
    return {int(rtx): int(media) for media, rtx in groups}


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


def _bundle(head: list[str], sections: list[Section]) -> bool:
    """Is there a bundle?  Raises Refused("no-bundle") where one port would not do without."""
    group = next((v.split()[1:] for v in _values(head, "group") if v.startswith("BUNDLE")), [])
    live = [section.mid for section in sections if section.use != "refused"]
    if len(live) > 1 and not set(live) <= set(group):
        raise Refused("no-bundle", "all sections must be in one bundle: we have one port")
    return bool(group)


def _check(sections: list[Section], way: Way) -> None:
    mids = [section.mid for section in sections]
    if not sections or all(section.use == "refused" for section in sections):
        raise Refused("sdp-nonsense", "there is nothing to send and nothing to receive")
    if len(set(mids)) != len(mids):
        raise Refused("sdp-nonsense", "two sections with one mid")
    wanted = {"whip": "up", "whep": "down"}.get(way)
    if wanted and not any(section.use == wanted for section in sections):
        word = "publish" if wanted == "up" else "receive"
        raise Refused("no-track", f"there is nothing here that you would {word}")


def _fingerprint(lines: list[str]) -> str:
    for value in _values(lines, "fingerprint"):
        name, _, digits = value.partition(" ")
        if name.lower() == "sha-256" and _HEX.fullmatch(digits.strip().upper()):
            return digits.strip().upper()
    raise Refused("no-fingerprint", "a sha-256 fingerprint is needed")

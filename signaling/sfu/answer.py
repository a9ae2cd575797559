"""Writes the one answer to a client's offer; each line was cut out in turn to see who needs it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .sdp import EXTENSIONS, Format, Offer, Section

_VIDEO_FEEDBACK = ("goog-remb", "nack", "nack pli", "ccm fir")
_VOICE = "maxaveragebitrate=20000"
"""A voice with two copies stays under 100 kbit/s; speech is not heard to gain by more."""
_THIN_VOICE = "maxaveragebitrate=16000;usedtx=1"
"""With packets of 60 ms Chromium's voice is 20 kbit/s on the wire instead of 45 (measured)."""
_DIRECTION = {"up": "recvonly", "down": "sendonly", "idle": "inactive"}


class Door(NamedTuple):
    """Where and as whom we can be reached."""

    hosts: Sequence[str]
    """IP addresses to advertise, best first."""
    port: int
    fingerprint: str
    """sha-256 of our certificate."""


def write_answer(
    offer: Offer,
    door: Door,
    *,
    ufrag: str,
    pwd: str,
    slots: Mapping[str, tuple[int, int]],
    stock: bool = False,
) -> str:
    """The answer, sections in the offer's order.

    ``slots`` gives each down section's (SSRC, RTX SSRC) by mid.  No transport-cc: without it
    Chromium and Firefox send REMB.  For ``stock`` clients each section has the candidates (some
    read those of the last) and all of them are one stream (players show the first).
    """
    mids = [section.mid for section in offer.sections if section.use != "refused"]
    lines = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=ice-lite"]
    lines += [*_bundle(offer), "a=extmap-allow-mixed", "a=msid-semantic: WMS *"]
    for section in offer.sections:
        if section.use == "refused":
            lines += _refusal(section)
            continue
        lines += _head(section, door, ufrag, pwd)
        lines.append("a=setup:active" if offer.passive else "a=setup:passive")
        lines += _candidates(door) if stock or section.mid == mids[0] else []
        lines += _codecs(section)
        lines += ["a=ptime:60"] if section.thin and section.use == "up" else []
        lines += [f"a=extmap:{number} {uri}" for uri, number in section.extensions.items()]
        lines += _simulcast(section) if section.use == "up" else []
        if section.use == "down":
            stream = "lesson" if stock else f"slot{section.mid}"
            lines += [f"a=msid:{stream} slot{section.mid}", *_slot(section, slots[section.mid])]
    return "\r\n".join(lines) + "\r\n"


def write_fragment(offer: Offer, door: Door, *, ufrag: str, pwd: str) -> str:
    """What a restarted ICE session is told: the answer's lines about ICE alone.

    Candidates stand below a section (RFC 8840 §9); the first is the bundle's.
    """
    first = next(section for section in offer.sections if section.use != "refused")
    lines = ["a=ice-lite", *_bundle(offer), _media(first, door), f"a=mid:{first.mid}"]
    lines += [f"a=ice-ufrag:{ufrag}", f"a=ice-pwd:{pwd}", *_candidates(door)]
    return "\r\n".join(lines) + "\r\n"


def _bundle(offer: Offer) -> list[str]:
    mids = [section.mid for section in offer.sections if section.use != "refused"]
    return ["a=group:BUNDLE " + " ".join(mids)] if offer.bundled else []


def _media(section: Section, door: Door) -> str:
    pts = [str(pt) for form in chosen(section) for pt in (form.red, form.pt, form.rtx) if pt]
    return f"m={section.kind} {door.port} UDP/TLS/RTP/SAVPF {' '.join(pts)}"


def chosen(section: Section) -> list[Format]:
    """What is answered: the first codec where it sends, all we can send where it takes.

    Which is first, choice.py says.  A slot may show tracks of different codecs, one after another.
    """
    return section.formats if section.use == "down" else section.formats[:1]


def _refusal(section: Section) -> list[str]:
    """A port of 0 refuses a section (RFC 3264 §6); it stays out of the bundle."""
    protocol = (
        "UDP/TLS/RTP/SAVPF 0" if section.kind in EXTENSIONS else "UDP/DTLS/SCTP webrtc-datachannel"
    )
    return [f"m={section.kind} 0 {protocol}", "c=IN IP4 0.0.0.0", f"a=mid:{section.mid}"]


def _head(section: Section, door: Door, ufrag: str, pwd: str) -> list[str]:
    return [
        _media(section, door),
        f"c=IN IP4 {door.hosts[0]}",
        f"a=mid:{section.mid}",
        f"a={_DIRECTION[section.use]}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=ice-ufrag:{ufrag}",
        f"a=ice-pwd:{pwd}",
        f"a=fingerprint:sha-256 {door.fingerprint}",
    ]


def _candidates(door: Door) -> list[str]:
    """Host candidates; the local preference falls with each (RFC 8445 §5.1.2.1)."""
    lines = []
    for n, host in enumerate(door.hosts):
        priority = 126 << 24 | (65535 - n) << 8 | 255
        lines.append(f"a=candidate:{n + 1} 1 udp {priority} {host} {door.port} typ host")
    return [*lines, "a=end-of-candidates"]


def _codecs(section: Section) -> list[str]:
    lines = []
    for form in chosen(section):
        lines.append(f"a=rtpmap:{form.pt} {form.rtpmap}")
        if fmtp := _fmtp(section, form):
            lines.append(f"a=fmtp:{form.pt} {fmtp}")
        if form.red:
            lines += [f"a=rtpmap:{form.red} red/48000/2", f"a=fmtp:{form.red} {form.pt}/{form.pt}"]
        if form.rtx:
            lines += [f"a=rtpmap:{form.rtx} rtx/90000", f"a=fmtp:{form.rtx} apt={form.pt}"]
        if section.kind == "video":
            lines += [f"a=rtcp-fb:{form.pt} {name}" for name in _VIDEO_FEEDBACK]
        elif form.nack:
            lines.append(f"a=rtcp-fb:{form.pt} nack")
    return lines


def _fmtp(section: Section, form: Format) -> str:
    """As offered; a voice that is sent to us is told how many bits it may have."""
    if section.kind == "video" or section.use != "up":
        return form.fmtp
    return ";".join(filter(None, (form.fmtp, _THIN_VOICE if section.thin else _VOICE)))


def _simulcast(section: Section) -> list[str]:
    if not section.rids:
        return []
    rids = [f"a=rid:{rid} recv" for rid in section.rids]
    return [*rids, "a=simulcast:recv " + ";".join(section.rids)]


def _slot(section: Section, ssrcs: tuple[int, int]) -> list[str]:
    media, rtx = ssrcs
    if not any(form.rtx for form in section.formats):
        return [f"a=ssrc:{media} cname:room"]
    return [
        f"a=ssrc-group:FID {media} {rtx}",
        f"a=ssrc:{media} cname:room",
        f"a=ssrc:{rtx} cname:room",
    ]

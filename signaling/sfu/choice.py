"""With which of its codecs a publisher is answered: one that everybody here can decode."""

from collections.abc import Collection, Iterable, Sequence

from synclass.errors import Refused

from .codecs import Codec
from .orders import owner
from .peer import Peer
from .sdp import Format, Offer, Section


def choose(offer: Offer, takers: Sequence[Collection[Codec]]) -> Offer:
    """Put first in each section they send what most can take, of those what they like best.

    A client that likes VP8 best, as browsers do, gets VP8.  Who comes later may yet lack what was
    chosen: such a room is named to the publisher (blind.py).
    """
    return _lead(offer, {s.mid: _liked(s.formats, takers) for s in offer.sections if s.track})


def keep(offer: Offer, peer: Peer) -> Offer:
    """The same choice again, for an offer of a client that has been answered before.

    Raises Refused("sections-changed") where it no longer has that codec.
    """
    return _lead(offer, {mid: track.codec for mid, track in peer.tracks.items()})


def tastes(peers: Iterable[Peer], who: str) -> list[Collection[Codec]]:
    """What each of the others' slots for pictures take; nobody is shown herself."""
    others = [peer for peer in peers if owner(peer.who) != owner(who)]
    slots = (next((s for s in peer.slots if s.form.kind == "video"), None) for peer in others)
    return [slot.form.pts.keys() for slot in slots if slot]


def _liked(formats: list[Format], takers: Sequence[Collection[Codec]]) -> Codec:
    def able(form: Format) -> int:
        return sum(form.codec in codecs for codecs in takers)

    return max(formats, key=able).codec  # of equals the first


def _lead(offer: Offer, chosen: dict[str, Codec]) -> Offer:
    sections = [_first(s, chosen[s.mid]) if s.mid in chosen else s for s in offer.sections]
    return offer._replace(sections=sections)


def _first(section: Section, codec: Codec) -> Section:
    if all(form.codec != codec for form in section.formats):
        raise Refused("sections-changed", f"{section.kind} was {codec}, and is not any more")
    formats = sorted(section.formats, key=lambda form: form.codec != codec)
    return section._replace(formats=formats)

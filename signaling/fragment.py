"""The conditions and bodies of a PATCH to a WHIP or WHEP session (RFC 8840 §9, RFC 9110 §13)."""

import re
from typing import NamedTuple

from synclass.errors import Malformed

_ICE = re.compile(r"a=ice-(ufrag|pwd):([A-Za-z0-9+/=_-]{1,256})")  # RFC 8839 §5.4, and some slack


class Fragment(NamedTuple):
    """The client's ICE credentials, "" where the fragment has none.

    Candidates are passed over: a server that only answers checks needs none (RFC 8445 §2.5).
    """

    ufrag: str
    pwd: str


def read_fragment(text: str) -> Fragment:
    """Read an ``application/trickle-ice-sdpfrag``; raises Malformed."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not re.match(r"[a-z]=", line):
            raise Malformed("a line that is no SDP")
        if line.startswith(("a=ice-ufrag:", "a=ice-pwd:")):
            credential = _ICE.fullmatch(line.strip())
            if credential is None:
                raise Malformed("ICE credentials of strange letters")
            found.setdefault(credential[1], credential[2])
    if len(found) == 1:
        raise Malformed("an ice-ufrag and an ice-pwd come together")
    return Fragment(found.get("ufrag", ""), found.get("pwd", ""))


def matches(condition: str, etag: str) -> bool:
    """Does an If-Match hold?  Compared strongly: a weak tag never matches (RFC 9110 §8.8.3.2).

    Any session is ``*``, but ``"*"`` in the example of RFC 9725 §4.3.3, and so in clients.
    """
    tags = [tag.strip() for tag in condition.split(",")]
    return not {"*", '"*"', etag}.isdisjoint(tags)


def ufrag_of(sdp: str) -> str:
    """The first ICE user name of an SDP, "" without one."""
    found = re.search(r"^a=ice-ufrag:(\S{1,256})", sdp, re.MULTILINE)
    return found[1] if found else ""

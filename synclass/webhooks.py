"""What programs of others are told of: signed as Standard Webhooks says, and told again for days.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Collection
from enum import StrEnum
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from msgspec import Struct

from .errors import Refused

PREFIX = "whsec_"
LONGEST_URL = 500  # characters
WAITS = (5.0, 60.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0)
"""Seconds from each try that failed to the next; after the last it is given up: three days."""
NAT64 = IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 reaches all of it (RFC 6052 §2.1)."""
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Event(StrEnum):
    STARTED = "lesson.started"
    ENDED = "lesson.ended"
    RECORDED = "lesson.recorded"
    """The recording is whole and signed."""
    HANDED_IN = "homework.handed-in"
    PING = "webhook.ping"
    """An administrator wants to see whether it arrives."""


LESSON = (Event.STARTED, Event.ENDED, Event.RECORDED)
CHOICES = (*LESSON, Event.HANDED_IN)
"""What a webhook may be made for."""


class Webhook(Struct, frozen=True):
    """An address that is told of some events."""

    id: str
    url: str
    events: list[str]
    school: str
    """The name of the only school of whose teachers' lessons it is told; "" is the district."""
    secret: str
    """As it lies in the registry: sealed by the server's key."""
    by: str
    """The account that made it."""
    made_at: float


class News(Struct, frozen=True):
    """Something happened; it is kept until it is known who is to be told."""

    id: str
    """The same, however often it is said."""
    event: Event
    lesson: str
    at: float
    """Unix seconds."""
    homework: str = ""
    work: str = ""


class Delivery(Struct, frozen=True):
    """One message to one webhook."""

    id: str
    """What the receiver tells a repetition by."""
    hook: str
    event: str
    lesson: str
    body: str
    made_at: float
    tries: int = 0
    next_at: float = 0.0
    """When it is tried next, 0 where it is not: it arrived, or was given up."""
    tried_at: float = 0.0
    answer: str = ""
    """Of the last try: a status, or a word for what went wrong."""
    done_at: float = 0.0
    """When it arrived, 0 where it did not."""


def bell_rang(event: Event, lesson: str, at: float) -> list[News]:
    """What there is to tell of a bell; an ended lesson will be a recording, too."""
    news = [News(f"{lesson} {event}", event, lesson, at)]
    if event is Event.ENDED:
        news.append(News(f"{lesson} {Event.RECORDED}", Event.RECORDED, lesson, at))
    return news


def message_id(hook: str, news: str) -> str:
    """Of what one webhook is told of one piece of news: the same, however often it is made."""
    return "msg_" + hashlib.sha256(f"{hook} {news}".encode()).hexdigest()[:24]


def spelt(secret: bytes) -> str:
    """The secret as both sides keep it."""
    return PREFIX + base64.b64encode(secret).decode()


def signed(secret: str, id_: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers that a message is known by."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a secret is whsec_ and base64") from error
    found = hmac.digest(key, b"%s.%d.%s" % (id_.encode(), at, body), "sha256")
    signature = "v1," + base64.b64encode(found).decode()
    return {"webhook-id": id_, "webhook-timestamp": str(at), "webhook-signature": signature}


def networks(written: Collection[str]) -> list[Network]:
    """``10.0.0.0/8``, ``192.168.1.7``; raises ValueError."""
    return [ip_network(one, strict=False) for one in written]


def checked_url(url: str, allowed: Collection[Network] = ()) -> str:
    """Raises Refused("bad-url"), ("address-refused") where it names an address of our own house."""
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not plain or len(url) > LONGEST_URL:
        raise Refused("bad-url", f"at most {LONGEST_URL} characters, none of them a blank")
    try:
        parts, host = urlsplit(url), urlsplit(url).hostname
        port = parts.port
    except ValueError as error:
        raise Refused("bad-url", str(error)) from error
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise Refused("bad-url", "an address begins with https:// or http://")
    if parts.username is not None or parts.fragment:
        raise Refused("bad-url", "an address has no name, password or # in it")
    check_host(host, allowed)
    return url


def check_host(host: str, allowed: Collection[Network]) -> None:
    """Raises Refused("address-refused"); a name is looked at when it has become an address."""
    try:
        address = ip_address(host)
    except ValueError:
        near = host.rstrip(".").lower()
        if (near == "localhost" or near.endswith(".localhost")) and not _local(allowed):
            raise Refused("address-refused", "this is the server itself") from None
        return
    if not may_reach(address, allowed):
        raise Refused("address-refused", f"{host} is an address of our own network")


def may_reach(address: Address, allowed: Collection[Network] = ()) -> bool:
    """Whether it is one of the internet's, or the operator allowed it.

    An IPv4 address in the clothes of an IPv6 one is looked at as what it is.
    """
    inner = _inner(address)
    if any(one.version == allow.version and one in allow for one in inner for allow in allowed):
        return True
    return all(one.is_global and not one.is_multicast for one in inner)


def _inner(address: Address) -> list[Address]:
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour:
        return [address.sixtofour]
    return list(address.teredo) if address.teredo else [address]


def _local(allowed: Collection[Network]) -> bool:
    return any(IPv4Address("127.0.0.1") in allow for allow in allowed if allow.version == 4)

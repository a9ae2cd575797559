"""The one place that reaches into aioice and aiortc: candidates on one machine, and thrift."""

import ipaddress
from pathlib import Path
from ssl import SSLContext, VerifyFlags, create_default_context
from urllib.parse import urlsplit

import aioice.ice
from aiortc.codecs import vpx

LOOPBACK = "127.0.0.1"
SMALL = 200_000  # bit/s a robot's picture begins with: it is a drawing, and there are four of them
SMALLEST = 60_000
LOST_AFTER = 2  # unanswered consent checks, five seconds apart: then the call is made anew

_host_addresses = aioice.ice.get_host_addresses


def prepare(url: str) -> None:
    """Make stock aiortc fit for robots that may be on the server's own machine.

    aioice offers no loopback candidates, so on a machine without a network nothing connects
    (measured); and aiortc has no setting for a sender's bit rate.
    """
    if _is_here(urlsplit(url).hostname or ""):
        aioice.ice.get_host_addresses = _with_loopback
    aioice.ice.CONSENT_FAILURES = LOST_AFTER
    vpx.DEFAULT_BITRATE = SMALL
    vpx.MIN_BITRATE = SMALLEST


def _with_loopback(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    return [*_host_addresses(use_ipv4, False), *([LOOPBACK] if use_ipv4 else [])]


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trusting(certificate: Path) -> SSLContext:
    """Believe this certificate, or whom this authority has signed, whatever name was asked for.

    Robots call the machine they run on ``localhost``, which a school's certificate need not name.
    """
    context = create_default_context(cafile=certificate)
    context.check_hostname = False
    context.verify_flags |= VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    return context

"""A message is signed so that others know it, and no address leads into our own house."""

from ipaddress import ip_address

import pytest

from synclass.errors import Refused
from synclass.webhooks import (
    WAITS,
    Event,
    bell_rang,
    checked_url,
    may_reach,
    message_id,
    networks,
    signed,
    spelt,
)

DAY = 86400.0


def test_a_signature_is_the_one_the_specification_has() -> None:
    """The example of https://github.com/standard-webhooks/standard-webhooks, found in its tests."""
    headers = signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert spelt(b"1\xf2\x90\xf6") == "whsec_MfKQ9g=="


def test_what_is_told_again_has_the_same_id_and_no_other_has() -> None:
    ended, recorded = bell_rang(Event.ENDED, "fractions", 1.0)
    assert [ended.event, recorded.event] == [Event.ENDED, Event.RECORDED]
    [again, _] = bell_rang(Event.ENDED, "fractions", 2.0)
    ids = [message_id("one", ended.id), message_id("one", again.id)]
    others = [message_id("two", ended.id), message_id("one", recorded.id)]
    assert ids[0] == ids[1] and ids[0] not in others


def test_it_is_tried_at_once_soon_and_then_for_days() -> None:
    assert list(WAITS) == sorted(WAITS) and WAITS[0] < 10
    assert 2 * DAY < sum(WAITS) < 4 * DAY


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.cn/", "https:///x", "//a.cn/x", "javascript:alert(1)", "https://a.cn:0/"),
        *("https://wang:secret@a.cn/", "https://a.cn/#top", "https://a.cn/ x", "https://课.cn/"),
        *(
            "http://a.cn:99999/",
            "http://[::1/",
            "https://a.cn\\@b.cn/",
            "https://a.cn/" + "x" * 500,
        ),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_url(url)
    assert refused.value.code == "bad-url"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]"),
        *("[fe80::1]", "[fd00::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]"),
        *("[64:ff9b::a00:1]", "[2002:a00:1::]", "localhost", "a.localhost", "LOCALHOST."),
    ],
)
def test_an_address_of_our_own_network_is_refused(host: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_url(f"http://{host}/told")
    assert refused.value.code == "address-refused"


@pytest.mark.parametrize(
    "url",
    [
        *("https://office.example.cn/hooks/synclass?from=town", "http://8.8.8.8:8080/"),
        *("https://[2400:3200::1]/", "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::808:808]/"),
    ],
)
def test_an_address_of_the_internet_is_not(url: str) -> None:
    assert checked_url(url) == url


def test_the_operator_says_which_networks_may_be_reached_too() -> None:
    allowed = networks(["10.0.0.0/8", "fd00::/8", "127.0.0.1"])
    for url in ("http://10.1.2.3/", "http://[fd00::1]/", "http://127.0.0.1/", "http://localhost/"):
        assert checked_url(url, allowed) == url
    assert may_reach(ip_address("::ffff:10.0.0.1"), allowed)
    assert not may_reach(ip_address("192.168.1.1"), allowed)
    with pytest.raises(ValueError, match="does not appear"):
        networks(["the village"])


def test_a_secret_that_is_none_signs_nothing() -> None:
    with pytest.raises(ValueError, match="whsec_"):
        signed("whsec_*", "msg_1", 1, b"{}")

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.fragment import Fragment, matches, read_fragment, ufrag_of
from synclass.errors import Malformed

TRICKLE = (
    "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n"
    "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\na=end-of-candidates\r\n"
)


def test_a_fragment_tells_the_ice_credentials() -> None:
    assert read_fragment(TRICKLE) == Fragment("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1")
    assert read_fragment("m=audio 9 RTP/AVP 0\na=mid:0\na=end-of-candidates") == Fragment("", "")


@pytest.mark.parametrize(
    "text",
    ["a=ice-ufrag:only", "a=ice-pwd:only", "a=ice-ufrag:a b\r\na=ice-pwd:c", "no SDP at all"],
)
def test_half_a_credential_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        read_fragment(text)


@given(st.text(max_size=300))
def test_any_text_is_a_fragment_or_malformed(text: str) -> None:
    with suppress(Malformed):
        assert isinstance(read_fragment(text), Fragment)


def test_a_condition_holds_for_the_same_session_and_for_any() -> None:
    assert matches('"abc"', '"abc"') and matches("*", '"abc"')
    assert matches('"*"', '"abc"')
    assert matches('"old", "abc"', '"abc"')
    assert not matches('"old"', '"abc"') and not matches('W/"abc"', '"abc"')


def test_the_first_user_name_is_the_sections_all_have() -> None:
    assert ufrag_of("v=0\r\na=ice-ufrag:one\r\na=ice-ufrag:two\r\n") == "one"
    assert ufrag_of("v=0\r\n") == ""

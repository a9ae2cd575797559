"""An ID token opens nothing unless it is ours, of now, and of this very login."""

from typing import Any

import pytest

from synclass.errors import Refused
from synclass.identity import challenge, checked_address, checked_subject

NOW = 1_000_000.0
GOOD = {
    **{"iss": "https://login.example.cn", "aud": "synclass", "sub": "0815"},
    **{"exp": NOW + 300, "iat": NOW - 2, "nonce": "n"},
}


def subject(**claims: Any) -> str:
    return checked_subject(
        {name: value for name, value in (GOOD | claims).items() if value is not None},
        issuer="https://login.example.cn",
        client="synclass",
        nonce="n",
        now=NOW,
    )


@pytest.mark.parametrize(
    "claims",
    [
        *({}, {"aud": ["synclass"]}, {"aud": ["other", "synclass"], "azp": "synclass"}),
        *({"exp": NOW - 59}, {"iat": NOW + 59}),
    ],
)
def test_a_good_token_says_who_it_is(claims: dict[str, Any]) -> None:
    assert subject(**claims) == "0815"


@pytest.mark.parametrize(
    "claims",
    [
        *({"iss": "https://login.example.cn/"}, {"iss": None}, {"aud": "other"}, {"aud": None}),
        *({"aud": ["synclass", "other"]}, {"aud": []}, {"azp": "other"}, {"aud": {"synclass": 1}}),
        *({"exp": NOW - 61}, {"exp": None}, {"exp": "never"}, {"exp": True}, {"iat": NOW + 61}),
        *({"iat": NOW - 700}, {"iat": None}, {"nonce": "m"}, {"nonce": None}, {"nonce": ""}),
        *({"sub": None}, {"sub": ""}, {"sub": 815}, {"sub": "x" * 256}, {"exp": float("nan")}),
    ],
)
def test_any_other_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        subject(**claims)
    assert refused.value.code == "bad-identity"


def test_a_provider_is_asked_by_https_unless_it_is_on_this_machine() -> None:
    for good in ("https://login.example.cn/keys", "http://127.0.0.1:8080/", "http://localhost/"):
        assert checked_address(good) == good
    for bad in ("http://login.example.cn/", "file:///etc/passwd", "", None, "https:///x"):
        with pytest.raises(Refused):
            checked_address(bad)


def test_the_proof_of_a_browser_is_that_of_the_rfc() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

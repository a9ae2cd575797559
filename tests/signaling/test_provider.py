"""What a provider says is believed when it is signed with a key of its own, old keys and new."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from msgspec import structs

from signaling import provider as providers
from signaling.provider import Oidc, Provider
from synclass.errors import Refused, Unavailable
from synclass.tickets import Attempt

from ..oidc import CLIENT, SECRET, Bureau

BACK = "http://localhost/api/oidc/back"
ATTEMPT = Attempt("state", "nonce", "verifier" * 6, time.time() + 600)


@pytest.fixture
async def bureau() -> AsyncIterator[Bureau]:
    async with Bureau() as bureau:
        yield bureau


def provider_of(bureau: Bureau) -> Provider:
    return Provider(Oidc(bureau.issuer, CLIENT, SECRET))


async def code_of(provider: Provider, attempt: Attempt = ATTEMPT) -> str:
    """What the browser brings back."""
    async with (
        ClientSession() as browser,
        browser.get(await provider.address(attempt, BACK), allow_redirects=False) as answer,
    ):
        return answer.headers["Location"].partition("code=")[2].partition("&")[0]


async def identity(provider: Provider, attempt: Attempt = ATTEMPT) -> str:
    return (await provider.identity(attempt, await code_of(provider), BACK))[0]


async def test_somebody_is_who_the_provider_says(bureau: Bureau) -> None:
    assert await identity(provider_of(bureau)) == "2026-0815"


async def test_a_new_key_is_looked_for_and_an_unknown_one_seldom(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = provider_of(bureau)
    await identity(provider)
    bureau.rotate()
    with pytest.raises(Refused):
        await identity(provider)
    assert bureau.keys_asked == 1, "it was asked a moment ago"
    monkeypatch.setattr(providers, "REFRESH", 0.0)
    assert await identity(provider) == "2026-0815"
    assert bureau.keys_asked == 2


Lie = Callable[[Bureau], Callable[[dict[str, Any]], str]]


@pytest.mark.parametrize(
    "lie",
    [
        lambda bureau: bureau.unsigned,
        lambda bureau: bureau.signed_by_our_secret,
        lambda bureau: bureau.signed_by_public_key,
        lambda bureau: bureau.signed_by_another,
        lambda bureau: lambda claims: "no.token.atall",
        lambda bureau: lambda claims: bureau.sign(claims)[:-4] + "AAAA",
    ],
)
async def test_a_signature_that_is_not_its_own_is_refused(bureau: Bureau, lie: Lie) -> None:
    bureau.signed = lie(bureau)
    with pytest.raises(Refused) as refused:
        await identity(provider_of(bureau))
    assert refused.value.code == "bad-identity"


async def test_a_code_is_good_for_the_browser_that_began_and_once(bureau: Bureau) -> None:
    provider = provider_of(bureau)
    code = await code_of(provider)
    for verifier in ("another" * 7, ATTEMPT.verifier):
        attempt = structs.replace(ATTEMPT, verifier=verifier)
        with pytest.raises(Refused) as refused:
            await provider.identity(attempt, code, BACK)
        assert refused.value.code == "bad-identity"


async def test_one_that_says_it_is_another_is_not_asked_further(bureau: Bureau) -> None:
    near = bureau.issuer.replace("127.0.0.1", "localhost")
    with pytest.raises(Refused) as refused:
        await Provider(Oidc(near, CLIENT, SECRET)).address(ATTEMPT, BACK)
    assert refused.value.code == "bad-provider"


async def test_one_that_is_away_may_be_tried_again(bureau: Bureau) -> None:
    provider = provider_of(bureau)
    await bureau.__aexit__()
    with pytest.raises(Unavailable):
        await provider.address(ATTEMPT, BACK)

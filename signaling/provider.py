"""A provider of logins: what it says of itself, its keys, and whom it says somebody is."""

import base64
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, GuestProtocol, KeySet, RSAKey
from msgspec import DecodeError, Struct, json

from synclass.errors import Refused, Unavailable
from synclass.identity import ALGORITHMS, challenge, checked_address, checked_subject
from synclass.tickets import Attempt

PATIENCE = 10.0  # seconds for an answer of the provider's
LONGEST = 256 * 1024  # bytes of one
FRESH = 3600.0  # seconds that what it says of itself, and its keys, are believed
REFRESH = 30.0  # seconds between two looks at its keys, whatever keys are named to us
WELL_KNOWN = "/.well-known/openid-configuration"
AWAY = "the provider of logins cannot be reached"


class Oidc(Struct, frozen=True):
    """What the operator said of it."""

    issuer: str
    client: str
    secret: str
    name: str = ""
    """What people call it, for the button."""
    claim: str = ""
    """The claim that is an account's name; without it only subjects that were linked come in."""


class Provider:
    """Its endpoints and keys are asked for when they are needed, and kept for a while."""

    def __init__(self, oidc: Oidc) -> None:
        self.oidc = oidc
        self._about: dict[str, Any] = {}
        self._about_at = self._keys_at = float("-inf")
        self._keys = KeySet([])

    async def address(self, attempt: Attempt, back: str) -> str:
        """Where the browser is sent (OpenID Connect Core §3.1.2.1, RFC 7636)."""
        asked = {
            **{"response_type": "code", "client_id": self.oidc.client, "redirect_uri": back},
            **{"scope": "openid profile", "state": attempt.state, "nonce": attempt.nonce},
            **{"code_challenge": challenge(attempt.verifier), "code_challenge_method": "S256"},
        }
        at = checked_address((await self._discovered()).get("authorization_endpoint"))
        return f"{at}{'&' if '?' in at else '?'}{urlencode(asked)}"

    async def identity(self, attempt: Attempt, code: str, back: str) -> tuple[str, dict[str, Any]]:
        """(subject, claims) of whoever came back with this code.

        Raises Refused: bad-identity, bad-provider; Unavailable("provider").
        """
        answer = await self._exchange(attempt, code, back)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise Refused("bad-identity", "the provider gave no ID token")
        claims = await self._verified(token)
        subject = checked_subject(
            claims,
            issuer=self.oidc.issuer,
            client=self.oidc.client,
            nonce=attempt.nonce,
            now=time.time(),
        )
        return subject, claims

    async def _exchange(self, attempt: Attempt, code: str, back: str) -> Mapping[str, Any]:
        about, oidc = await self._discovered(), self.oidc
        form = {
            **{"grant_type": "authorization_code", "code": code, "redirect_uri": back},
            **{"code_verifier": attempt.verifier, "client_id": oidc.client},
        }
        login = f"{quote(oidc.client, safe='')}:{quote(oidc.secret, safe='')}"  # RFC 6749 §2.3.1
        headers = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" not in ways:
            headers, form = {}, form | {"client_secret": oidc.secret}
        return await _asked(
            checked_address(about.get("token_endpoint")), form=form, headers=headers
        )

    async def _verified(self, token: str) -> dict[str, Any]:
        """The claims of a token that it signed; its keys are looked at anew for one not known."""
        for _ in range(2):
            await self._fetch_keys(again=False)
            try:
                return dict(jwt.decode(token, self._key_of, algorithms=list(ALGORITHMS)).claims)
            except KeyError as error:
                if not await self._fetch_keys(again=True):
                    raise Refused("bad-identity", "signed with an unknown key") from error
            except (JoseError, ValueError) as error:
                raise Refused("bad-identity", f"the ID token is not good: {error}") from error
        raise Refused("bad-identity", "signed with an unknown key")

    def _key_of(self, token: GuestProtocol) -> RSAKey | ECKey:
        """By its id; without one, where there is one key only.  Raises KeyError."""
        kid = token.headers().get("kid")
        keys = [key for key in self._keys.keys if isinstance(key, RSAKey | ECKey)]
        found = [key for key in keys if key.kid == kid] if kid else keys
        if len(found) != 1:
            raise KeyError(kid)
        return found[0]

    async def _fetch_keys(self, *, again: bool) -> bool:
        """Whether they were asked for: a token that names keys at random has us ask seldom."""
        age = time.monotonic() - self._keys_at
        if age < (REFRESH if again else FRESH):
            return False
        found = await _asked(checked_address((await self._discovered()).get("jwks_uri")))
        try:
            good = [one for one in found["keys"] if one.get("kty") in ("RSA", "EC")]
            self._keys = KeySet.import_key_set({"keys": good})
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused("bad-provider", f"its keys cannot be read: {error}") from error
        self._keys_at = time.monotonic()
        return True

    async def _discovered(self) -> dict[str, Any]:
        """What it says of itself (OpenID Connect Discovery §4.3)."""
        if time.monotonic() - self._about_at >= FRESH:
            issuer = checked_address(self.oidc.issuer)
            about = await _asked(issuer.rstrip("/") + WELL_KNOWN)
            if not secrets.compare_digest(str(about.get("issuer")), issuer):
                raise Refused("bad-provider", "it says it is another issuer")
            self._about, self._about_at = dict(about), time.monotonic()
        return self._about


async def _asked(
    url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = {}
) -> Mapping[str, Any]:
    """A JSON object of the provider's; raises Unavailable("provider"), Refused("bad-provider")."""
    try:
        status, data = await _exchanged(url, form, headers)
    except (ClientError, OSError, ValueError) as error:
        raise Unavailable("provider", AWAY) from error
    if status >= 500:
        raise Unavailable("provider", AWAY)
    if status != 200:
        code = "bad-identity" if form is not None else "bad-provider"
        raise Refused(code, f"the provider answers {status}")
    try:
        return json.decode(data, type=dict[str, Any])
    except DecodeError as error:
        raise Refused("bad-provider", "it does not answer in JSON") from error


async def _exchanged(
    url: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    """A status and at most so much of a body, without cookies or redirects."""
    patience, jar = ClientTimeout(total=PATIENCE), DummyCookieJar()
    method = "GET" if form is None else "POST"
    async with (
        ClientSession(timeout=patience, cookie_jar=jar) as session,
        session.request(method, url, data=form, headers=headers, allow_redirects=False) as answer,
    ):
        data = await answer.content.read(LONGEST)
        while (more := await answer.content.read(LONGEST)) and len(data) < LONGEST:
            data += more
        return answer.status, data

import base64
import hashlib
import hmac

from signaling.turn import LIFETIME, Turn, links

URLS = ["turn:school.example:443?transport=tcp", "turns:school.example:443?transport=tcp"]


def test_a_client_gets_credentials_that_end_with_the_school_day() -> None:
    (server,) = Turn(URLS, "secret").servers("u-wang", 1000.5)
    assert server.urls == URLS and server.username == f"{1000 + LIFETIME}:u-wang"
    signed = hmac.new(b"secret", server.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(server.credential) == signed


def test_without_a_server_or_its_secret_nobody_is_sent_there() -> None:
    assert Turn().servers("u-wang", 0) == [] == Turn(URLS, "").servers("u-wang", 0)
    assert links([]) == []


def test_an_encoder_gets_them_as_links() -> None:
    first, second = links(Turn(URLS, "secret").servers("u-wang", 0))
    assert first.startswith('<turn:school.example:443?transport=tcp>; rel="ice-server"; username="')
    assert 'credential-type="password"' in second and second.startswith("<turns:")

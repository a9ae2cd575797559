"""The directory in Redis: which of several nodes holds which lesson, by lease and fencing epoch."""

from collections.abc import Awaitable, Sequence
from typing import Self, TypeVar, cast

import msgspec
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from ..errors import Refused, Unavailable
from ..ports import Claim
from ..words import LessonId, ParticipantId

PATIENCE = 1.0
"""Seconds to wait for an answer of Redis: a lesson goes on without it, so nobody waits longer."""

# A lesson's claim is a hash (node, epoch) that expires with the lease; its epoch is a key that
# never does.  An epoch begins no lower than the server's clock in seconds, so that it does not
# fall either when Redis was killed and came back empty (without AOF that is what it does).
_CLAIM = """
local node = redis.call('HGET', KEYS[1], 'node')
if node and node ~= ARGV[1] then return {0, node} end
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then
  local last = tonumber(redis.call('GET', KEYS[2]) or '0')
  epoch = string.format('%d', math.max(last + 1, tonumber(redis.call('TIME')[1])))
  redis.call('SET', KEYS[2], epoch)
  redis.call('HSET', KEYS[1], 'node', ARGV[1], 'epoch', epoch)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {1, epoch}
"""
_IF_OURS = """
local held = redis.call('HMGET', KEYS[1], 'node', 'epoch')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then return 0 end
"""
_RENEW = _IF_OURS + "return redis.call('PEXPIRE', KEYS[1], ARGV[3])"
_RELEASE = _IF_OURS + "return redis.call('DEL', KEYS[1])"

T = TypeVar("T")
_who = msgspec.msgpack.Decoder(frozenset[str])


class RedisDirectory:
    """Every method raises Unavailable("directory") where Redis does not answer as it should."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._claim = redis.register_script(_CLAIM)
        self._renew = redis.register_script(_RENEW)
        self._release = redis.register_script(_RELEASE)

    @classmethod
    def at(cls, url: str, *, patience: float = PATIENCE) -> Self:
        """The directory behind a ``redis://``, ``rediss://`` or ``unix://`` URL.

        Nothing is connected yet.  Raises Unavailable("directory") where this is no such URL.
        """
        # One more try, at once: a connection that was idle may have been closed meanwhile.
        retry = Retry(NoBackoff(), 1)
        try:
            redis = Redis.from_url(
                url, socket_timeout=patience, socket_connect_timeout=patience, retry=retry
            )
        except ValueError as error:  # never the URL itself: it may hold a password
            raise Unavailable("directory", f"not the URL of a Redis: {error}") from error
        return cls(redis)

    async def close(self) -> None:
        await self._redis.aclose()

    async def claim(self, lesson: LessonId, node: str, ttl: float) -> Claim:
        """Take or renew; raises Refused("held-elsewhere") while another node's claim lives."""
        keys = [_key(lesson, "claim"), _key(lesson, "epoch")]
        ours, answer = await _ask(self._claim(keys, [node, _ms(ttl)]))
        if not ours:
            raise Refused("held-elsewhere", f"{answer.decode()} holds this lesson")
        return Claim(lesson, node, int(answer))

    async def renew(self, claim: Claim, ttl: float) -> bool:
        args: list[str | int] = [claim.node, claim.epoch, _ms(ttl)]
        return bool(await _ask(self._renew([_key(claim.lesson, "claim")], args)))

    async def release(self, claim: Claim) -> None:
        await _ask(self._release([_key(claim.lesson, "claim")], [claim.node, claim.epoch]))

    async def holder(self, lesson: LessonId) -> str | None:
        reply = self._redis.hget(_key(lesson, "claim"), "node")
        node = await _ask(cast(Awaitable[bytes | None], reply))
        return None if node is None else node.decode()

    async def present(self, lesson: LessonId, who: Sequence[ParticipantId], ttl: float) -> None:
        packed = msgspec.msgpack.encode(list(who))
        await _ask(self._redis.set(_key(lesson, "present"), packed, px=_ms(ttl)))

    async def presence(self, lesson: LessonId) -> frozenset[ParticipantId]:
        reply = self._redis.get(_key(lesson, "present"))
        packed = await _ask(cast(Awaitable[bytes | None], reply))
        if packed is None:
            return frozenset()
        try:
            return frozenset(ParticipantId(who) for who in _who.decode(packed))
        except msgspec.DecodeError as error:
            raise Unavailable("directory", f"not a list of participants: {error}") from error


async def _ask(reply: Awaitable[T]) -> T:
    try:
        return await reply
    except RedisError as error:
        raise Unavailable("directory", f"Redis: {error}") from error


def _key(lesson: LessonId, what: str) -> str:
    """The braces keep a lesson's keys on one node of a Redis Cluster, so a script may use both."""
    return f"synclass:{{{lesson}}}:{what}"


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))

"""Which voices a room hears where it cannot hear all: the loudest, without flicker."""

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

HEARD = 1.5  # seconds a loud moment counts: people breathe
STAYS = 1.0  # seconds a voice keeps its place at least
LOUDER = 6  # dB by which a newcomer must exceed whom it replaces
NOISE = 60  # -dBov; quieter than this nobody takes another's place
_SILENCE = 127  # RFC 6464 §3
Who = TypeVar("Who", bound=Hashable)


class _Voice:
    def __init__(self, now: float) -> None:
        self.level = _SILENCE
        self.level_at = now
        self.since = now

    def hear(self, level: int, now: float) -> None:
        if level <= self.level or now - self.level_at > HEARD:
            self.level, self.level_at = level, now


class Loudest(Generic[Who]):
    """Looks at levels a few times a second."""

    def __init__(self) -> None:
        self._voices: dict[Who, _Voice] = {}
        self._chosen: list[Who] = []

    def choose(self, levels: Mapping[Who, int], places: int, now: float) -> list[Who]:
        """Who is heard.  ``levels``: all who could be, in -dBov (0 is the loudest)."""
        self._voices = {who: self._voices.get(who) or _Voice(now) for who in levels}
        for who, level in levels.items():
            self._voices[who].hear(level, now)
        loudest = sorted(levels, key=lambda who: self._voices[who].level)
        self._chosen = [who for who in self._chosen if who in levels]
        if len(self._chosen) > places:
            self._chosen = [who for who in loudest if who in self._chosen][:places]
        for who in loudest:
            if who not in self._chosen:
                self._seat(who, places, now)
        return list(self._chosen)

    def _seat(self, who: Who, places: int, now: float) -> None:
        """Into a free place, or into that of the quietest."""
        voice = self._voices[who]
        if len(self._chosen) >= places:
            quietest = max(self._chosen, key=lambda one: self._voices[one].level, default=None)
            if quietest is None or not self._replaces(voice, self._voices[quietest], now):
                return
            self._chosen.remove(quietest)
        voice.since = now
        self._chosen.append(who)

    def _replaces(self, voice: _Voice, other: _Voice, now: float) -> bool:
        if voice.level > NOISE or now - other.since < STAYS:
            return False
        return other.level - voice.level >= LOUDER

"""What is on its way to the recorder: bounded, so that a slow disk never slows a lesson."""

from synclass import tape
from synclass.framing import frame

LARGEST = 4 * 1024 * 1024  # bytes waiting
OLDEST = 2.0  # seconds the recorder may leave everything unread
AWAY = 8.0  # seconds of tape kept for a recorder that has fallen; it is back within one or two
BELLS = 1000  # ended lessons remembered while the recorder is away; the oldest are forgotten


class Spool:
    """Frames for the recorder.

    While the recorder is away everything is kept for AWAY seconds and LARGEST bytes; beyond that,
    when the queue is full, or when the recorder has read nothing for OLDEST seconds, packets are
    dropped and counted.  ``taking`` is False until everything waiting has gone.
    """

    def __init__(self) -> None:
        self.taking = False
        self.dropped = 0
        self._keeping = True
        self._kept = 0
        self._kept_since: float | None = None
        self._frames: list[bytes] = []
        self._bells: dict[str, None] = {}
        self._idle_at = 0.0

    def attach(self, now: float) -> bool:
        """The recorder is there (again); True where all it has missed was kept and goes first."""
        whole, self._keeping = self._keeping, False
        self._idle_at = now
        self._resume()
        return whole

    def detach(self) -> None:
        """The recorder has gone: what comes from now on is kept for a while."""
        self.taking = False
        self._frames, self._kept, self._kept_since = [], 0, None
        self._keeping = True

    def put(self, message: tape.ToRecorder) -> None:
        """Keep a message for the next ``drain``; a Bell is never lost."""
        if self.taking:
            self._frames.append(frame(tape.encode(message)))
        elif isinstance(message, tape.Bell):
            self._bells[message.lesson] = None
            while len(self._bells) > BELLS:
                del self._bells[next(iter(self._bells))]
        elif self._keeping:
            self._frames.append(frame(tape.encode(message)))
            self._kept += len(self._frames[-1])
        else:
            self.dropped += 1

    def wait(self, now: float) -> None:
        """Nobody is there to drain to: give up what was kept once it is too much or too old."""
        if not self._keeping or not self._frames:
            return
        self._kept_since = now if self._kept_since is None else self._kept_since
        if self._kept > LARGEST or now - self._kept_since > AWAY:
            self.dropped += len(self._frames)
            self._frames, self._keeping = [], False

    def drain(self, waiting: int, now: float) -> bytes:
        """What to write next, given the bytes still unsent before it."""
        if waiting == 0:
            self._idle_at = now
            self._resume()
        elif waiting > LARGEST or now - self._idle_at > OLDEST:
            self.taking = False
        frames, self._frames = self._frames, []
        return b"".join(frames)

    def _resume(self) -> None:
        self.taking = True
        self._frames += [frame(tape.encode(tape.Bell(lesson))) for lesson in self._bells]
        self._bells = {}

"""What is on its way to the recorder: bounded, so that a slow disk never slows a lesson."""

from synclass import tape
from synclass.framing import frame

LARGEST = 4 * 1024 * 1024  # bytes waiting
OLDEST = 2.0  # seconds the recorder may leave everything unread
BELLS = 1000  # ended lessons remembered while the recorder is away; the oldest are forgotten


class Spool:
    """Frames for the recorder.

    When it is full, or the recorder has read nothing for OLDEST seconds, or is not there at all,
    packets are dropped and counted; ``taking`` is False until everything waiting has gone.
    """

    def __init__(self) -> None:
        self.taking = False
        self.dropped = 0
        self._frames: list[bytes] = []
        self._bells: dict[str, None] = {}
        self._idle_at = 0.0

    def attach(self, now: float) -> None:
        """The recorder is there (again); bells that rang in the meantime go first."""
        self._frames = []
        self._idle_at = now
        self._resume()

    def detach(self) -> None:
        self.taking = False
        self._frames = []

    def put(self, message: tape.ToRecorder) -> None:
        """Keep a message for the next ``drain``; a Bell is never lost."""
        if self.taking:
            self._frames.append(frame(tape.encode(message)))
        elif isinstance(message, tape.Bell):
            self._bells[message.lesson] = None
            while len(self._bells) > BELLS:
                del self._bells[next(iter(self._bells))]
        else:
            self.dropped += 1

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

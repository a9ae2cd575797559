"""Whether a publisher's line is too thin for any picture at all: then its voice has it alone."""

PATIENCE = 3.0  # seconds that the least of pictures fills a line, until none is sent
FIRST_REST, LONGEST_REST = 10.0, 60.0  # seconds without; doubled each time the next try fails
PROVED = 20.0  # seconds that a picture flowed: the next time is a first time again


class Relief:
    """The order of sacrifice on the way up.  A few times a second it is told how things are."""

    def __init__(self) -> None:
        self.on = False
        """No picture is to be sent."""
        self._rest = FIRST_REST
        self._full_since: float | None = None
        self._again_at = self._began_at = 0.0

    def look(self, now: float, *, hopeless: bool) -> None:
        """``hopeless``: pictures are at their least, and the line is full all the same."""
        if self.on:
            self._end(now)
        elif not hopeless:
            self._full_since = None
            if now - self._began_at > PROVED:
                self._rest = FIRST_REST
        elif self._full_since is None:
            self._full_since = now
        elif now - self._full_since >= PATIENCE:
            self.on, self._full_since = True, None
            self._again_at = now + self._rest
            self._rest = min(LONGEST_REST, 2 * self._rest)

    def _end(self, now: float) -> None:
        if now >= self._again_at:
            self.on, self._began_at = False, now

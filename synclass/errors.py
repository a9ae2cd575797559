"""The three families of errors: the rules say no, the bytes are not ours, the outside failed."""


class Refused(Exception):
    """The rules said no; nothing has changed.  ``code`` is for programs, the message for people.

    ``parts`` are what the message is made of, where a client makes its own in another language.
    """

    def __init__(self, code: str, message: str = "", **parts: str) -> None:
        super().__init__(message or code)
        self.code = code
        self.parts = parts


class Malformed(Exception):
    """These bytes are not one of our messages; whoever sent them is told so and let go."""

    code = "malformed"


class Unavailable(Exception):
    """Something outside failed (a disk, a peer process, a database); trying again may work."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code

"""Seam arithmetic: numbers of many streams, one after another, become the numbers of one."""

BEHIND = 1000
"""How late a packet may be; below the 1024 packets of the SRTP window (RFC 3711 §3.3.2)."""
REMEMBERED = 1024
"""Numbers of which it is known whether they were left out: as many packets as a source keeps."""
AHEAD = 3000
"""A longer step forward is a new beginning, not loss (MAX_DROPOUT of RFC 3550 A.1)."""


def distance(to: int, since: int, bits: int) -> int:
    """The signed way from one wrapping number to another, by the shorter side."""
    half = 1 << bits - 1
    return ((to - since + half) & (1 << bits) - 1) - half


class Row:
    """Sequence numbers, or picture ids, of one endless outgoing stream.  None of them wraps here.

    No number is ever given out twice, as long as a source does not repeat its own: SRTP would use
    a nonce again (RFC 7714 §8.1).  What is left out on purpose leaves no hole, but for ``sparse``:
    later numbers move down by one.  What was only jumped over may still come, and its number stays
    reserved.
    """

    def __init__(self, top: int) -> None:
        self.top = top
        """The highest of ours that was given out."""
        self.first = 0
        """The source's number at the seam; older ones belong to the stream before."""
        self.newest = -1
        """The source's highest number so far, given out or left out."""
        self.shift = top + 1
        """From the newest number of the source to ours."""
        self.skipped: list[int] = []
        """What was left out lately, rising."""
        self.sparse = False
        """What is left out does leave a hole: VP9 says by differences of picture ids which ones it
        needs, or which place in a group they have."""

    def begin(self, number: int) -> None:
        """Go on, right behind our last, with a source whose next number is this."""
        self.shift = self.top + 1 - number
        self.first, self.newest = number, number - 1
        self.skipped.clear()

    def rise(self, number: int) -> bool:
        """Give out up to this number of the source; True where it is higher than all before."""
        if number <= self.newest:
            return False
        self.newest = number
        self.top = max(self.top, number + self.shift)
        return True

    def place(self, number: int) -> int:
        """Our number for one of the source's that is not above the newest; it is given out."""
        ours = number + self.shift
        if self.skipped and not self.sparse:
            ours += sum(skipped > number for skipped in self.skipped)
        self.top = max(self.top, ours)
        return ours

    def skip(self, number: int) -> bool:
        """Leave this one out.  False: it is late, has its place already, and leaves a hole."""
        if number <= self.newest:
            return False
        self.newest = number
        self.shift -= not self.sparse
        self.skipped.append(number)
        return True

    def tidy(self) -> None:
        """Forget what was left out long ago: nothing so old comes late, or is there to go again."""
        while self.skipped and self.skipped[0] <= self.newest - REMEMBERED:
            del self.skipped[0]

    def origin(self, ours: int) -> int:
        """The source's number behind one of ours."""
        number = ours - self.shift
        for skipped in reversed(self.skipped):
            if skipped < number:
                break
            number -= 1
        return number

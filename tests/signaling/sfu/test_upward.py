"""What a teacher's browser is told of her own line."""

from signaling.sfu.missing import LONGEST, REORDER
from signaling.sfu.packet import Rtp
from signaling.sfu.rtcp import Nack, Remb, Rtcp, parse_rtcp
from signaling.sfu.tracks import Source, Track
from signaling.sfu.uplink import CEILING_BPS
from signaling.sfu.upward import LIVE, LOOK_EVERY, Upward

from . import packets
from .planes import Ends


class Teacher:
    """One of whose sources the plane tells gaps."""

    def __init__(self, ends: Ends, kind: str = "video", *, mends: bool = True) -> None:
        self.ends = ends.connect()
        self.upward = Upward(ends.line, 0.0)
        self.pleas = packets.Pleas()
        sound = kind == "audio"
        self.track = Track(
            "voice" if sound else "camera",
            "audio" if sound else "video",
            "opus" if sound else "VP8",
            plead=self.pleas.append,
            mends=mends,
        )
        self.source = self.begin(7)

    def begin(self, ssrc: int) -> Source:
        inlet = self.ends.source(ssrc, self.track.codec)
        source, old = self.track.add(inlet, "", 0.0)
        if old is not None:
            self.upward.drop(old.inlet)
        self.upward.add(source)
        return source

    def send(self, *seqs: int, now: float = 1.0, ssrc: int = 7) -> None:
        for seq in seqs:
            for event in self.ends.come(self.packet(seq, ssrc), now=now):
                if event[0] == "gap":
                    self.upward.jumped(*event[1:], now)

    def packet(self, seq: int, ssrc: int) -> Rtp:
        payload = b"\x78a" if self.track.kind == "audio" else packets.vp8(seq, key=True)
        return packets.rtp(seq, seq * 1800, payload, ssrc=ssrc, marker=True)

    def told(self) -> list[Rtcp]:
        """What it has heard since the last time."""
        self.ends.receive()
        said, self.ends.said = self.ends.said, []
        return [message for plain in said for message in parse_rtcp(plain)]


def test_a_camera_is_told_at_once_how_much_may_be_sent(ends: Ends) -> None:
    [first] = Teacher(ends).told()
    assert isinstance(first, Remb) and 0.99 * CEILING_BPS < first.bps <= CEILING_BPS


def test_a_voice_is_not(ends: Ends) -> None:
    assert Teacher(ends, "audio").told() == []


def test_what_is_missing_is_asked_for_until_it_comes(ends: Ends) -> None:
    teacher = Teacher(ends)
    teacher.told()
    teacher.send(1, 2, 5)
    assert teacher.upward.ask(1.0) and teacher.told() == []
    assert teacher.upward.ask(1.0 + REORDER) and teacher.told() == [Nack(7, (3, 4))]
    teacher.send(3, now=1.1)
    assert teacher.upward.ask(1.3) and teacher.told() == [Nack(7, (4,))]
    teacher.send(4, now=1.4)
    assert not teacher.upward.ask(2.0) and teacher.told() == []


def test_a_voice_is_asked_for_where_its_browser_sends_it_again(ends: Ends) -> None:
    for mends in (True, False):
        teacher = Teacher(ends, "audio", mends=mends)
        teacher.send(1, 3)
        assert teacher.upward.ask(1.0 + REORDER) is mends
        assert teacher.told() == ([Nack(7, (2,))] if mends else [])


def test_after_a_long_gap_a_new_picture_is_asked_for(ends: Ends) -> None:
    teacher = Teacher(ends)
    teacher.send(1, 2 + LONGEST)
    assert teacher.pleas == [7] and not teacher.upward.ask(2.0)


def test_a_source_that_was_replaced_is_missed_no_more(ends: Ends) -> None:
    teacher = Teacher(ends)
    teacher.send(1, 3)
    teacher.begin(8)
    teacher.told()
    assert not teacher.upward.ask(2.0) and teacher.told() == []


def test_who_sends_no_picture_any_more_is_not_told_of_it(ends: Ends) -> None:
    teacher = Teacher(ends)
    teacher.send(1)
    teacher.told()
    teacher.upward.tell(2.0)
    teacher.upward.tell(1.1 + LIVE)
    assert len(teacher.told()) == 1


def test_a_line_that_fills_is_told_before_the_next_report(ends: Ends) -> None:
    teacher = Teacher(ends)
    teacher.told()
    for n in range(400):
        now = n * 0.02
        late = max(0.0, now - 4) * 0.3  # from the fourth second on it carries less than comes
        teacher.send(n, now=now + late)
        teacher.upward.look(now + late)
    falls = [message.bps for message in teacher.told() if isinstance(message, Remb)]
    assert falls and falls[-1] < 0.2 * CEILING_BPS
    assert LOOK_EVERY < 0.5

"""One voice as a room is sent it: long packets, copies and ink, whatever the plan just was."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.sfu.red import unwrap
from signaling.sfu.rider import COPIES, HEAD, Rider
from signaling.sfu.voice import LATE, PAYLOAD, Packet, Voice
from signaling.sfu.voiceplan import Look, Plan, Planner
from synclass import opus

from .hearing import OPUS, RED, Room
from .speech import heard, spoken

TOC = 0x78  # hybrid, 20 ms, mono
PLANS = st.builds(Plan, st.sampled_from([20, 60]), st.integers(0, 2))


def voice(room: Room, plan: Plan = Plan(), *, red: bool = True, ink: bool = False) -> Voice:  # noqa: B008
    made = Voice(room, room, pt=OPUS, red_pt=RED if red else 0, rider=Rider() if ink else None)
    made.plan = plan
    return made


def word(n: int, payload: bytes | None = None, *, marker: bool = False) -> Packet:
    """The n-th packet of 20 ms, come when it was spoken."""
    sound = opus.pack(TOC, [b"word%d" % n]) if payload is None else payload
    return Packet(n * opus.FRAME & 0xFFFFFFFF, marker, sound, (n + 1) / 50)


def test_on_a_good_line_a_voice_goes_out_as_it_came() -> None:
    room = Room()
    made = voice(room)
    for n in range(3):
        made.take(word(n, marker=n == 0))
    assert [(one.ts, one.pt, one.marker, one.payload) for one in room.sent] == [
        (n * 960, OPUS, n == 0, word(n).payload) for n in range(3)
    ]


def test_on_a_thin_line_three_words_go_in_one_packet() -> None:
    room = Room()
    made = voice(room, Plan(60))
    for n in range(6):
        made.take(word(n, marker=n == 3))
    assert [(one.ts, one.marker) for one in room.sent] == [(0, False), (2880, True)]
    assert opus.split(room.sent[1].payload) == [word(n).payload for n in (3, 4, 5)]


@pytest.mark.parametrize(
    "second",
    [word(1, opus.pack(0x48, [b"narrow"])), word(7)],
    ids=["another kind of sound", "after a pause"],
)
def test_what_does_not_go_on_begins_another_packet(second: Packet) -> None:
    room = Room()
    made = voice(room, Plan(60))
    made.take(word(0))
    made.take(second)
    assert [one.payload for one in room.sent] == [word(0).payload]
    made.flush(1.0)
    assert room.sent[1][1:5] == (second.ts, OPUS, False, second.payload)


def test_a_last_word_is_not_held_back() -> None:
    room = Room()
    made = voice(room, Plan(60))
    made.take(word(0))
    made.tick(0.05)
    assert not room.sent
    made.tick(0.12)
    assert [one.payload for one in room.sent] == [word(0).payload]


def test_before_a_pause_nothing_is_held_back() -> None:
    room = Room()
    made = voice(room, Plan(60))
    made.take(word(0))
    made.take(word(1, bytes((TOC,))))
    assert len(room.sent) == 1


def test_a_straggler_goes_at_once_and_alone() -> None:
    room = Room()
    made = voice(room, Plan(60, 2))
    for n in (0, 1, 2, 3, 5):
        made.take(word(n))
    made.take(word(4))
    assert room.sent[-1].payload == word(4).payload and room.sent[-1].pt == OPUS
    made.take(word(2 * LATE))  # far behind, or far ahead: a new beginning
    made.flush(9e9)
    assert room.sent[-1].ts == word(2 * LATE).ts


def test_what_no_decoder_would_take_is_not_sent() -> None:
    room = Room()
    made = voice(room)
    for payload in (b"", b"\x7b\x00", b"\x79abc"):
        made.take(word(0, payload))
    assert not room.sent


def test_copies_ride_in_the_packets_that_follow() -> None:
    room = Room()
    made = voice(room, Plan(20, 2))
    for n in range(4):
        made.take(word(n))
    last = room.sent[-1]
    assert [block.payload for block in unwrap(last.ts, last.payload)] == [
        word(n).payload for n in (1, 2, 3)
    ]
    assert [one.pt for one in room.sent] == [OPUS, RED, RED, RED]


def test_a_room_without_red_gets_the_same_packet_again_behind_the_next() -> None:
    room = Room()
    made = voice(room, Plan(20, 2), red=False)
    for n in range(4):
        made.take(word(n))
    assert [one.seq for one in room.sent] == [1, 2, 1, 3, 1, 2, 4, 2, 3]
    assert all(one.pt == OPUS for one in room.sent)


@pytest.mark.parametrize("red", [True, False])
def test_the_last_word_is_copied_though_no_other_follows(*, red: bool) -> None:
    room = Room()
    made = voice(room, Plan(20, 2), red=red)
    made.take(word(0))
    for tick in range(1, 20):
        made.tick(0.02 + tick * 0.05)
    assert [one.seq for one in room.sent] == [1, 1, 1]


@given(
    turns=st.lists(st.tuples(PLANS, st.booleans(), st.integers(1, 5)), min_size=1, max_size=40),
    start=st.integers(0, 2**32 - 1),
    red=st.booleans(),
)
def test_whatever_the_plans_every_word_is_played_once_and_in_its_time(
    turns: list[tuple[Plan, bool, int]], start: int, *, red: bool
) -> None:
    room, now, n = Room(), 0.0, 0
    made = voice(room, red=red, ink=True)
    assert made.rider is not None
    spoken_at = {}
    for turn, (plan, ink, words) in enumerate(turns):
        made.plan = plan
        if ink:
            made.rider.add(turn, b"stroke %d" % turn)
        for _ in range(words):
            packet = word(n)._replace(ts=start + n * opus.FRAME & 0xFFFFFFFF, at=now)
            spoken_at[packet.ts] = packet.payload
            made.take(packet)
            n, now = n + 1, now + 0.02
    made.flush(now)
    firsts = [one for one in room.sent if not one.again]
    assert [one.seq for one in firsts] == list(range(1, len(firsts) + 1))
    played = {}
    for one in firsts:
        newest = unwrap(one.ts, one.payload)[-1].payload if one.pt == RED else one.payload
        for k, frame in enumerate(opus.split(newest)):
            played[one.ts + k * opus.FRAME & 0xFFFFFFFF] = frame
    assert played == spoken_at


def test_changing_plans_cannot_be_heard() -> None:
    words, room = spoken(), Room()
    made = voice(room, ink=True)
    dice = random.Random(3)
    for n, payload in enumerate(words):
        if n % 10 == 0:
            made.plan = Plan(dice.choice((20, 60)), dice.randrange(3))
        if made.rider is not None and n % 3 == 0:
            made.rider.add(n, b"a few points of a stroke")
        made.take(word(n, payload))
    made.flush(99.0)
    newest = [unwrap(o.ts, o.payload)[-1].payload if o.pt == RED else o.payload for o in room.sent]
    assert heard(newest) == heard(words)
    assert len(room.ink) == (len(words) + 2) // 3


def test_ink_is_in_the_newest_words_only_and_not_in_their_copies() -> None:
    room = Room()
    made = voice(room, Plan(20, 1), ink=True)
    assert made.rider is not None
    made.take(word(0))
    made.rider.add(7, b"stroke")
    for n in (1, 2):
        made.take(word(n))
    old, new = unwrap(room.sent[2].ts, room.sent[2].payload)
    assert old.payload == word(1).payload
    assert opus.parse(new.payload).padding[0] == HEAD and room.ink == {7: b"stroke"}


def test_a_room_cannot_forge_ink_in_its_own_voice() -> None:
    room = Room()
    made = voice(room, ink=True)
    forged = Rider()
    forged.add(1, b"a stroke of the teacher's")
    made.take(word(0, opus.pack(TOC, [b"word"], forged.take(900))))
    made.take(word(2))
    made.take(word(1, opus.pack(TOC, [b"late"], b"\xf4\0\1\1x")))
    assert not room.ink and len(room.played) == 3


def test_in_silence_ink_goes_in_empty_frames_and_then_nothing_goes() -> None:
    room = Room()
    made = voice(room, ink=True)
    assert made.rider is not None
    made.take(word(0))
    made.rider.add(1, b"stroke")
    for tick in range(1, 40):
        made.tick(0.02 + tick * 0.05)
    fillers = room.sent[1:]
    assert len(fillers) == COPIES and room.ink == {1: b"stroke"}
    end = 960
    for filler in fillers:  # each begins where the one before it ended: no gap to be concealed
        assert filler.ts == end and set(opus.parse(filler.payload).frames) == {b""}
        end += opus.duration(filler.payload)
        assert end / 48000 <= filler.at - 0.02


def test_words_after_fillers_are_not_lost() -> None:
    room = Room()
    made = voice(room, Plan(60), ink=True)
    assert made.rider is not None
    made.take(word(0))
    made.rider.add(1, b"stroke")
    for tick in range(1, 12):
        made.tick(0.02 + tick * 0.05)
    for n in range(30, 36):
        made.take(word(n))
    made.flush(9.0)
    assert {n * 960 for n in range(30, 36)} <= set(room.played)


def test_before_anybody_has_spoken_there_is_nothing_to_ride_in() -> None:
    room = Room()
    made = voice(room, ink=True)
    assert made.rider is not None
    made.rider.add(1, b"stroke")
    made.tick(9.0)
    assert not room.sent and made.rider.owed


def test_large_voices_and_much_ink_stay_in_one_datagram() -> None:
    room = Room()
    made = voice(room, Plan(60, 2), ink=True)
    assert made.rider is not None
    for n in range(60):
        made.rider.add(n, bytes(100))
        made.take(word(n, opus.pack(TOC, [bytes(100)])))
    assert max(len(one.payload) for one in room.sent) <= PAYLOAD
    assert len(room.ink) > 5


@pytest.mark.parametrize("red", [True, False])
@pytest.mark.parametrize(
    ("loss", "bps", "most"),
    [(0.3, 2_000_000, 0.05), (0.3, 300_000, 0.05), (0.1, 2_000_000, 0.01), (0.1, 150_000, 0.01)],
)
def test_voice_is_understood_on_a_bad_line(
    loss: float, bps: int, most: float, *, red: bool
) -> None:
    """Five minutes of independent loss; what counts begins when two reports have come."""
    room, planner = Room(loss, seed=11), Planner(red=red)
    made = voice(room, red=red)
    words, start = spoken(), 500
    for n in range(15_000):
        made.take(word(n, words[n % len(words)]))
        made.tick((n + 1) / 50)
        if n % 50 == 49:
            made.plan = planner.look(Look(room.reported(), bps), n / 50)
        if n == start:
            room.octets = 0
    missing = room.concealed((start + 10) * 960, 14_990 * 960, patience=0.2)
    kbps = room.octets * 8 / ((15_000 - start) / 50) / 1000
    assert missing <= most and kbps < 100, (missing, kbps)

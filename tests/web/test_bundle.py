"""Ink in voice, and a thin line's offer: the page reads and writes them as the server does."""

import base64
import random
from contextlib import suppress

from signaling.sfu.red import Past, unwrap, wrap
from signaling.sfu.rider import Rider, read
from signaling.sfu.sdp import read_offer
from synclass import opus
from synclass.errors import Malformed

from ..signaling.sfu.test_sdp import text
from .browser import Question, browser

Batches = list[tuple[int, bytes]]
TOC, OPUS = 0x78, 111


def seen(answer: list[tuple[int, str]]) -> Batches:
    return [(number, base64.b64decode(batch)) for number, batch in answer]


def test_the_page_reads_the_ink_that_the_server_lays_into_voice() -> None:
    dice = random.Random(1)
    rider, past, questions, laid = Rider(), Past(2), list[Question](), list[Batches]()
    for n in range(2000):
        if dice.random() < 0.4:
            rider.add(n, dice.randbytes(dice.choice((1, 20, 251, 252, 300))))
        frames = [dice.randbytes(dice.randrange(80)) for _ in range(dice.choice((1, 2, 3)))]
        ink, ts = rider.take(dice.choice((0, 300, 700))), 2880 * n
        payload, bare = opus.pack(TOC, frames, ink), opus.pack(TOC, frames)
        copies = past.newest(dice.randrange(3), ts, 600)
        past.add(ts, bare)
        body = wrap(ts, OPUS, payload, copies) if copies else payload
        questions.append(("bundle", body, bool(copies)))
        laid.append(read(ink))
    assert [seen(answer) for answer in browser(questions)] == laid
    assert sum(map(bool, laid)) > 1000


def test_a_mangled_packet_neither_breaks_the_page_nor_hides_ink_the_server_would_read() -> None:
    dice, questions, known = random.Random(2), list[Question](), list[Batches]()
    for n in range(20_000):
        rider = Rider()
        rider.add(n, dice.randbytes(9))
        packet = bytearray(opus.pack(TOC, [dice.randbytes(5)] * 2, rider.take(99)))
        for _ in range(dice.randrange(3)):
            packet[dice.randrange(len(packet))] = dice.randrange(256)
        cut = dice.randrange(1, len(packet)) if dice.random() < 0.3 else len(packet)
        data, batches, red = bytes(packet[:cut]), Batches(), dice.random() < 0.3
        with suppress(Malformed):
            newest = unwrap(0, data)[-1].payload if red else data
            batches = read(opus.parse(newest).padding)
        questions.append(("bundle", data, red))
        known.append(batches)
    answers = [seen(answer) for answer in browser(questions)]
    clean = [(a, k) for a, k in zip(answers, known, strict=True) if k]
    assert len(clean) > 5000 and all(a == k for a, k in clean)


def test_a_page_on_a_thin_line_asks_for_long_packets_of_its_voice_alone() -> None:
    for name in ("chromium-teacher", "firefox-teacher"):
        [offer] = browser([("thinned", text(name))])
        thin = {s.track: s.thin for s in read_offer(offer).sections}
        assert [track for track, is_thin in thin.items() if is_thin] == ["voice"]

"""What a page hears and sees, five times a second, as its own statistics tell it."""

from itertools import pairwise
from typing import Any, NamedTuple, cast

from playwright.async_api import Page

from ..waiting import until

EVERY_MS = 200
FULL = 960  # the width of the teacher's camera
NOTHING = (0, 0, 0, 0, 0)
GONE = 0.9  # of what was played was made up: nothing was heard then

START = """every => {
  const heard = one =>
    [one.totalSamplesReceived, one.concealedSamples, one.packetsReceived, one.packetsLost];
  const seen = one =>
    [one.framesDecoded, one.frameWidth, one.pliCount, one.freezeCount, one.packetsLost];
  const sent = one =>
    [one.packetsSent, one.keyFramesEncoded, (one.pliCount ?? 0) + (one.firCount ?? 0),
     one.retransmittedPacketsSent, one.framesEncoded];
  const counts = all => all.map(count => count ?? 0);
  window.measured = [];
  const look = async () => {
    const pc = window.connections.at(-1);
    if (!pc || pc.connectionState !== 'connected') return;
    const all = pc.getTransceivers();
    const slot = kind =>
      all.find(t => t.currentDirection === 'recvonly' && t.receiver.track.kind === kind)?.receiver;
    const cameras = all.map(t => t.sender).filter(sender => sender.track?.kind === 'video');
    const row = {at: performance.now() / 1000, audio: [], video: [], layers: []};
    for (const part of [slot('audio'), slot('video'), ...cameras])
      for (const one of (await part?.getStats())?.values() ?? []) {
        if (one.type === 'inbound-rtp')
          row[one.kind] = counts(one.kind === 'audio' ? heard(one) : seen(one));
        if (one.type === 'outbound-rtp') row.layers.push([one.rid ?? '', ...counts(sent(one))]);
      }
    window.measured.push(row);
  };
  window.metering = setInterval(look, every);
}"""


class Layer(NamedTuple):
    """One size of a camera that the page sends: counts since it began."""

    rid: str
    packets: int
    key_frames: int
    pleas: int
    again: int
    """Packets sent again because we asked."""
    frames: int


class Moment(NamedTuple):
    """Seconds, samples, packets and frames since the page began to receive."""

    at: float
    played: int
    made_up: int
    """Concealed: no packet had come for them."""
    heard: int
    lost_voice: int
    frames: int
    width: int
    pleas: int
    freezes: int
    lost_video: int
    layers: tuple[Layer, ...]


async def start(page: Page) -> None:
    """Returns when it has looked for the first time: the page's connection is up."""
    await page.evaluate(START, EVERY_MS)
    await until(lambda: looked(page), within=30)


async def looked(page: Page) -> bool:
    return bool(await page.evaluate("window.measured.length > 0"))


async def since(page: Page, moment: float) -> "Meter":
    """From a moment of the page's clock on.  No more is read: the links' packets wait meanwhile."""
    rows = await page.evaluate("since => window.measured.filter(row => row.at >= since)", moment)
    return Meter([_moment(row) for row in rows])


async def lately(page: Page, seconds: float) -> "Meter":
    last: float = await page.evaluate("window.measured.at(-1).at")
    return await since(page, last - seconds)


async def full(room: Page) -> bool:
    """The largest size of the teacher's camera is there, and moves."""
    seen = await lately(room, 2.0)
    return seen.widths == {FULL} and seen.fps > 5


async def clock(page: Page) -> float:
    """The moment in which the page is now."""
    return cast(float, await page.evaluate("performance.now() / 1000"))


class Meter:
    """What was measured so far, or between two moments."""

    def __init__(self, moments: list[Moment]) -> None:
        self.moments = moments

    def last(self, seconds: float) -> "Meter":
        since = self.moments[-1].at - seconds
        return Meter([moment for moment in self.moments if moment.at >= since])

    @property
    def seconds(self) -> float:
        return self.moments[-1].at - self.moments[0].at

    @property
    def concealed(self) -> float:
        """The share of sound that was made up."""
        return self._grew("made_up") / max(1, self._grew("played"))

    @property
    def voice_gap(self) -> float:
        """Seconds of the longest time in which next to nothing of the voice was heard."""
        longest = since = 0.0
        for a, b in pairwise(self.moments):
            gone = b.made_up - a.made_up >= GONE * (b.played - a.played)
            since = since + b.at - a.at if gone else 0.0
            longest = max(longest, since)
        return longest

    @property
    def picture_gap(self) -> float:
        """Seconds of the longest time without a new picture."""
        longest, at = 0.0, self.moments[0].at
        for a, b in pairwise(self.moments):
            if b.frames > a.frames:
                at = b.at
            longest = max(longest, b.at - at)
        return longest

    @property
    def frames(self) -> int:
        return self._grew("frames")

    @property
    def fps(self) -> float:
        return self.frames / max(self.seconds, EVERY_MS / 1000)

    @property
    def widths(self) -> set[int]:
        return {moment.width for moment in self.moments}

    @property
    def pleas(self) -> int:
        return self._grew("pleas")

    @property
    def freezes(self) -> int:
        return self._grew("freezes")

    def sent(self, rid: str) -> Layer:
        """What the page sent of this size of its camera meanwhile."""
        first, last = (
            next((layer for layer in moment.layers if layer.rid == rid), Layer(rid, *NOTHING))
            for moment in (self.moments[0], self.moments[-1])
        )
        return Layer(rid, *(b - a for a, b in zip(first[1:], last[1:], strict=True)))

    def pleas_heard(self) -> int:
        """Of all sizes: a plea for one is a plea for all."""
        return sum(self.sent(rid).pleas for rid in "qhf")

    def lost(self) -> tuple[int, int]:
        """Packets of voice and picture that no resend brought."""
        return self._grew("lost_voice"), self._grew("lost_video")

    def back(self) -> float | None:
        """Seconds from here until pictures come again, ten in a second; None: never."""
        for moment in self.moments:
            soon = [m for m in self.moments if 0 <= m.at - moment.at <= 1.0]
            if len(soon) > 3 and soon[-1].frames - moment.frames >= 8:
                return moment.at - self.moments[0].at
        return None

    def _grew(self, name: str) -> int:
        first, last = getattr(self.moments[0], name), getattr(self.moments[-1], name)
        return int(last - first)

    def __str__(self) -> str:
        return (
            f"{self.seconds:.1f} s: voice {self.concealed:.2%} concealed, gap {self.voice_gap:.1f};"
            f" picture {self.fps:.1f} fps, gap {self.picture_gap:.1f}, {sorted(self.widths)} wide,"
            f" {self.freezes} freezes, {self.pleas} pleas; lost {self.lost()}"
        )


def _moment(row: dict[str, Any]) -> Moment:
    layers = tuple(sorted(Layer(*layer) for layer in row["layers"]))
    return Moment._make((row["at"], *(row["audio"] or [0] * 4), *(row["video"] or [0] * 5), layers))

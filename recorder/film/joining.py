"""Joins the parts of a film, as they are, to one file with its sound and its chapters."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from synclass.ports import Language

from .coder import TICKS
from .plan import Chapter, ChapterKind, Plan

MS = Fraction(1, 1000)
TITLES: dict[Language, str] = {"zh": "第 {n} 页", "en": "Page {n}"}
MARKED: dict[Language, dict[ChapterKind, str]] = {
    "zh": {"key": "重点", "hard": "难点", "example": "例题", "note": "标记", "quiz": "小测"},
    "en": {"key": "Key", "hard": "Hard", "example": "Example", "note": "Mark", "quiz": "Quiz"},
}
Seen: TypeAlias = "Packet[VideoStream]"
Heard: TypeAlias = "Packet[AudioStream]"


def join(
    pictures: Sequence[tuple[float, Path]], sound: Path, plan: Plan, to: Path, *, language: Language
) -> None:
    """Parts of pictures each with the second it begins at; ``to`` is there whole or not at all."""
    aside = to.with_suffix(".part")
    try:
        _write(pictures, sound, plan, aside, language)
        aside.replace(to)
    finally:
        aside.unlink(missing_ok=True)


def _write(
    pictures: Sequence[tuple[float, Path]], sound: Path, plan: Plan, to: Path, language: Language
) -> None:
    with av.open(str(to), "w", format="mp4", options={"movflags": "+faststart"}) as film:
        film.metadata["title"] = plan.title
        with av.open(str(pictures[0][1])) as first, av.open(str(sound)) as voices:
            seen = film.add_stream_from_template(first.streams.video[0])
            seen.time_base = Fraction(1, TICKS)
            heard = film.add_stream_from_template(voices.streams.audio[0])
            _mark(film, plan, language)
            both: list[Iterator[Seen | Heard]] = [
                _lasting(_pictures(pictures, seen), plan.lasts),
                _sounds(voices, heard),
            ]
            for packet in merge(*both, key=_when):
                film.mux(packet)


def _pictures(parts: Sequence[tuple[float, Path]], stream: VideoStream) -> Iterator["Seen"]:
    for begins, path in parts:
        offset = round(begins * TICKS)
        with av.open(str(path)) as part:
            for packet in part.demux(part.streams.video[0]):
                if packet.dts is None or packet.pts is None or packet.time_base is None:
                    continue
                ticks = packet.time_base * TICKS
                packet.pts = offset + round(packet.pts * ticks)
                packet.dts = offset + round(packet.dts * ticks)
                packet.time_base, packet.stream = Fraction(1, TICKS), stream
                yield packet


def _lasting(packets: Iterator["Seen"], lasts: float) -> Iterator["Seen"]:
    """Each picture is seen until the next one comes, and the last one to the end."""
    before = next(packets)
    for packet in packets:
        before.duration = (packet.pts or 0) - (before.pts or 0)
        yield before
        before = packet
    before.duration = max(1, round(lasts * TICKS) - (before.pts or 0))
    yield before


def _sounds(voices: InputContainer, stream: AudioStream) -> Iterator["Heard"]:
    for packet in voices.demux(voices.streams.audio[0]):
        if packet.dts is not None:
            packet.stream = stream
            yield packet


def _when(packet: "Seen | Heard") -> float:
    return float((packet.dts or 0) * (packet.time_base or 0))


def _mark(film: OutputContainer, plan: Plan, language: Language) -> None:
    """Where each page begins and what was marked, for players that can jump there."""
    ends = [*(chapter.at for chapter in plan.chapters[1:]), plan.lasts]
    film.set_chapters(
        [
            {
                "id": n,
                "start": round(chapter.at * 1000),
                "end": round(end * 1000),
                "time_base": MS,
                "metadata": {"title": _title(chapter, language)},
            }
            for n, (chapter, end) in enumerate(zip(plan.chapters, ends, strict=True))
        ]
    )


def _title(chapter: Chapter, language: Language) -> str:
    if chapter.kind is None:
        return TITLES[language].format(n=chapter.page)
    return chapter.text or MARKED[language][chapter.kind]

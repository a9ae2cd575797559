"""A packed lesson is what its classrooms saw, in one file that programs of others read."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import av
import msgspec
import pytest

from recorder import keys, webm
from recorder import pack as packing
from recorder.pack import ANYONE, PLACE, is_packed, pack
from recorder.shelf import FileShelf, media_folder
from recorder.timeline import Publisher
from synclass import wire
from synclass.channel import Fact
from synclass.conduct import Ended, Joined
from synclass.errors import Refused
from synclass.inclass.chat import Said, To
from synclass.inclass.tracks import ClockSet
from synclass.ink import Chain, decode
from synclass.lesson import Entry
from synclass.preclass.handout import HandoutAdded, Sheet
from synclass.strokes import InkAdded, StrokeBegun
from synclass.words import LessonId, Participant, ParticipantId, Role

from .. import packed_stranger
from ..plausible import play
from ..signaling.sfu.speech import heard
from . import studio
from .test_deck import LESSON, deck, deck_of, tone_times
from .test_deck import play as record

PAGE = b"<!doctype html><meta charset=windows-1252>" + PLACE + b"<plaintext hidden>"
SHEET = "ab" * 32


def kept(data: Path, seed: int = 3, *more: Fact, lesson: LessonId = LESSON) -> list[Entry]:
    """A lesson that has ended, with a patrol in it and what else is asked for."""
    _, log = play(seed, 300)
    patrol = Participant(ParticipantId("patrol"), "巡课", Role.PATROL)
    log = [entry for entry in log if not isinstance(entry.fact, Ended)]
    for fact in (Joined(patrol, 99), *more, Ended()):
        log.append(Entry(log[-1].seq + 1, log[-1].ms + 1, ANYONE.id, 0, fact))
    shelf = FileShelf(data)
    journal = shelf.journal(lesson)
    for entry in log:
        journal.append(wire.record([entry]))
    journal.close()
    return log


def packed(data: Path, out: str = "l.lesson.html") -> Path:
    path = data / out
    parcel = pack(FileShelf(data), LESSON, PAGE)
    path.write_bytes(b"".join(parcel.pieces()))
    assert path.stat().st_size == parcel.size
    return path


def with_points(fact: Fact) -> Any:
    """A fact as a stranger tells it."""
    told = msgspec.msgpack.decode(wire.encode(fact), strict=False)
    if isinstance(fact, StrokeBegun | InkAdded):
        points = decode(Chain(p=16), fact.ink) if fact.ink else []
        told[4 if isinstance(fact, StrokeBegun) else 2] = points
        told += [False] * ((6 if isinstance(fact, StrokeBegun) else 4) - len(told))
    return json.loads(json.dumps(told, default=bytes.hex))


@pytest.mark.parametrize("seed", range(8))
def test_a_stranger_reads_all_that_a_classroom_could_see(tmp_path: Path, seed: int) -> None:
    log = kept(tmp_path, seed)
    seen = [e for e in log if is_packed(e.fact)]
    assert len(seen) < len(log), "some of it is for fewer"
    read = list(packed_stranger.lines(packed(tmp_path)))
    assert [line[:2] for line in read] == [(e.seq, e.ms) for e in seen]
    for (_, _, told), entry in zip(read, seen, strict=True):
        assert isinstance(entry.fact, Fact)
        assert json.loads(json.dumps(told, default=bytes.hex)) == with_points(entry.fact)


def test_nothing_that_is_for_fewer_leaves_the_house(tmp_path: Path) -> None:
    words = Said(7, ParticipantId("room-1"), "only for the teacher", To.TEACHERS)
    kept(tmp_path, 3, words, ClockSet(ParticipantId("room-1"), "voice", 7, 3.0))
    told = json.dumps(list(packed_stranger.lines(packed(tmp_path))), default=str)
    assert "patrol" not in told and "only for the teacher" not in told
    assert "track.clock" not in told, "nobody has the packets"
    assert "lesson.ended" in told


def test_pages_and_pictures_lie_in_it_byte_by_byte(tmp_path: Path) -> None:
    FileShelf(tmp_path).keep_page(LESSON, f"{SHEET}.svg.gz", b"gzipped")
    kept(tmp_path, 3, HandoutAdded(1, "课件", [Sheet(f"{SHEET}.svg", 4, 3, 7)]))
    camera = deck(tmp_path, "VP8", "camera")
    record(camera, studio.packets("VP8", 50, start=5))
    camera.close(9)
    path = packed(tmp_path)
    found, about = zipfile.ZipFile(path), packed_stranger.about(path)
    [track] = about["tracks"]
    lies = (media_folder(tmp_path, LESSON) / track["name"]).read_bytes()
    assert found.read(f"media/{track['name']}") == lies and track["size"] == len(lies)
    assert found.read(f"pages/{SHEET}.svg.gz") == b"gzipped"
    assert set(about["members"]) == set(found.namelist()) - {"lesson.json"}


def test_a_voice_is_the_same_in_fewer_bytes(tmp_path: Path) -> None:
    kept(tmp_path)
    voice = deck(tmp_path, "opus", "voice")
    record(voice, studio.sound_packets(studio.opus_tone(25), start=5))
    voice.close(31)
    [was] = FileShelf(tmp_path).tracks(LESSON)
    path = packed(tmp_path)
    [track] = packed_stranger.about(path)["tracks"]
    data = zipfile.ZipFile(path).read(f"media/{track['name']}")
    lies = (media_folder(tmp_path, LESSON) / track["name"]).read_bytes()
    assert heard(sounds(data)) == heard(sounds(lies))
    assert len(data) == track["size"] < 0.97 * len(lies)
    assert (track["header"], track["ends_ms"]) == (was.header, was.ends_ms)
    assert [ms // 10_000 for ms, _ in track["clusters"]] == [0, 1, 2]
    assert all(webm.begins_cluster(data[at : at + 4]) for _, at in track["clusters"])


def test_more_voices_than_there_is_room_for_lie_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path)
    for who in ("a", "b"):
        voice = deck_of(tmp_path, "voice", "opus", Publisher(), who=ParticipantId(who))
        record(voice, studio.sound_packets(studio.opus_tone(2), start=5))
        voice.close(8)
    first, second = FileShelf(tmp_path).tracks(LESSON)
    monkeypatch.setattr(packing, "MERGED", first.size + 10)
    told = packed_stranger.about(packed(tmp_path))["tracks"]
    assert told[0]["size"] < first.size and told[1]["size"] == second.size


def sounds(data: bytes) -> list[bytes]:
    with av.open(io.BytesIO(data), "r") as media:
        return [bytes(packet) for packet in media.demux() if packet.size]


def test_a_locked_voice_is_open_in_it_and_an_erased_one_is_not_there(tmp_path: Path) -> None:
    kept(tmp_path)
    for n, locked in enumerate((False, True)):
        voice = deck(tmp_path, "opus", "voice", locked=locked)
        record(voice, studio.sound_packets(studio.opus_tone(9), start=5 + 10 * n))
        voice.close(15 + 10 * n)
    path = packed(tmp_path)
    found, names = zipfile.ZipFile(path), [t["name"] for t in packed_stranger.about(path)["tracks"]]
    for name in names:
        (tmp_path / name).write_bytes(found.read(f"media/{name}"))
        assert len(tone_times(tmp_path / name)) > 400
    keys.destroy(keys.of(media_folder(tmp_path, LESSON) / names[1]))
    assert [t["name"] for t in packed_stranger.about(packed(tmp_path))["tracks"]] == names[:1]


def test_the_same_lesson_is_the_same_file(tmp_path: Path) -> None:
    kept(tmp_path)
    assert packed(tmp_path, "a").read_bytes() == packed(tmp_path, "b").read_bytes()


def test_the_page_says_where_its_zip_begins_and_whether_all_is_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path)
    voice = deck(tmp_path, "opus", "voice")
    record(voice, studio.sound_packets(studio.opus_tone(2), start=5))
    voice.close(8)
    for most, whole in ((1 << 20, True), (1000, False)):
        monkeypatch.setattr(packing, "INSIDE", most)
        data = packed(tmp_path).read_bytes()
        head, _, _ = data.partition(b"<plaintext hidden>")
        said = json.loads(head.partition(b'id="packed">')[2].partition(b"</script>")[0])
        begins = int(said["begins"])
        assert data[begins : begins + 4] == b"PK\3\4" and said["whole"] is whole
        follows = data[begins + said["inside"] :]
        assert follows.startswith(b"PK\1\2" if whole else b"PK\3\4")
        assert head.isascii() and b"<title>&#" in head


def test_a_lesson_is_packed_after_the_bell(tmp_path: Path) -> None:
    with pytest.raises(Refused) as nothing:
        pack(FileShelf(tmp_path), LessonId("none"), PAGE)
    assert nothing.value.code == "no-recording"
    log = kept(tmp_path)
    shutil.rmtree(tmp_path / "lessons")
    journal = FileShelf(tmp_path).journal(LESSON)
    for entry in log[:-1]:
        journal.append(wire.record([entry]))
    journal.close()
    with pytest.raises(Refused) as early:
        pack(FileShelf(tmp_path), LESSON, PAGE)
    assert early.value.code == "not-ended"

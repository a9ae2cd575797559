from synclass.conduct import Ended, Joined, Left
from synclass.inclass.tracks import (
    Clock,
    ClockSet,
    Missed,
    NoteClock,
    NoteMissed,
    NoteSilence,
    NoteTaping,
    NoteTrack,
    TapingSet,
    TrackPublished,
    Tracks,
    TrackSilent,
    Watched,
)
from synclass.words import SYSTEM, ParticipantId

from ..conftest import PATROL, TEACHER, VILLAGE


def with_her() -> Tracks:
    tracks = Tracks()
    tracks.apply(Joined(TEACHER, 1), at=0)
    return tracks


def test_a_track_is_noted_once_and_again_when_its_codec_changes() -> None:
    tracks = with_her()
    (published,) = tracks.decide(SYSTEM, NoteTrack(TEACHER.id, "camera", "VP8"), now=1)
    tracks.apply(published, at=1)
    assert list(tracks.decide(SYSTEM, NoteTrack(TEACHER.id, "camera", "VP8"), now=2)) == []
    assert list(tracks.decide(SYSTEM, NoteTrack(TEACHER.id, "camera", "H264"), now=2)) == [
        TrackPublished(TEACHER.id, "camera", "H264")
    ]


def test_which_layers_are_shown_concerns_the_publisher_alone() -> None:
    audience = Watched(VILLAGE.id, {"camera": ["q"]}).audience()
    assert audience.admits(VILLAGE) and not audience.admits(TEACHER)


def test_a_muted_microphone_is_a_fact_only_where_there_was_one() -> None:
    tracks = Tracks()
    silence = NoteSilence(TEACHER.id, "voice")
    assert list(tracks.decide(SYSTEM, silence, now=1)) == []
    tracks.apply(TrackPublished(TEACHER.id, "voice", "opus"), at=1)
    assert list(tracks.decide(SYSTEM, silence, now=2)) == [TrackSilent(TEACHER.id, "voice")]


def test_who_leaves_takes_their_tracks_along() -> None:
    tracks = Tracks()
    tracks.apply(TrackPublished(TEACHER.id, "voice", "opus"), at=1)
    tracks.apply(Left(TEACHER.id), at=2)
    assert tracks == Tracks()


def test_nothing_is_noted_of_a_patrol_or_of_somebody_who_is_not_here() -> None:
    tracks = with_her()
    tracks.apply(Joined(PATROL, 2), at=0)
    for who in (PATROL.id, ParticipantId("nobody")):
        assert list(tracks.decide(SYSTEM, NoteTrack(who, "voice", "opus"), now=1)) == []
        assert list(tracks.decide(SYSTEM, NoteClock(who, "voice", 1, 1.0), now=1)) == []


def test_the_recording_light_goes_out_with_the_bell() -> None:
    tracks = Tracks()
    (lit,) = tracks.decide(SYSTEM, NoteTaping(True), now=1)
    tracks.apply(lit, at=1)
    assert lit == TapingSet(True) and tracks.taping
    tracks.apply(Ended(), at=2)
    assert not tracks.taping


def test_the_last_clock_of_a_track_is_known() -> None:
    tracks = Tracks()
    tracks.apply(ClockSet(TEACHER.id, "voice", 48_000, 1.0), at=1)
    tracks.apply(ClockSet(TEACHER.id, "voice", 96_000, 2.0), at=2)
    assert tracks.clocks == {"wang/voice": Clock(96_000, 2.0)}


def test_what_was_not_recorded_is_a_fact_where_it_can_have_been() -> None:
    tracks, nan = Tracks(), float("nan")
    missed = NoteMissed(TEACHER.id, "voice", 10.0, 130.5)
    assert list(tracks.decide(SYSTEM, missed, now=131)) == [
        Missed(TEACHER.id, "voice", 10.0, 130.5)
    ]
    for since, until in ((-1.0, 5.0), (5.0, 5.0), (5.0, 900.0), (nan, 5.0), (5.0, nan)):
        wrong = NoteMissed(TEACHER.id, "voice", since, until)
        assert list(tracks.decide(SYSTEM, wrong, now=131)) == []

"""Of a classroom on stage is recorded what is allowed, and a no ends it at once."""

from synclass.conduct import Joined
from synclass.inclass.light import Lights, LightSet, NoteConsent, taped
from synclass.inclass.stage import OnStage, StageEntered
from synclass.school.consent import May
from synclass.words import SYSTEM

from ..conftest import OTHER_VILLAGE, TEACHER, VILLAGE

HERS = {(TEACHER.id, "voice"), (TEACHER.id, "camera"), (TEACHER.id, "content")}


def on_stage() -> OnStage:
    stage = OnStage()
    for seat, who in enumerate((TEACHER, VILLAGE, OTHER_VILLAGE)):
        stage.apply(Joined(who, seat), at=0)
    stage.apply(StageEntered(VILLAGE.id, 1), at=1)
    return stage


def told(lights: Lights, picture: bool, voice: bool) -> list[LightSet]:
    facts = list(lights.decide(SYSTEM, NoteConsent(VILLAGE.id, picture, voice), now=2))
    for fact in facts:
        lights.apply(fact, at=2)
    return facts  # type: ignore[return-value]


def test_pupils_cameras_are_not_taped_without_consent() -> None:
    assert set(taped(on_stage(), {})) == HERS | {(VILLAGE.id, "voice")}


def test_with_consent_a_camera_is_taped_while_it_is_on_stage_and_no_other() -> None:
    may = {VILLAGE.id: May(True, True), OTHER_VILLAGE.id: May(True, True)}
    assert set(taped(on_stage(), may)) == HERS | {(VILLAGE.id, "voice"), (VILLAGE.id, "camera")}


def test_who_refuses_both_is_seen_and_heard_and_not_taped() -> None:
    assert set(taped(on_stage(), {VILLAGE.id: May(False, False)})) == HERS


def test_a_light_is_set_once_and_goes_out_when_consent_is_taken_back() -> None:
    lights, stage = Lights(), on_stage()
    assert told(lights, False, True) == []  # so it is of whom nothing is said
    assert told(lights, True, True) == [LightSet(VILLAGE.id, True, True)]
    assert told(lights, True, True) == []
    assert (VILLAGE.id, "camera") in taped(stage, lights.may)
    assert told(lights, False, True) == [LightSet(VILLAGE.id, False, True)]
    assert set(taped(stage, lights.may)) == HERS | {(VILLAGE.id, "voice")}

"""The teacher's voice lies in the clear, each village's under a key of its own."""

import pytest

from recorder import keys
from recorder.shelf import media_folder
from synclass.cli.exhibit.people import ROOMS, TEACHER
from synclass.cli.exhibit.stage import TAUGHT
from synclass.cli.exhibit.taught import BELL, END, STAGE

from .conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_spoke_is_heard_when_they_spoke(house: House) -> None:
    spans = {t.who: (t.clusters[0][0] / 1000, t.ends_ms / 1000) for t in house.shelf.tracks(TAUGHT)}
    assert set(spans) == {TEACHER.id, *(room.id for room in ROOMS)}
    assert spans[TEACHER.id][0] > BELL and spans[TEACHER.id][1] < END
    for room, (since, until) in zip(ROOMS, STAGE, strict=True):
        begins, ends = spans[room.id]
        assert since < begins < ends < until


async def test_a_villages_voice_can_be_erased_by_its_key(house: House) -> None:
    media = media_folder(house.data, TAUGHT)
    locked = {path.name for path in media.glob("*.webm") if keys.of(path).exists()}
    assert locked == {f"{room.id}.voice.1.webm" for room in ROOMS}

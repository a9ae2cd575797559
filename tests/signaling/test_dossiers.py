"""All that is kept of a pupil stands in one dossier, whichever table or log it is in."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from recorder.shelf import FileShelf
from signaling.dossiers import Dossiers
from synclass.errors import Refused
from synclass.postclass.dossier import Dossier

from ..adapters.registry.villages import MING, settle
from .pupil import OWN, taught
from .server import School, school
from .test_rooms import LESSON


async def dossier(town: School, data: Path) -> Dossier:
    dossiers = Dossiers(town.registry, FileShelf(data))
    return await dossiers.of(await dossiers.pupil("p2"))


async def test_a_dossier_has_what_every_table_and_the_recording_know(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await taught(town, tmp_path)
        found = await dossier(town, tmp_path)
        assert (found.school, found.classroom, found.namesakes) == ("草兴小学", "三年级", 0)
        [took] = found.took
        assert (took.lesson, took.here, took.picked, took.answers) == (LESSON, True, 1, [])
        assert [(one.room, one.here) for one in found.listed] == [("草兴小学 三年级", True)]
        [handed] = found.handed
        assert (handed.task, handed.work.mark, handed.work.receipt) == ("第三题", "优", "")
        [heard] = found.heard
        assert (heard.who, heard.name, len(heard.tracks)) == (OWN.id, OWN.name, 1)
        assert [one.text for one in found.mentions] == ["小明答得好"]
        assert [one.id for one in found.consents] == ["p2"]
        assert found.lessons == {LESSON}


async def test_what_stands_under_a_name_alone_may_be_a_namesakes(tmp_path: Path) -> None:
    async with school(tmp_path) as town:
        await taught(town, tmp_path)
        await town.registry.take_in([replace(MING, id="p8", number="8", row=0, column=0)])
        assert (await dossier(town, tmp_path)).namesakes == 1


async def test_a_teacher_is_no_pupil(tmp_path: Path) -> None:
    async with school(tmp_path, work=False) as town:
        await settle(town.registry)
        for id_ in ("p1", "nobody"):
            with pytest.raises(Refused, match="no such pupil"):
                await Dossiers(town.registry, FileShelf(tmp_path)).pupil(id_)

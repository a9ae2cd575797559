"""A device of a pupil's own is known by what it calls itself."""

from synclass.postclass.dossier import own_rooms


def test_a_bare_name_is_somebodys_only_where_nobody_else_has_it() -> None:
    assert own_rooms("草兴小学", "小明", alone=False) == ["草兴小学 小明", "草兴小学小明"]
    assert own_rooms("草兴小学", "小明", alone=True)[-1] == "小明"

"""Pointers, spotlight, curtain and view, as they lie over the page of a film."""

from recorder.film.region import ALL, Region
from recorder.film.scene import Scene
from recorder.film.sights import FADES, pointers, veil, view
from recorder.paper.drawing import Fill, Line
from synclass.channel import Glimpse
from synclass.inclass.gaze import Curtain, Pointer, Seen, Spot, View
from synclass.lesson import Entry

from .scenes import BELL, TEACHER, a_class, entries


def shown(*glimpses: Glimpse) -> Scene:
    """The scene at the moment the teacher shows this."""
    log = [entry for entry in entries(a_class()) if entry.ms <= BELL * 1000]
    for glimpse in glimpses:
        assert isinstance(glimpse, Pointer | Spot | Curtain | View)
        fact = Seen(TEACHER.id, glimpse)
        log.append(Entry(log[-1].seq + 1, 2000, TEACHER.id, 0, fact))
    scene = Scene(iter(log))
    scene.until(BELL)
    return scene


def test_a_pointer_is_seen_where_it_points_and_fades() -> None:
    scene = shown(Pointer(400, 800))
    assert pointers(scene) == Region(82, 182, 120, 220)
    dot, halo = veil(scene)
    assert isinstance(dot, Fill) and isinstance(halo, Line) and dot.alpha == 1
    scene.at += 0.75 * FADES
    assert next(veil(scene)).alpha == 0.5  # type: ignore[union-attr]
    scene.at += FADES
    assert pointers(scene) is None and not list(veil(scene))


def test_a_spotlight_dims_all_but_its_circle() -> None:
    (dim,) = veil(shown(Spot(2000, 2000, 400)))
    assert isinstance(dim, Fill) and dim.alpha < 1 and dim.path[0] == ("M", (-7680, -7680))


def test_a_curtain_hangs_from_its_side_with_an_edge() -> None:
    for side, area, edge in (
        ("top", (0, 0), (0, 94)),
        ("bottom", (0, 980), (0, 980)),
        ("left", (0, 0), (94, 0)),
        ("right", (1820, 0), (1820, 0)),
    ):
        cloth, hem = veil(shown(Curtain(side, 400)))  # type: ignore[arg-type]
        assert isinstance(cloth, Fill) and isinstance(hem, Fill)
        assert (cloth.path[0][1], hem.path[0][1]) == (area, edge)


def test_the_picture_is_the_part_of_the_page_that_the_teacher_shows() -> None:
    scene = shown(View(1920, 1080, 1920), Pointer(1920, 1080))
    assert view(scene.gaze.view) == (4.0, 480.0, 270.0)
    found = pointers(scene)
    assert found is not None and (found.left, found.top) == (ALL.left, ALL.top)

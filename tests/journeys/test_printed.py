"""The board on paper is the board on the screen, and a teacher takes it home with one button."""

import io
import math
from base64 import b64decode

import av
import pypdfium2
from PIL import Image, ImageChops
from playwright.async_api import Page

from recorder.film.stage import CORNERS, corner
from recorder.film.stage import LARGE as LARGE_PICTURE
from synclass.channel import Command
from synclass.cli.robot.client import Client
from synclass.inclass.board import EditMarks, PutMarks
from synclass.inclass.layers import DrawLayer, Layers
from synclass.ink import MOST_POINTS, Chain, Point, encode
from synclass.marks import SEAT, Body, Cut, Ink, NewMark, Pen, Place, Shape, Text, Tint

from ..waiting import until
from .classroom import Class, write
from .hand import hand, on_stage
from .touch import take

PEN = Pen("pen", 0, 16)
OTHER, LARGE = 96, 0.001  # of 255, and the share of pixels that may differ by more
FAINT = 0.6  # of 255, that pixels may differ by on the average

FAINT_FILM, LARGE_FILM = (
    3.0,
    0.001,
)  # the same of a film: fewer steps of brightness, coarser colours

PLAYED = """async (src) => {
  const video = document.createElement('video');
  Object.assign(video, { src, muted: true });
  await video.play();
  while (video.currentTime < 0.3) await new Promise(requestAnimationFrame);
  if (video.error) throw new Error(video.error.message);
  return [video.videoWidth, video.videoHeight];
}"""

SCREEN = """() => {
  const layers = [...document.querySelectorAll('.sheet canvas')];
  const { width, height } = layers[0];
  const whole = Object.assign(document.createElement('canvas'), { width, height });
  for (const layer of layers) whole.getContext('2d').drawImage(layer, 0, 0, width, height);
  return whole.toDataURL();
}"""
FETCHED = """async path => {
  const answer = await fetch(path), reader = new FileReader();
  reader.readAsDataURL(await answer.blob());
  await new Promise(done => reader.onload = done);
  return [answer.status, reader.result];
}"""


def swung(x: int, y: int, turns: float, *, press: int = 18) -> bytes:
    """A swinging line, its pressure coming and going."""
    points: list[Point] = [
        (x + 14 * n, y + round(260 * math.sin(n * turns / 30)), press + round(8 * math.sin(n / 7)))
        for n in range(150)
    ]
    chain, ink = Chain(), encode(Chain(), points[:1], first=True)
    chain.x, chain.y, chain.p = points[0]
    for at in range(1, len(points), MOST_POINTS):
        ink += encode(chain, points[at : at + MOST_POINTS], first=False)
    return ink


BODIES: list[Body] = [
    Ink(Pen("pen", 2, 40), swung(400, 600, 3)),
    Ink(Pen("highlighter", 4, 160), swung(400, 1300, 1)),
    Ink(Pen("chalk", 1, 80), swung(400, 2000, 2)),
    Ink(Pen("pen", 3, 28), swung(400, 2700, 5)),
    Ink(Pen("pen", 5, 48), swung(400, 3300, 4)),
    Shape("arrow", Pen("pen", 1, 24), [3000, 400, 4600, 900]),
    Shape("ellipse", PEN, [3000, 1100, 4400, 1900], filled=True),
    Shape("polygon", Pen("pen", 5, 16), [3000, 3000, 4200, 3000, 3600, 2200], filled=True),
    Shape("axes", PEN, [4800, 400, 7200, 2000]),
    Text((4800, 2200, 2400, 400), "分数的意义 1/2 + x", 200, 2),
    Text((4800, 2800, 1600, 400), "想一想\n为什么？", 160, 4, note=True),
]
LAYERED = Ink(Pen("pen", 1, 32), swung(4600, 3700, 2))
"""On the classroom's own layer, which the teacher shows to all."""


def changes(first: int) -> list[Command]:
    cut = Cut([(first + 3, 30, 60), (first + 3, 90, 100)])
    placed = Place((0.8, 0.3, -0.3, 0.8, 2600.0, 300.0))
    return [
        EditMarks(1, [first + 3], cut),
        EditMarks(1, [first + 4], placed),
        EditMarks(1, [first + 6], Tint(3)),
    ]


async def drawn(lesson: Class, teacher: Page) -> None:
    async with hand(lesson) as client:
        await until(lambda: on_stage(teacher, client))
        first = client.seat * SEAT + 1
        marks = [NewMark(first + n, body) for n, body in enumerate(BODIES)]
        await client.ask(PutMarks(1, marks))
        for change in changes(first):
            await client.ask(change)
        await teacher.get_by_role("button", name="谁来写").click()
        await teacher.get_by_role("button", name="让各教室写").click()
        await until(lambda: layers_are_open(client))
        await client.ask(DrawLayer(1, [NewMark(first + 50, LAYERED)]))
        await teacher.get_by_role("button", name="给大家看：溪口小学").click()


async def layers_are_open(client: Client) -> bool:
    layers = client.lesson.channel("layers")
    return isinstance(layers, Layers) and layers.open


async def printed(teacher: Page, path: str) -> bytes:
    status, coded = await teacher.evaluate(FETCHED, path)
    assert status == 200, path
    return b64decode(coded.partition(",")[2])


async def on_screen(teacher: Page) -> Image.Image:
    """The board's own pixels, of all its layers."""
    _, _, coded = str(await teacher.evaluate(SCREEN)).partition(",")
    return picture(b64decode(coded))


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def last_picture(film: str) -> Image.Image:
    with av.open(film) as file:
        *_, last = file.decode(video=0)
    return Image.fromarray(last.to_ndarray(format="rgb24"))


def without_corners(picture: Image.Image) -> Image.Image:
    """Where the teacher's picture may be in a film."""
    scale = picture.width / 1920
    for name in CORNERS:
        area = [round(value * scale) for value in corner(name, *LARGE_PICTURE)]
        picture.paste(0, (area[0] - 2, area[1] - 2, area[2] + 2, area[3] + 2))
    return picture


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How far two pictures differ on the average, and the share of pixels that are others."""
    levels = ImageChops.difference(one, other).convert("L").histogram()
    pixels = sum(levels)
    return sum(n * at for at, n in enumerate(levels)) / pixels, sum(levels[OTHER:]) / pixels


async def test_what_is_printed_is_what_was_on_the_screen(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await drawn(lesson, teacher)
    await take(teacher, "文字", "公式")
    await write(teacher, [(0.42, 0.8)])
    await teacher.keyboard.type(r"\frac{1}{2}=\sqrt{x}")
    await teacher.get_by_role("button", name="完成").click()
    await teacher.mouse.move(5, 5)
    wide = (await on_screen(teacher)).width
    path = f"/api/lessons/{lesson.lesson}/board/1.png?width={wide}"
    paper = picture(await printed(teacher, path))

    async def same() -> bool:
        screen = (await on_screen(teacher)).crop((0, 0, *paper.size))
        mean, share = apart(screen, paper)
        print(f"\n{paper.size}: {mean:.2f} of 255 on the average, {100 * share:.3f} % are others")
        blank = Image.new("RGB", paper.size, (0xFD, 0xFC, 0xF8))
        assert apart(blank, paper)[1] > 4 * LARGE
        screen.save(lesson._pictures / "board-on-screen.png")
        paper.save(lesson._pictures / "board-on-paper.png")
        return mean < FAINT and share < LARGE

    lesson._pictures.mkdir(parents=True, exist_ok=True)
    await until(same, within=10)
    lesson.check()


async def test_a_teacher_takes_board_and_film_home_with_a_button_each(lesson: Class) -> None:
    teacher = await lesson.teacher()
    await lesson.begin(teacher)
    await drawn(lesson, teacher)
    await teacher.mouse.move(5, 5)
    screen = await on_screen(teacher)
    await teacher.get_by_role("button", name="结束上课").click()
    await teacher.get_by_role("button", name="下课", exact=True).click()
    async with teacher.expect_download() as coming:
        await teacher.get_by_role("link", name="板书存为 PDF").click()
    download = await coming.value
    assert download.suggested_filename == "分数的意义.pdf"
    document = pypdfium2.PdfDocument(await download.path())
    assert "分数的意义" in document[0].get_textpage().get_text_bounded()
    await lesson.picture(teacher, "board-as-pdf")
    await teacher.goto(f"/replay/{lesson.lesson}")
    await teacher.get_by_role("link", name="板书存为 PDF").wait_for()
    await teacher.get_by_role("button", name="做成视频").click()
    link = teacher.get_by_role("link", name="保存视频")
    await link.wait_for(timeout=60_000)
    await lesson.picture(teacher, "lesson-as-film")
    async with teacher.expect_download() as coming:
        await link.click()
    download = await coming.value
    assert download.suggested_filename == "分数的意义.mp4"
    assert await teacher.evaluate(PLAYED, f"/api/lessons/{lesson.lesson}/film.mp4") == [1920, 1080]
    last = last_picture(str(await download.path())).resize(screen.size)
    assert apart(screen, last)[0] > FAINT_FILM, "the teacher's picture is in a corner"
    mean, share = apart(without_corners(screen), without_corners(last))
    print(f"\nfilm: {mean:.2f} of 255 on the average, {100 * share:.3f} % are others")
    assert mean < FAINT_FILM and share < LARGE_FILM
    lesson.check()

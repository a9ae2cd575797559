"""Puts board, teacher and screen share into one picture."""

from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from .cameras import Camera
from .easel import Easel
from .region import ALL, Region
from .screen import Screen

LARGE = (384, 216)  # pixels of the teacher's picture over the board: a fifth of its width
MARGIN = 16
BOARD, TEACHER = Region(1440, 144, 1920, 414), Region(1440, 432, 1920, 702)
CONTENT = Region(0, 144, 1440, 954)
"""Where they are while the teacher shows a screen or a document."""
SELDOM = 0.5  # seconds between two pictures of it: a page stands still, and it is half of ours
CORNERS = ("bottom right", "top right", "bottom left", "top left")
"""Of the page; the first of those in which least is ever written has the teacher's picture."""


def corner(name: str, width: int, height: int) -> Region:
    """Where a picture of this size lies."""
    left = MARGIN if name.endswith("left") else ALL.right - MARGIN - width
    top = MARGIN if name.startswith("top") else ALL.bottom - MARGIN - height
    return Region(left, top, left + width, top + height)


def fitted(width: int, height: int, into: Region) -> Region:
    """As large as it can be, in its proportions and in the middle; even numbers."""
    room = into.right - into.left, into.bottom - into.top
    scale = min(room[0] / max(1, width), room[1] / max(1, height))
    wide, high = (max(2, int(size * scale) // 2 * 2) for size in (width, height))
    left = into.left + (room[0] - wide) // 4 * 2
    top = into.top + (room[1] - high) // 4 * 2
    return Region(left, top, left + wide, top + high)


class Stage:
    def __init__(self, screen: Screen, teacher: Camera, content: Camera) -> None:
        self._screen, self._teacher, self._content = screen, teacher, content
        self._to_small = VideoReformatter()
        self._beside = False
        self._due = 0.0
        self._small: tuple[VideoFrame | None, Region] | None = None
        self._shown: tuple[VideoFrame, Region] | None = None

    def show(self, at: float, easel: Easel, news: Region | None, corner_of_page: str) -> bool:
        """The picture of a lesson second, ``news`` being new of the board; whether it is new."""
        face, shown = self._teacher.at(at), self._content.at(at)
        if (shown is not None) != self._beside:
            self._beside, news = shown is not None, ALL
            self._small = self._shown = None
            if self._beside:
                self._screen.fill(ALL)
        if shown is not None:
            return self._show_beside(at, easel, news, face, shown)
        wanted = _over(face, corner_of_page)
        moved = self._small is not None and (wanted is None or self._small[1] != wanted)
        if news:
            self._screen.put(news, easel.pixels[news.slices])
        if moved and self._small is not None:
            gone = self._small[1]
            self._screen.put(gone, easel.pixels[gone.slices])
        new = self._place_small(face, wanted, again=bool(news))
        return bool(news) or moved or new

    def _show_beside(
        self,
        at: float,
        easel: Easel,
        news: Region | None,
        face: VideoFrame | None,
        shown: VideoFrame,
    ) -> bool:
        if news:
            board = VideoFrame.from_ndarray(easel.pixels, "rgba")
            self._screen.place(BOARD, self._scaled(board, BOARD))
        into = fitted(shown.width, shown.height, CONTENT)
        new = self._shown is None or (self._shown[0] is not shown and at >= self._due)
        if new and self._shown is not None and self._shown[1] != into:
            self._screen.fill(CONTENT)
        if new:
            self._shown, self._due = (shown, into), at + SELDOM
            self._screen.place(into, self._scaled(shown, into))
        wanted = None if face is None else fitted(face.width, face.height, TEACHER)
        moved = self._small is not None and self._small[1] != wanted
        if moved:
            self._screen.fill(TEACHER)
        return self._place_small(face, wanted, again=False) or bool(news) or new or moved

    def _place_small(self, face: VideoFrame | None, wanted: Region | None, *, again: bool) -> bool:
        """The teacher's picture; ``again`` where something was drawn over it, perhaps."""
        if face is None or wanted is None:
            self._small = None
            return False
        new = self._small is None or self._small[0] is not face or self._small[1] != wanted
        if new or again:
            self._screen.place(wanted, self._scaled(face, wanted))
        self._small = face, wanted
        return new

    def _scaled(self, frame: VideoFrame, to: Region) -> VideoFrame:
        return self._to_small.reformat(
            frame,
            to.right - to.left,
            to.bottom - to.top,
            "yuv420p",
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.BILINEAR,  # softer: less of a camera's noise is new
        )


def _over(face: VideoFrame | None, name: str) -> Region | None:
    if face is None:
        return None
    size = fitted(face.width, face.height, Region(0, 0, *LARGE))
    return corner(name, size.right - size.left, size.bottom - size.top)

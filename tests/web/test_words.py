"""A classroom does not load the words of those who log in, and so must not need them."""

import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "web/src"
STAFF = {SRC / "screens" / name for name in ("teach", "home", "login", "replay", "district")}
STAFF.add(SRC / "packed")  # a lesson in one file is a replay
KEY = re.compile(r'^ +"([^"]+)":', re.MULTILINE)


def test_only_the_screens_of_staff_use_the_words_of_staff() -> None:
    texts = (SRC / f"i18n/zh.{part}.ts" for part in ("staff", "replay"))
    words = {key for text in texts for key in KEY.findall(text.read_text())}
    families = {f"{word.rpartition('.')[0]}." for word in words}
    plain = set(KEY.findall((SRC / "i18n/zh.ts").read_text()))
    assert len(words) > 150 and not words & plain
    for path in SRC.rglob("*.ts*"):
        if STAFF & set(path.parents) or path.parent.name == "i18n":
            continue
        text = path.read_text()
        if 'i18n/staff";' in text:
            continue  # fetched by staff alone, and brings them
        used = set(re.findall(r'"([a-z][\w.-]+)"', text)) & words
        made = set(re.findall(r"`([a-z][\w.-]+\.)\$\{", text)) & families
        assert not used | made, path


def test_each_of_their_screens_brings_them() -> None:
    for screen in ("teach/Teach", "home/Home", "district/District", "login/Login", "replay/Replay"):
        assert 'import "../../i18n/staff";' in (SRC / f"screens/{screen}.tsx").read_text()
    assert 'import "../i18n/staff";' in (SRC / "packed/main.tsx").read_text()


def test_the_words_of_the_tools_come_with_the_tools() -> None:
    """A room that never writes does not load them."""
    words = set(KEY.findall((SRC / "i18n/zh.tools.ts").read_text()))
    screens = SRC / "screens"
    bring = {screens / "room/writing.ts", screens / "teach/Teach.tsx"}
    assert words and all('import "../../i18n/tools";' in path.read_text() for path in bring)
    for path in SRC.rglob("*.ts*"):
        inside = {screens / "live/tools", screens / "teach"} & set(path.parents)
        if inside or path.name == "Tools.tsx" or path.parent.name == "i18n":
            continue
        if path.name != "wire.gen.ts":  # a tag there may be called as a word is
            assert not set(re.findall(r'"([a-z][\w.-]+)"', path.read_text())) & words, path

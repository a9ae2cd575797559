"""A classroom does not load the words of those who log in, and so must not need them."""

import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "web/src"
STAFFED = (
    "teach",
    "home",
    "login",
    "replay",
    "district",
    "patrol",
    "plan",
    "after",
    "timetable",
    "courses",
    "studios",
    "contests",
    "account",
)
STAFF = {SRC / "screens" / name for name in STAFFED}
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
    for name in STAFFED:
        screen = f"{name}/{name.title()}"
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


CODE = "".join(
    path.read_text()
    for path in (*SRC.rglob("*.ts*"), *SRC.parent.glob("*.html"))
    if path.parent.name != "i18n" and path.name != "wire.gen.ts"
)


def spoken(language: str) -> set[str]:
    files = SRC.glob(f"i18n/{language}*.ts")
    return {key for path in files for key in KEY.findall(path.read_text())}


def test_every_word_is_there_in_both_languages_and_said_somewhere() -> None:
    words = spoken("zh")
    assert len(words) > 1000 and words == spoken("en")
    said = set(re.findall(r"""["'`%]([\w.-]+)["'`%]""", CODE))
    families = tuple(re.findall(r"`([\w.-]+[.-])\$\{", CODE))
    assert sorted(w for w in words - said if not w.startswith(families)) == []


def test_whatever_is_noted_has_words_in_the_audit_log() -> None:
    root = SRC.parents[1]
    files = [p for part in ("signaling", "synclass/cli") for p in (root / part).rglob("*.py")]
    noted = set(
        re.findall(
            r'note(?:=|\([^()]*?(?:\([^()]*\)[^()]*?)*)"([a-z-]+\.[a-z.-]+)"',
            "".join(path.read_text() for path in files),
        )
    )
    assert len(noted) > 20
    assert {f"audit.{act}" for act in noted} <= spoken("zh")

"""The page of a pupil's export that people read, in Chinese and English, without a script."""

import time
from collections.abc import Iterable, Iterator
from html import escape

from synclass.postclass.dossier import Dossier, Handed, Heard, Took
from synclass.school.consent import Answer

POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
STYLE = """
body { font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fdfcf8 }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; border-bottom: 1px solid #ccc; padding: 4px 8px }
img { max-width: 100% }
"""
HEAD = f"""<!doctype html><html lang="zh"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}"><style>{STYLE}</style>
"""
NONE = "没有 · nothing"
SAYS = {
    Answer.NONE: "未登记 · not on file",
    Answer.GRANTED: "同意 · granted",
    Answer.REFUSED: "不同意 · refused",
}
HERE = {True: "到 · here", False: "缺 · absent", None: "未点名 · no roll"}
RIGHT = {True: "对 · right", False: "错 · wrong", None: ""}


def page_of(dossier: Dossier) -> str:
    return HEAD + "\n".join(_parts(dossier)) + "</html>\n"


def _parts(one: Dossier) -> Iterator[str]:
    person = one.person
    yield f"<title>{escape(person.name)}</title><h1>{escape(person.name)}</h1>"
    yield f"<p>{_wall(one.made_at)} · pupil.json</p>"
    seat = f"{person.row}, {person.column}" if person.row else ""
    roster = (one.school, one.classroom, person.number, seat, person.id)
    yield table(
        "名单 · Roster", ("学校 school", "班 class", "学号 number", "座位 seat", "id"), [roster]
    )
    consents = [(SAYS[c.picture], SAYS[c.voice], c.who, _wall(c.at)) for c in one.consents]
    yield table(
        "同意书 · Consent", ("画面 picture", "声音 voice", "登记人 by", "时间 at"), consents
    )
    took = [row for lesson in one.took for row in _took(lesson)]
    heads = ("时间 at", "课 lesson", "到课 here", "被点 picked", "作答 answers")
    yield table("课堂 · Class book", heads, took)
    listed = [(x.lesson, x.room, HERE[x.here]) for x in one.listed]
    yield table("课后报告 · Reports", ("课 lesson", "教室 room", "到课 here"), listed)
    yield "<h2>作业 · Homework</h2>" + ("".join(map(_handed, one.handed)) or f"<p>{NONE}</p>")
    yield "<h2>录音录像 · Recordings of a device of their own</h2>"
    yield "".join(map(_heard, one.heard)) or f"<p>{NONE}</p>"
    mentions = [(x.lesson, x.where, x.who, x.text) for x in one.mentions]
    said = ("课 lesson", "在 in", "谁 who", "原文 text")
    yield table("别人提到 · Mentioned by others", said, mentions)


def _took(one: Took) -> Iterator[tuple[str, ...]]:
    said = "; ".join(f"{a.quiz}: {a.said} {RIGHT[a.right]}".strip() for a in one.answers)
    yield _wall(one.began_at), one.title or one.lesson, HERE[one.here], str(one.picked), said


def _handed(one: Handed) -> str:
    work = one.work
    marked = " · ".join(filter(None, (work.mark, work.remark)))
    pictures = "".join(f'<p><img src="{escape(name)}" alt=""></p>' for name in one.files)
    return (
        f"<h3>{escape(one.task)}</h3><p>{_wall(work.handed_at)}</p>"
        f"<p>{escape(work.text)}</p>{pictures}<p>{escape(marked)}</p>"
    )


def _heard(one: Heard) -> str:
    files = [
        f'<li><a href="{escape(t.file)}">{escape(t.name)}</a> {t.seconds:.0f} s</li>'
        if t.file
        else f"<li>{escape(t.name)}: 已删除 · erased</li>"
        for t in one.tracks
    ]
    return f"<h3>{escape(one.lesson)} · {escape(one.name)}</h3><ul>{''.join(files)}</ul>"


def table(title: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in rows)
    if not body:
        return f"<h2>{title}</h2><p>{NONE}</p>"
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    return f"<h2>{title}</h2><table><tr>{head}</tr>{body}</table>"


def _wall(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at)) if at else ""

"""How words are found in texts, the same in both databases: as they stand, capital or small."""

from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Boolean

ESCAPE = "/"
MOST_WORDS = 8
"""That something is looked for by; others are not minded."""


class _Like(GenericFunction[bool]):
    """A text and a pattern.  lower() on both sides would take twice the time of a whole search."""

    type = Boolean()
    name = "like_any_case"
    inherit_cache = True


def has(text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether the word is in it; a % is a %."""
    return _Like(text, literal(f"%{_plain(word)}%"))


def begins(text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return _Like(text, literal(f"{_plain(word)}%"))


def words_of(text: str) -> list[str]:
    return text.split()[:MOST_WORDS]


def _plain(word: str) -> str:
    for sign in (ESCAPE, "%", "_"):
        word = word.replace(sign, ESCAPE + sign)
    return word


@compiles(_Like)
def _in_postgres(like: _Like, compiler: SQLCompiler, **kw: Any) -> str:
    text, pattern = (compiler.process(part, **kw) for part in like.clauses)
    return f"({text} ILIKE {pattern} ESCAPE '{ESCAPE}')"


@compiles(_Like, "sqlite")
def _in_sqlite(like: _Like, compiler: SQLCompiler, **kw: Any) -> str:
    text, pattern = (compiler.process(part, **kw) for part in like.clauses)
    return f"({text} LIKE {pattern} ESCAPE '{ESCAPE}')"

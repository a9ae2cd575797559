"""Words are found as they stand, in both databases alike."""

import pytest
from sqlalchemy import literal, select

from synclass.adapters.registry.database import Database
from synclass.adapters.registry.words import MOST_WORDS, begins, has, words_of


@pytest.mark.parametrize(
    ("text", "word", "there"),
    [
        ("分数的加法", "分数", True),
        ("Sing 100%", "sing", True),
        ("Sing 100%", "0%", True),
        ("Sing 1000", "0%", False),
        ("a_b", "A_B", True),
        ("acb", "a_b", False),
        ("a/b", "/", True),
        ("ab", "/", False),
        ("O'Neill", "o'n", True),
    ],
)
async def test_a_word_is_found_capital_or_small_and_a_percent_is_a_percent(
    database: Database, text: str, word: str, there: bool
) -> None:
    asked = select(has(literal(text), word), begins(literal(text), word))
    (row,) = await database.rows(asked)
    assert tuple(map(bool, row)) == (there, text.lower().startswith(word.lower()))


def test_no_more_words_are_looked_for_than_anybody_types() -> None:
    assert words_of(" 王老师  分数 ") == ["王老师", "分数"]
    assert len(words_of("x " * 50)) == MOST_WORDS

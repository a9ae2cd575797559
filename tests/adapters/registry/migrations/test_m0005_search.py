"""A search reads an index and nothing else: an evening's search must not read the whole year."""

from pathlib import Path

import pytest
from sqlalchemy import text

from synclass.adapters.registry.database import Database


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("SELECT id FROM lesson WHERE title LIKE '%x%' ORDER BY made_at DESC, id DESC", "lessons"),
        ("SELECT id FROM person WHERE name LIKE '%x%' ORDER BY number, id", "people"),
    ],
)
async def test_what_a_search_looks_at_is_in_its_index(
    tmp_path: Path, asked: str, index: str
) -> None:
    database = await Database.open(tmp_path / "synclass.sqlite")
    (plan,) = await database.rows(text(f"EXPLAIN QUERY PLAN {asked} LIMIT 200"))
    await database.close()
    assert f"COVERING INDEX found_{index}" in plan.detail

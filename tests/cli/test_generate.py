from pathlib import Path

from synclass.cli import generate


def test_typescript_knows_every_struct_inside_another() -> None:
    text = generate.typescript()
    assert '  Joined: [["who", "Participant"], ["seat"]],' in text
    assert '  Entries: [["seq"], ["ms"], ["lines", "[Line]"]],' in text
    board = '{"pages":"{Page}","done":"{[Act]}","undone":"{[Act]}","boxes":"{Grant}"}'
    assert f"  board: {board}," in text
    assert '["body", "|Ink|Shape|Text|Formula|Picture"]' in text
    assert '  "hand.raised": "HandRaised",' in text


def test_both_files_are_written_where_they_belong(tmp_path: Path) -> None:
    (tmp_path / "web/src").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    generate.write(tmp_path)
    assert (tmp_path / "web/src/wire.gen.ts").read_text() == generate.typescript()

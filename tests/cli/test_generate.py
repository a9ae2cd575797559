from pathlib import Path

from synclass.cli import generate


def test_typescript_knows_every_struct_inside_another() -> None:
    text = generate.typescript()
    assert "\nJoined=lesson.joined who:Participant seat\n" in text
    assert "\nEntries=facts seq ms lines:[Line]\n" in text
    assert "\nboard pages:{Page} done:{[Act]} undone:{[Act]} boxes:{Grant}\n" in text
    assert " body:|Ink|Shape|Text|Formula|Picture" in text
    assert "\nHandRaised=hand.raised who\n" in text.split(">Fact")[1]


def test_what_a_page_learns_later_is_not_in_its_first_load() -> None:
    first, later = generate.typescript().split("MESSAGES")[1], generate.later()
    assert "QuestionAsked=" in later and "questions asked:[Question]" in later
    assert "QuestionAsked=" not in first and "HandRaised=" not in later


def test_both_files_are_written_where_they_belong(tmp_path: Path) -> None:
    (tmp_path / "web/src").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    generate.write(tmp_path)
    assert (tmp_path / "web/src/wire.gen.ts").read_text() == generate.typescript()

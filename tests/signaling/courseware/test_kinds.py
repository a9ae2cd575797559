import pytest

from signaling.courseware.kinds import kind_of
from synclass.errors import Refused

from .files import drawing, office, pdf, picture


def test_a_file_is_what_its_first_bytes_say() -> None:
    assert kind_of(pdf()) == kind_of(b"\n" * 900 + pdf()) == "pdf"
    assert {kind_of(picture(kind)) for kind in ("PNG", "JPEG", "WEBP", "GIF")} == {"picture"}
    assert kind_of(office()) == "office"
    assert kind_of(drawing()) == kind_of(drawing(head='\ufeff<?xml version="1.0"?>\n')) == "svg"


@pytest.mark.parametrize("head", [b"", b"MZ\x90", b"<html>", b"RIFF....AVI ", b"\x00" * 2000])
def test_anything_else_is_told_what_would_do(head: bytes) -> None:
    with pytest.raises(Refused, match="PDF, PPTX") as refusal:
        kind_of(head)
    assert refusal.value.code == "bad-kind"


def test_an_old_office_file_is_told_the_way_out() -> None:
    with pytest.raises(Refused, match="save it as PDF") as refusal:
        kind_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    assert refusal.value.code == "old-office"

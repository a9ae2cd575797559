"""Which kind of file this is, by its first bytes and never by its name."""

from typing import Literal

from synclass.errors import Refused

Kind = Literal["pdf", "picture", "svg", "office"]

SNIFF = 1024  # bytes: a PDF's mark may stand anywhere in them (ISO 32000 annex H, note 13)
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(head: bytes) -> Kind:
    """The kind of a file with these first bytes; raises Refused("old-office") / ("bad-kind")."""
    if b"%PDF-" in head[:SNIFF]:
        return "pdf"
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "picture"
    if head.startswith(b"PK\x03\x04"):
        return "office"
    if head.startswith(_OLE):
        raise Refused("old-office", "an old Office file: save it as PDF, or as PPTX or DOCX")
    if _is_svg(head):
        return "svg"
    raise Refused("bad-kind", "courseware is PDF, PPTX, DOCX, PNG, JPEG, WebP, GIF or SVG")


def _is_svg(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<") and b"<svg" in text

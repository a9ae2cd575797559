"""Style sheets inside a page: known properties with harmless values stay, all else goes."""

import re

from .allowed import STYLES, is_fine, references

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT = re.compile(r"@[^{};]*(?:;|\{[^{}]*\})")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_CLASSES = re.compile(r"\s*\.[\w-]+(?:\s*,\s*\.[\w-]+)*\s*")
_SELECTOR = re.compile(r"[\w\s.#,*>+~-]+")
LONGEST = 256 * 1024  # characters of a sheet: a drawing's classes are a few hundred


def declarations(text: str) -> str:
    """What stays of ``a:b;c:d``."""
    kept = []
    for line in text.split(";"):
        name, colon, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name in STYLES and value and is_fine(name, value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def sheet(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stays of a style sheet, and which class refers to which id of the page.

    Nothing stays where it has escapes, which could hide anything.  A rule that refers to an id
    is for classes only: so it is known who draws what.
    """
    text = _AT.sub("", _COMMENT.sub(" ", text))
    if "\\" in text or "<" in text or len(text) > LONGEST:
        return "", []
    rules, drawn = [], list[tuple[str, str]]()
    for selector, body in _RULE.findall(text):
        kept = declarations(body)
        ids = references(kept)
        if kept and (_CLASSES if ids else _SELECTOR).fullmatch(selector):
            rules.append(f"{selector.strip()}{{{kept}}}")
            drawn += [(name, id_) for name in re.findall(r"[\w-]+", selector) for id_ in ids]
    return "".join(rules), drawn

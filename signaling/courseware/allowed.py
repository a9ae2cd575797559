"""What may stand in a page of courseware: elements, attributes, and the values of both styles."""

import re

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

_ELEMENTS_WORDS = """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan image clipPath
    mask pattern linearGradient radialGradient stop style marker filter feColorMatrix feFlood
    feBlend feComposite feOffset feMerge feMergeNode
"""
ELEMENTS = frozenset(_ELEMENTS_WORDS.split())
THROUGH = frozenset({"a", "switch"})
"""These are dropped, and what stands in them stays."""

_STYLES_WORDS = """
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters display dominant-baseline fill fill-opacity fill-rule filter
    flood-color flood-opacity font-family font-size font-stretch font-style font-variant font-weight
    isolation letter-spacing marker-end marker-mid marker-start mask mask-type mix-blend-mode
    opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor text-decoration text-rendering transform transform-origin vector-effect visibility
    word-spacing
"""
STYLES = frozenset(_STYLES_WORDS.split())
"""Presentation attributes, and properties in style sheets."""

_ATTRIBUTES_WORDS = """
    id class d points x y x1 y1 x2 y2 cx cy r rx ry dx dy fx fy fr width height viewBox offset
    preserveAspectRatio gradientUnits gradientTransform spreadMethod patternUnits
    patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits filterUnits
    primitiveUnits rotate textLength lengthAdjust markerWidth markerHeight markerUnits refX refY
    orient in in2 result type values mode operator k1 k2 k3 k4
"""
ATTRIBUTES = STYLES | frozenset(_ATTRIBUTES_WORDS.split())

_PLAIN = re.compile(r"[\w\s#.,%()+\-'\"/*]*")
_ID = re.compile(r"[\w.:-]+", re.ASCII)
_CLASSES = re.compile(r"[\w-]+(?:\s+[\w-]+)*")
_CALL = re.compile(r"([\w-]+)\s*\(")
_CALLS_WORDS = """
    rgb rgba hsl hsla matrix translate scale rotate skewx skewy translatex translatey scalex scaley
    calc url
"""
_CALLS = frozenset(_CALLS_WORDS.split())
_INSIDE = re.compile(r"url\(\s*(['\"]?)#([\w.:-]+)\1\s*\)", re.ASCII)


def is_fine(name: str, value: str) -> bool:
    """Whether an attribute or a property may have this value: nothing that names another place."""
    if name in ("id", "class"):
        return (_ID if name == "id" else _CLASSES).fullmatch(value) is not None
    rest = _INSIDE.sub("", value)
    if not _PLAIN.fullmatch(rest) or "/*" in rest or "//" in rest or "url" in rest.lower():
        return False
    return all(call.lower() in _CALLS for call in _CALL.findall(rest))


def references(value: str) -> list[str]:
    """The ids of this same page that a value names."""
    return [id_ for _, id_ in _INSIDE.findall(value)]

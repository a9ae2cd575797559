"""The house's own rules, kept by a test: who may import whom, how large, and where tests live."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from synclass import wire
from synclass.channel import tag_of
from synclass.cli import generate
from synclass.cli.rights import permissions
from synclass.permissions import TABLE, see

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {  # package -> what of ours it may import
    "synclass": {"synclass"},
    "synclass.adapters": {"synclass"},
    "synclass.adapters.registry": {"synclass", "synclass.adapters.registry"},
    "synclass.cli": {
        "synclass",
        "synclass.adapters",
        "synclass.adapters.registry",
        "synclass.cli",
        "signaling",
        "signaling.courseware",
        "signaling.sfu",
        "recorder",
        "recorder.paper",
        "recorder.film",
    },
    "signaling": {"synclass", "signaling", "signaling.courseware", "signaling.sfu"},
    "signaling.courseware": {"synclass", "signaling.courseware"},
    "signaling.sfu": {"synclass", "signaling.sfu"},
    "recorder": {"synclass", "recorder", "recorder.paper", "recorder.film"},
    "recorder.paper": {"synclass", "recorder", "recorder.paper"},
    "recorder.film": {"synclass", "recorder", "recorder.paper", "recorder.film"},
}
ORDER = (  # below the line: each row may import the rows above it, and its own
    {"errors", "words"},
    {"school"},
    {"chain", "permissions", "scopes", "framing", "tape", "tickets", "ink", "outlines", "opus"},
    {"webhooks", "yearbook", "identity"},
    {"channel", "marks", "boxes", "strokes", "village", "groups"},
    {"conduct"},
    {"lesson", "preclass", "inclass", "postclass"},
    {"toolbox", "inklines", "classbook"},
    {"wire", "ports", "erasure"},
)
NO_IO = {
    "asyncio",
    "aiohttp",
    "aiortc",
    "socket",
    "redis",
    "sqlite3",
    "sqlalchemy",
    "time",
    "random",
    "os",
}
NO_IO |= {"logging", "structlog", "sqlalchemy"}
SHAPES = {
    "synclass/words.py",
    *(f"synclass/ports/{path.name}" for path in (ROOT / "synclass/ports").glob("*.py")),
    "synclass/errors.py",
    "synclass/erasure.py",
}  # nothing to run
SHAPES |= {"synclass/erasure.py", "signaling/courseware/slip.py"}
MODULES = [
    path.relative_to(ROOT)
    for name in ("synclass", "signaling", "recorder")
    for path in sorted((ROOT / name).rglob("*.py"))
]
OURS = [path for path in MODULES if path.name not in ("__init__.py", "__main__.py")]
SOURCES = [*MODULES, *(p.relative_to(ROOT) for p in sorted((ROOT / "tests").rglob("*.py")))]
WEB = [p.relative_to(ROOT) for p in sorted((ROOT / "web/src").rglob("*.ts*"))]


def home(dotted: str) -> str:
    return max((h for h in MAY_IMPORT if f"{dotted}.".startswith(f"{h}.")), key=len, default="")


def text(path: Path) -> str:
    return (ROOT / path).read_text()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def imports(path: Path) -> Iterator[str]:
    package = path.parent.parts
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join((*base, *filter(None, [node.module])))


def row(part: str) -> int:
    return next(n for n, parts in enumerate(ORDER) if part in parts)


def test_imports_only_point_downwards() -> None:
    for path in OURS:
        here = home(".".join(path.with_suffix("").parts))
        for name in imports(path):
            if there := home(name):
                assert there in MAY_IMPORT[here], f"{path} may not import {name}"
            if here == "synclass":
                assert name.split(".")[0] not in NO_IO, f"{path} is pure: no {name}"


def test_the_heart_is_built_in_layers() -> None:
    for path in OURS:
        if home(".".join(path.with_suffix("").parts)) != "synclass":
            continue
        here = path.with_suffix("").parts[1]
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "synclass" and len(parts) > 1:
                assert row(parts[1]) <= row(here), f"{path} may not import {name}"


def test_files_stay_small() -> None:
    long = [path for path in (*SOURCES, *WEB) if len(text(path).splitlines()) > 400]
    assert [path for path in long if path.name != "wire.gen.ts"] == []


def test_functions_stay_small() -> None:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = [child for child in node.body if not _is_docstring(child)]
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                assert lines <= 30, f"{path}: {node.name} has {lines} lines"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_every_file_says_what_it_is_for() -> None:
    for path in OURS:
        first = text(path).splitlines()[0]
        says = first.startswith('"""') and first.rstrip('"').endswith((".", "?"))
        assert says, f"{path}: {first}"


def test_every_file_has_its_test() -> None:
    for path in OURS:
        parts = path.parts[1:] if path.parts[0] == "synclass" else path.parts
        test = ROOT / "tests" / Path(*parts[:-1]) / f"test_{path.name}"
        if str(path) not in SHAPES:
            assert test.exists(), f"{path} wants {test.relative_to(ROOT)}"


def test_everything_that_can_be_asked_has_a_row_in_the_table() -> None:
    asked = {tag_of(thing) for thing in (*wire.COMMANDS, *wire.GLIMPSES)}
    seen = {action for action in TABLE if action.startswith(see(""))}
    happens = {see(tag_of(thing)) for thing in (*wire.FACTS, *wire.GLIMPSES)}
    assert happens <= seen, "a fact or a glimpse that nobody is said to see"
    doors = {action for action in TABLE if action not in asked | seen}
    assert asked <= set(TABLE)
    code = "".join(text(path) for path in MODULES if path.parts[0] == "signaling")
    assert all(f'"{door}"' in code for door in doors), "a row for nothing"


def test_no_wait_loses_a_cancel() -> None:
    """Python 3.11's wait_for forgets a cancel that comes as what it waits for is done."""
    lose = [path for path in MODULES if "asyncio.wait_for(" in text(path)]
    assert lose == [], "asyncio.timeout() keeps it"


def test_tags_are_never_shared() -> None:
    for things in (wire.COMMANDS, wire.FACTS, wire.GLIMPSES):
        assert len({tag_of(thing) for thing in things}) == len(things)


def test_what_is_generated_is_fresh() -> None:
    assert (ROOT / "web/src/wire.gen.ts").read_text() == generate.typescript()
    assert (ROOT / "web/src/later.gen.ts").read_text() == generate.later()
    assert (ROOT / "docs/protocol.md").read_text() == generate.protocol()
    assert (ROOT / "docs/permissions.md").read_text() == permissions()

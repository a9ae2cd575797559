"""The documents are kept true: what they name is there, and what is there is named."""

import ast
import importlib
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from synclass.cli.serve import command as serve

ROOT = Path(__file__).parent.parent
DOCS = sorted(
    p.relative_to(ROOT) for pattern in ("docs/**/*.md", "*.md") for p in ROOT.glob(pattern)
)
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
TOP = ("synclass", "signaling", "recorder", "web", "tests", "docs", "deploy", ".ci")
NAMED = re.compile(rf"(?<![\w/.<-])((?:{'|'.join(map(re.escape, TOP))})/[\w.{{}},/-]*[\w}}/])")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
MADE = ("signaling/static", "web/node_modules", "web/build")  # built, not in git
NOT_OURS = re.compile(
    r"(?<![\w.@-])/(?:root|work|home/\w+|Users|tmp/(?!x\b))/[\w.]"  # a folder of one machine
    r"|\b(?:registry|mirrors?|artifactory|nexus)\.[\w.-]+\.(?:com|org|net|io|cn|local|internal)\b"
    r"|--(?:extra-)?index-url",  # a package registry
)
UNITS = {"KiB": 1024, "MiB": 1024 * 1024, "Mbit/s": 1e6, "kbit/s": 1e3, "ms": 1e-3, "h": 3600}


@pytest.mark.parametrize("page", DOCS, ids=str)
def test_every_file_a_page_names_is_there(page: Path) -> None:
    text = (ROOT / page).read_text()
    missing = [name for name in _named(text) if not (ROOT / name).exists()]
    linked = [name for name in LINK.findall(text) if not (ROOT / page.parent / name).exists()]
    assert missing + linked == []


def _named(text: str) -> Iterator[str]:
    for name in NAMED.findall(text):
        if not name.startswith(MADE):
            yield from _spelt_out(name)


def _spelt_out(name: str) -> list[str]:
    """`a/{b,c}.py` is two files."""
    braces = re.search(r"\{([^{}]*)\}", name)
    if braces is None:
        return [name]
    return [name.replace(braces[0], one) for one in braces[1].split(",")]


def test_every_file_of_the_heart_has_a_line_in_the_tree() -> None:
    tree = _section("The tree")
    files = [
        path
        for part in ("synclass", "signaling", "recorder")
        for path in (ROOT / part).rglob("*.py")
        if path.stem not in ("__init__", "__main__")
    ]
    told = set(re.findall(r"[\w-]+", tree))
    assert [path for path in files if path.stem not in told] == []
    there = {path.name for path in files}
    drawn = tree.partition("```")[2].partition("```")[0]
    assert set(re.findall(r"\w+\.py", drawn)) <= there


def test_every_dependency_is_explained_and_nothing_else() -> None:
    rows = {row[0] for row in _rows("Dependencies")}
    assert rows == {f"`{name}`" for name in _dependencies()}


def test_a_dependency_says_its_licence() -> None:
    known = ("MIT", "BSD", "Apache", "MPL", "ISC")
    assert [row for row in _rows("Dependencies") if not row[2].startswith(known)] == []


def _dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[<>=!~\[; ]", line)[0] for lines in groups for line in lines}
    for path in ("web/package.json", "tests/clients/package.json"):
        package = json.loads((ROOT / path).read_text())
        names |= {*package.get("dependencies", ()), *package["devDependencies"]}
    return names


def test_every_bound_is_what_the_table_says() -> None:
    rows = _rows("Limits")
    assert len(rows) > 50
    for _, where, value, why in rows:
        file, *names = re.findall(r"`([\w/.]+)`", where)
        told = [_number(part) for part in value.split(",")]
        found = [_constant(file, name) for name in names]
        assert found == pytest.approx(told), f"{where} is {found}"
        assert why.strip()


def _number(text: str) -> float:
    hit = re.match(r"\s*([\d ]+(?:\.\d+)?)\s*(\S*)", text)
    assert hit, text
    return float(hit[1].replace(" ", "")) * UNITS.get(hit[2], 1)


def _constant(file: str, name: str) -> float:
    if file.endswith(".py"):
        value = getattr(importlib.import_module(file[:-3].replace("/", ".")), name)
    else:
        hit = re.search(rf"const {name} = ([^;]+);", (ROOT / file).read_text())
        assert hit, f"{file} has no {name}"
        value = _worked_out(ast.parse(hit[1], mode="eval").body)
    return value * (1e-3 if name.endswith("_MS") else 1)  # type: ignore[no-any-return]


def _worked_out(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.BinOp(left, ast.Mult(), right):
            return _worked_out(left) * _worked_out(right)
    raise AssertionError(ast.unparse(node))


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_what_a_page_tells_to_make_can_be_made(page: str) -> None:
    targets = set(re.findall(r"^([\w./-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = re.findall(r"^\s*make ([\w./-]+)", (ROOT / page).read_text(), re.MULTILINE)
    assert told and set(told) <= targets


def test_every_option_of_serve_is_in_the_readme() -> None:
    table = (ROOT / "README.md").read_text()
    options = {o for p in serve.params if isinstance(p, click.Option) for o in p.opts}
    assert [option for option in options if f"`{option}" not in table] == []
    assert set(re.findall(r"(?<=`)--[a-z-]+", table)) <= options


def test_the_sample_settings_are_options() -> None:
    sample = (ROOT / "deploy/synclass.env").read_text()
    known = {f"SYNCLASS_{p.name}".upper() for p in serve.params}
    assert set(re.findall(r"^#?(SYNCLASS_\w+)=", sample, re.MULTILINE)) <= known


@pytest.mark.parametrize("page", sorted(p.name for p in (ROOT / "docs/zh").iterdir()))
def test_a_chinese_twin_has_the_same_stops(page: str) -> None:
    english, chinese = ((ROOT / f"docs/{name}").read_text() for name in (page, f"zh/{page}"))
    assert english.count("\n## ") == chinese.count("\n## ")
    assert set(_named(english)) == set(_named(chinese))


@pytest.mark.parametrize("page", ["docs/tour.md", "docs/architecture.md"])
def test_the_names_in_the_walk_are_those_in_the_code(page: str) -> None:
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text(), flags=re.MULTILINE | re.DOTALL)
    code = _code()
    tests = set(re.findall(r"`(test_\w+)`", text))
    methods = re.findall(r"`([A-Z]\w+)\.(?!md`)(\w+)(?:\(.*?\))?`", text)
    assert [name for name in tests if f"def {name}(" not in code] == []
    lost = [
        f"{owner}.{name}"
        for owner, name in methods
        if not re.search(rf"\bclass {owner}\b", code) or not re.search(rf"\b{name}\b", code)
    ]
    assert lost == []


@cache
def _code() -> str:
    files = (
        path
        for part in ("synclass", "signaling", "recorder", "tests", "web/src")
        for path in (ROOT / part).rglob("*.[pt][ys]*")
    )
    return "\n".join(path.read_text() for path in files if path.suffix in (".py", ".ts", ".tsx"))


def test_nothing_speaks_of_one_machine() -> None:
    told = [
        f"{path}: {line.strip()}"
        for path in _tracked()
        for line in _lines(ROOT / path)
        if NOT_OURS.search(line) and path != Path(__file__).relative_to(ROOT)
    ]
    assert told == []


@cache
def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nobody knows which files are the project's")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines() if path.is_file() else []
    except UnicodeDecodeError:  # a picture
        return []


def _section(title: str) -> str:
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def _rows(title: str) -> list[list[str]]:
    """The cells of a section's tables, without their heads."""
    lines = [line for line in _section(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {n - 1 for n, row in enumerate(cells) if set(row[0]) == {"-"}}
    rules = {n + 1 for n in heads}
    return [row for n, row in enumerate(cells) if n not in heads | rules]

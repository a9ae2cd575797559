"""Requests of all kinds, made up by schemathesis from the document: none is answered otherwise."""

import asyncio
import sys
import time
from os import environ
from pathlib import Path

import pytest

from recorder.paper import press
from signaling.login import COOKIE, proof_of
from synclass.tickets import Login, Ticket, sign
from synclass.words import LessonId

from ..conftest import TEACHER
from .server import KEY, School

PROOF = bool(environ.get("SYNCLASS_PROOF"))
EXAMPLES, PHASES = (40, "coverage,fuzzing") if PROOF else (2, "fuzzing")
UNTRIED = r"^/(\{page\}|ws|whip.*|whep.*|api/logout|api/login|api/password)$"
"""What ends the login it goes by, and bodies that are no JSON: tests of their own are for these."""
CONFIG = """
[parameters]
"path.lesson" = "inclass"
"""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


async def schemathesis(town: School, folder: Path, *headers: str) -> str:
    """What it finds of a real server; "" where that is nothing."""
    (folder / "schemathesis.toml").write_text(CONFIG)
    command = ["--config-file", str(folder / "schemathesis.toml"), "run"]
    command += [f"{town.url}/api/openapi.json", "--checks", ",".join(CHECKS)]
    command += ["--max-examples", str(EXAMPLES), "--phases", PHASES, "--no-color"]
    command += ["--seed", "1", "--exclude-path-regex", UNTRIED]
    command += [part for header in headers for part in ("--header", header)]
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", *command),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
    )
    said, _ = await child.communicate()
    text = said.decode()
    return text if child.returncode else ""


@pytest.mark.parametrize("way", ["login", "ticket"] if PROOF else ["login"])
async def test_no_request_at_all_is_answered_with_what_the_document_does_not_say(
    town: School, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "MOST_WAITING", 0)  # a board that is printed takes a second
    account = await town.registry.account("admin")
    assert account
    until = time.time() + 600
    ticket = sign(Ticket(LessonId("inclass"), TEACHER, until), KEY)
    login = sign(Login("admin", proof_of(account), until), KEY)
    key = f"Authorization: Bearer {ticket}" if way == "ticket" else f"Cookie: {COOKIE}={login}"
    assert await schemathesis(town, tmp_path, key) == ""

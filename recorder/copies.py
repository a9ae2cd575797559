"""Photographs of homework in the bucket too: they may leave the disk, and come back.

``<data>/offsite/photographs/<name>.json`` says that one is there.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from synclass.errors import Unavailable

from . import disk, photographs
from .bucket import Bucket, Copy

BELOW = "=photographs"
"""No lesson's folder is called so: behind ``=`` there are digits (recorder.names)."""


_log = structlog.get_logger()


class Copies:
    def __init__(self, data: Path, bucket: Bucket) -> None:
        self._data, self._bucket = data, bucket
        self._notes = data / "offsite" / photographs.FOLDER
        self._seen: dict[Path, int] = {}

    def keep_up(self) -> int:
        """Copy those that are not there yet; how many they were."""
        copied = 0
        for folder in sorted((self._data / photographs.FOLDER).glob("??")):
            at = folder.stat().st_mtime_ns  # a new name in it makes it younger
            if self._seen.get(folder) != at:
                copied += sum(map(self._copied, sorted(folder.glob("*.webp"))))
                self._seen[folder] = at
        return copied

    def free(self, wanted: int, before: float) -> int:
        """Let those that rest since before leave the disk, longest first; bytes gained."""
        gained, rested = 0, sorted((note.stat().st_mtime, note) for note in self._notes.glob("*"))
        for at, note in rested:
            if gained >= wanted or at > before:
                break
            path = photographs.place(self._data, note.stem)
            if path.exists() and path.stat().st_size == (copy := _read(note)).size:
                path.unlink()
                gained += copy.size
        return gained

    def bring(self, name: str) -> None:
        """Have it here again, if it is there."""
        path, note = photographs.place(self._data, name), self._note(name)
        with suppress(FileNotFoundError):
            if not path.exists():
                self._bucket.fetch(f"{BELOW}/{name}", _read(note), path)
                path.chmod(0o600)
            note.touch()

    def erase(self, name: str) -> None:
        """It is not there any more."""
        self._note(name).unlink(missing_ok=True)
        self._bucket.remove(f"{BELOW}/{name}")

    def _copied(self, path: Path) -> bool:
        """Whoever removed it meanwhile did not know that it would be there."""
        if self._note(path.name).exists():
            return False
        try:
            copy = self._bucket.put(f"{BELOW}/{path.name}", path)
        except FileNotFoundError:
            self.erase(path.name)
            return False
        except OSError as error:  # it holds no other up
            _log.error("not copied", photograph=path.name, why=str(error))
            return False
        disk.make_folder(self._notes)
        disk.put_whole(self._note(path.name), msgspec.json.encode(copy))
        if not path.exists():
            self.erase(path.name)
        return True

    def _note(self, name: str) -> Path:
        return self._notes / f"{name}.json"


def held(data: Path) -> Iterator[tuple[str, str, Copy]]:
    """Those that are there: the path here, the name there."""
    for note in sorted((data / "offsite" / photographs.FOLDER).glob("*.json")):
        with suppress(FileNotFoundError):  # erased meanwhile
            path = photographs.place(data, note.stem).relative_to(data)
            yield str(path), f"{BELOW}/{note.stem}", _read(note)


def _read(note: Path) -> Copy:
    try:
        return msgspec.json.decode(note.read_bytes(), type=Copy)
    except msgspec.DecodeError as error:
        raise Unavailable("offsite", f"{note} is damaged") from error

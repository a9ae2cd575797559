"""Files in an S3 bucket: put there whole, fetched back as they were, taken away."""

from __future__ import annotations  # obstore is an extra

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING

from msgspec import Struct

from synclass.errors import Unavailable

from . import disk

if TYPE_CHECKING:
    from pathlib import Path

    from obstore.store import ObjectStore

PIECE = 1 << 20  # bytes


class Copy(Struct, frozen=True):
    size: int
    sha256: str


class Bucket:
    """All of it raises Unavailable("offsite") where the store does not answer."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    def at(cls, url: str) -> Bucket:
        """``s3://bucket/prefix``; keys and endpoint are where AWS's own tools look for them.

        Raises Unavailable("offsite") where the extra is not installed or the URL is none.
        """
        try:
            from obstore.store import from_url  # noqa: PLC0415  (an extra)

            plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http:")
            return cls(from_url(url, client_options={"allow_http": plain}))
        except ImportError as error:
            raise Unavailable("offsite", "pip install 'synclass[s3]'") from error
        except Exception as error:
            raise unavailable(error) from error

    def put(self, name: str, path: Path) -> Copy:
        """Raises FileNotFoundError where the file is gone."""
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
        size = path.stat().st_size
        self._put(name, path, size)
        return Copy(size, digest.hexdigest())

    def fetch(self, name: str, copy: Copy, path: Path) -> None:
        """Raises Unavailable("disk-full"), too, and keeps nothing of what is not what was put."""
        disk.make_folder(path.parent)
        aside, digest = path.with_name(f".{token_hex(8)}"), hashlib.sha256()
        try:
            with aside.open("xb") as file:
                for piece in self.pieces(name):
                    digest.update(piece)
                    file.write(piece)
                os.fsync(file.fileno())
            if digest.hexdigest() != copy.sha256:
                raise Unavailable("offsite", f"{name} is not what was copied")
            aside.replace(path)
            disk.commit(path.parent)
        except OSError as error:
            raise disk.unavailable(error) from error
        finally:
            aside.unlink(missing_ok=True)

    def pieces(self, name: str) -> Iterator[bytes]:
        try:
            for piece in self._store.get(name).stream(min_chunk_size=PIECE):
                yield bytes(piece)
        except Exception as error:
            raise unavailable(error) from error

    def remove(self, name: str) -> None:
        """It is not there any more; whether it was, some stores say and others do not."""
        try:
            with suppress(FileNotFoundError):
                self._store.delete(name)
            self._store.list(name).collect()  # where there is no bucket, it is not gone but unseen
        except Exception as error:
            raise unavailable(error) from error

    def empty(self, prefix: str) -> None:
        """Nothing below it is there any more."""
        try:
            for found in self._store.list(prefix):
                self._store.delete([one["path"] for one in found])
        except Exception as error:
            raise unavailable(error) from error

    def _put(self, name: str, path: Path, size: int) -> None:
        try:
            self._store.put(name, path)
            there = self._store.head(name)["size"]
        except Exception as error:
            path.stat()  # FileNotFoundError, where it is this file that is gone
            raise unavailable(error) from error
        if there != size:
            raise Unavailable("offsite", f"{name} arrived with {there} of {size} bytes")


def unavailable(error: Exception) -> Unavailable:
    return Unavailable("offsite", f"the bucket does not answer: {str(error).splitlines()[0]}")

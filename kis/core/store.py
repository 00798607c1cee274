"""Files by their content: a scan or letter is named by its SHA-256."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from flask import current_app

SHA256_LENGTH = 64


class Store(Protocol):
    """What keeps files: put returns the SHA-256 that get and delete take.

    `stored` lists the files whose name begins with two hex digits, each with when it was last put.
    """

    def put(self, content: bytes) -> str: ...

    def get(self, sha256: str) -> bytes: ...

    def delete(self, sha256: str) -> None: ...

    def stored(self, shelf: str) -> Iterator[tuple[str, datetime]]: ...


class DamagedFile(RuntimeError):
    """A stored file no longer has the content it was stored with."""


class DirectoryStore:
    """A directory, which several machines may share.

    A file is whole and on disk before `put` returns, so that a transaction can name it;
    one that no transaction came to name is swept later.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if path.exists():
            # Put anew is as good as new: the sweeper spares it until a transaction names it.
            path.touch()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{sha256}.{os.getpid()}.part")
            try:
                with draft.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            except OSError:
                # A full disk: half a file is of no use to anybody.
                draft.unlink(missing_ok=True)
                raise
            sync_directory(path.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Raises FileNotFoundError, or DamagedFile when the content does not fit its name."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedFile(sha256)
        return content

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def stored(self, shelf: str) -> Iterator[tuple[str, datetime]]:
        for path in sorted((self.root / shelf).glob("*/*")):
            if len(path.name) == SHA256_LENGTH:
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def store() -> Store:
    """The store of the running application."""
    return DirectoryStore(current_app.config["STORE_PATH"])

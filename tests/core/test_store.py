"""Files keep their content or say that they lost it."""

import hashlib
from pathlib import Path

import pytest

from kis.core.store import DamagedFile, DirectoryStore


def test_a_file_is_found_by_its_content(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    name = store.put(b"scan")
    assert name == hashlib.sha256(b"scan").hexdigest()
    assert store.get(name) == b"scan"
    assert store.put(b"scan") == name


def test_a_file_changed_on_disk_is_reported_and_not_shown(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    name = store.put(b"scan")
    store.path(name).write_bytes(b"something else")
    with pytest.raises(DamagedFile):
        store.get(name)


def test_a_half_written_file_is_never_found(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    name = hashlib.sha256(b"scan").hexdigest()
    store.path(name).parent.mkdir(parents=True)
    store.path(name).with_name(f"{name}.1.part").write_bytes(b"sc")
    with pytest.raises(FileNotFoundError):
        store.get(name)

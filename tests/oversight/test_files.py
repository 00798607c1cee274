"""Files that nothing names are swept; what a row names, or may come to name, stays."""

import os
import time
from datetime import timedelta

from flask import Flask

from kis.core.access import Role
from kis.core.extensions import db
from kis.core.store import DirectoryStore, store
from kis.documents.models import Scan
from kis.documents.operations import attach_scan
from kis.documents.queries import documents_of
from kis.letters.models import Letter
from kis.oversight import files
from kis.oversight.files import NAMED_BY, SPARED, sweep
from tests import factories
from tests.documents.support import case_with, pdf


def kept_since(content: bytes, age: timedelta) -> str:
    """A stored file that was put that long ago."""
    shelf = store()
    assert isinstance(shelf, DirectoryStore)
    sha256 = shelf.put(content)
    then = time.time() - age.total_seconds()
    os.utime(shelf.path(sha256), (then, then))
    return sha256


def is_there(sha256: str) -> bool:
    return any(name == sha256 for name, _at in store().stored(sha256[:2]))


def test_an_old_file_that_nothing_names_is_swept(app: Flask) -> None:
    orphan = kept_since(b"an upload that was rolled back", SPARED + timedelta(hours=1))
    assert sweep(orphan[:2]) == 1
    assert not is_there(orphan)


def test_a_file_is_spared_while_a_transaction_may_still_name_it(app: Flask) -> None:
    young = kept_since(b"a draft of today", SPARED - timedelta(hours=1))
    assert sweep(young[:2]) == 0
    assert is_there(young)


def test_putting_an_old_file_again_spares_it(app: Flask) -> None:
    content = b"handed in twice"
    sha256 = kept_since(content, SPARED + timedelta(days=9))
    assert store().put(content) == sha256
    assert sweep(sha256[:2]) == 0


def test_what_a_row_names_stays(app: Flask) -> None:
    document = documents_of(case_with(None))[0]
    scan = attach_scan(document, "passport.pdf", pdf(), factories.viewer(Role.RECEPTION)).sha256
    assert kept_since(store().get(scan), SPARED + timedelta(days=300)) == scan
    assert sweep(scan[:2]) == 0
    assert is_there(scan)


def test_each_shelf_has_its_turn_once_a_day() -> None:
    turns = [
        shelf
        for hour in range(24)
        for shelf in files.SHELVES[hour * files.SHELVES_PER_HOUR : (hour + 1) * files.SHELVES_PER_HOUR]
    ]
    assert turns == list(files.SHELVES)


def test_every_column_that_names_a_file_is_asked(app: Flask) -> None:
    """A table that comes to name files must be named here, or its files would be swept."""
    columns = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name == "sha256"
    }
    assert columns == {f"{column.class_.__tablename__}.{column.key}" for column in NAMED_BY}
    assert {Letter.__tablename__, Scan.__tablename__} <= {column.class_.__tablename__ for column in NAMED_BY}

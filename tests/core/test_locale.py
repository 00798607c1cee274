"""A database in which Hangul is no letter is refused at the start."""

import os
from pathlib import Path

import psycopg
import pytest

from kis.core.database import UnusableDatabase
from kis.factory import create_app
from tests.conftest import settings_for_tests
from tests.databases import SERVER


def test_a_postgresql_database_of_locale_c_is_refused_with_what_to_do(tmp_path: Path) -> None:
    name = f"kis_test_locale_{os.getpid()}"
    address = f"{SERVER.replace('postgresql://', 'postgresql+psycopg://')}/{name}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        try:
            with pytest.raises(UnusableDatabase, match="C.UTF-8"):
                create_app(settings_for_tests(address, tmp_path))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")

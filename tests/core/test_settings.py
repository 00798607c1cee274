"""Production refuses to start without its secrets, and names them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, MissingSettings, new_secrets, settings

PRODUCTION = {"KIS_ENV": "production", "DATABASE_URL": "postgresql+psycopg://kis@db/kis", "SIGNING": "off"}


@pytest.mark.parametrize("name", [*new_secrets(), "DATABASE_URL", "SIGNING"])
def test_production_names_the_setting_that_is_missing(name: str) -> None:
    environment = PRODUCTION | new_secrets()
    del environment[name]
    with pytest.raises(MissingSettings, match=name):
        settings(environment)


@pytest.mark.parametrize("signing", [{"SIGNING": "test"}, {"SIGNING": "pkcs12"}, {"SIGNING": "pkcs11"}])
def test_production_signs_with_a_certificate_or_expressly_not_at_all(signing: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="SIGNING"):
        settings(PRODUCTION | new_secrets() | signing)


def test_production_has_no_demo_accounts_and_secure_cookies() -> None:
    chosen = settings(PRODUCTION | new_secrets())
    assert chosen["DEMO"] is False
    assert chosen["SESSION_COOKIE_SECURE"] is True


def test_production_does_not_start_on_the_keys_of_development() -> None:
    environment = {"PATH": os.environ["PATH"], "KIS_ENV": "production"}
    answer = subprocess.run(
        [sys.executable, "-c", "import app"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert answer.returncode != 0
    assert all(
        name in answer.stderr for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "BLIND_INDEX_KEY", "DATABASE_URL")
    )


def test_development_makes_keys_of_its_own_once(tmp_path: Path) -> None:
    first = settings({"KIS_VAR": str(tmp_path)})
    second = settings({"KIS_VAR": str(tmp_path)})
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert (tmp_path / "development-keys.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "changeme"),
        ("ENCRYPTION_KEYS", "1:c2hvcnQ="),
        ("ENCRYPTION_KEYS", "c2hvcnQ="),
        ("BLIND_INDEX_KEY", "c2hvcnQ="),
        ("BLIND_INDEX_KEY", "no base64 at all"),
    ],
)
def test_a_weak_or_malformed_key_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        settings(PRODUCTION | new_secrets() | {name: value})

"""Settings, read from the environment; production refuses to start without its secrets."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "signs cookies; 32 random bytes or more",
    "ENCRYPTION_KEYS": "id:base64 of 32 bytes, comma separated, the last one encrypts",
    "BLIND_INDEX_KEY": "base64 of 32 bytes; exact search on encrypted numbers",
    "DATABASE_URL": "postgresql+psycopg://user@host/database",
    "SIGNING": "what signs letters: pkcs12 (SIGNING_PKCS12), pkcs11 (SIGNING_MODULE) or, expressly, off",
}
# What each means of signing letters needs beside; "test" makes a certificate of nobody.
SIGNING_NEEDS = {
    "pkcs12": ("SIGNING_PKCS12",),
    "pkcs11": ("SIGNING_MODULE", "SIGNING_LABEL"),
    "test": (),
    "off": (),
}


class MissingSettings(RuntimeError):
    """Settings that production needs and the environment lacks, each named with its purpose."""

    def __init__(self, names: list[str]) -> None:
        lines = [f"  {name}: {REQUIRED_IN_PRODUCTION[name]}" for name in names]
        super().__init__("Production settings are missing:\n" + "\n".join(lines))


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask configuration for KIS_ENV (development, test or production). Raises MissingSettings."""
    name = environment.get("KIS_ENV", "development")
    given = dict(environment)
    if name == "production":
        missing = [key for key in REQUIRED_IN_PRODUCTION if not given.get(key)]
        if missing:
            raise MissingSettings(missing)
        if len(given["SECRET_KEY"]) < 32:
            raise ValueError("SECRET_KEY: at least 32 characters, drawn at random")
    else:
        given = development_secrets(Path(given.get("KIS_VAR", ROOT / "var"))) | given
    return common(name, given) | (PRODUCTION if name == "production" else {})


def common(name: str, given: Mapping[str, str]) -> dict[str, Any]:
    var = Path(given.get("KIS_VAR", ROOT / "var"))
    return {
        "ENV_NAME": name,
        "VAR": var,
        "SECRET_KEY": given["SECRET_KEY"],
        "ENCRYPTION_KEYS": parse_keys(given["ENCRYPTION_KEYS"]),
        "BLIND_INDEX_KEY": key_of("BLIND_INDEX_KEY", given["BLIND_INDEX_KEY"]),
        "SQLALCHEMY_DATABASE_URI": given.get("DATABASE_URL", f"sqlite:///{var / 'kis.sqlite3'}"),
        "QUEUE_URL": given.get("QUEUE_URL", f"sqlite:///{var / 'queue.sqlite3'}"),
        "STORE_PATH": Path(given.get("STORE_PATH", var / "store")),
        "FONTS_PATH": Path(given.get("FONTS_PATH", var / "fonts")),
        "SIGNING": signing(name, given, var),
        "PUBLIC_URL": given.get("PUBLIC_URL", "http://127.0.0.1:5000").rstrip("/"),
        "TRUSTED_PROXIES": int(given.get("TRUSTED_PROXIES", "0")),
        "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "IDLE_MINUTES": 30,
        "SESSION_HOURS": 12,
        "MOST_SEARCHES": int(given.get("MOST_SEARCHES", "300")),
        "WTF_CSRF_TIME_LIMIT": None,
        "ARGON2": {"time_cost": 3, "memory_cost": 65_536, "parallelism": 4},
        "BABEL_DEFAULT_LOCALE": "ko",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Seoul",
        "DEMO": name == "development",
    }


PRODUCTION: dict[str, Any] = {
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-kis",
    "PREFERRED_URL_SCHEME": "https",
    "DEMO": False,
}


def signing(name: str, given: Mapping[str, str], var: Path) -> dict[str, str]:
    """How letters are signed. Raises ValueError for a means that is unknown, incomplete, or no production's.

    `{office}` in the path of a PKCS#12 file or the label of a PKCS#11 certificate is the office's code.
    """
    means = given.get("SIGNING", "test")
    if means not in SIGNING_NEEDS or (means == "test" and name == "production"):
        raise ValueError("SIGNING: pkcs12, pkcs11 or off")
    missing = [each for each in SIGNING_NEEDS[means] if not given.get(each)]
    if missing:
        raise ValueError(f"SIGNING={means} needs {' and '.join(missing)}")
    return {
        "means": means,
        "pkcs12": given.get("SIGNING_PKCS12", "") if means == "pkcs12" else str(var / "signing-test.p12"),
        "passphrase": given.get("SIGNING_PASSPHRASE", "") if means != "test" else "",
        "module": given.get("SIGNING_MODULE", ""),
        "token": given.get("SIGNING_TOKEN", ""),
        "label": given.get("SIGNING_LABEL", ""),
    }


def parse_keys(text: str) -> dict[int, bytes]:
    """{key id: 32 bytes} in the order given. Raises ValueError for a key of another form."""
    keys = {}
    for part in text.split(","):
        number, _, encoded = part.partition(":")
        if not number.strip().isdecimal():
            raise ValueError("ENCRYPTION_KEYS: each key is written id:key, the id a whole number")
        keys[int(number)] = key_of("ENCRYPTION_KEYS", encoded)
    return keys


def key_of(setting: str, encoded: str) -> bytes:
    """The key of a setting. Raises ValueError that names the setting, never the key."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ValueError(f"{setting}: a key is 32 bytes in base64")
    return key


def development_secrets(var: Path) -> dict[str, str]:
    """Keys of this checkout alone, made at its first start and kept outside version control."""
    path = var / "development-keys.json"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(new_secrets()))
        draft.chmod(0o600)
        draft.replace(path)
    return dict(json.loads(path.read_text()))


def new_secrets() -> dict[str, str]:
    def random_key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEYS": f"1:{random_key()}",
        "BLIND_INDEX_KEY": random_key(),
    }

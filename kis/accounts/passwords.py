"""Password hashes: argon2id, with the costs of the configuration."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

MIN_LENGTH = 12
MAX_LENGTH = 200
# Checked when no such account exists, so that the answer takes as long as for a wrong password.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$CN5YtdJCuTJDQxwmoTdQnIqzZ0NdHSMU2NaC1WpKYXY"


def hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["ARGON2"])


def hash_password(password: str) -> str:
    return hasher().hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; as slow for None as for a real one."""
    try:
        return hasher().verify(password_hash or NOBODY, password) and password_hash is not None
    except VerificationError:
        return False

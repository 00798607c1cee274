"""Encryption of identity numbers, and the blind index that finds them again."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

NONCE_BYTES = 12


def encrypt(text: str, place: str) -> bytes:
    """Key id, nonce and AES-256-GCM ciphertext, bound to `place` ("table.column")."""
    key_id, key = list(current_app.config["ENCRYPTION_KEYS"].items())[-1]
    nonce = os.urandom(NONCE_BYTES)
    return bytes([key_id]) + nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())


def decrypt(sealed: bytes, place: str) -> str:
    """The text of `encrypt`. Raises InvalidTag when it was altered or moved to another column."""
    key = current_app.config["ENCRYPTION_KEYS"][sealed[0]]
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(key).decrypt(nonce, body, place.encode()).decode()


def blind_index(kind: str, normalised: str) -> str:
    """Keyed hash of an identity number: equal numbers are found, none can be read back."""
    key = current_app.config["BLIND_INDEX_KEY"]
    return hmac.new(key, f"{kind}:{normalised}".encode(), hashlib.sha256).hexdigest()

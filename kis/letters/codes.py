"""The short code printed on a letter, by which anybody can ask whether the letter is genuine.

Nine characters are drawn at random (45 bits: with a million letters, one guess in 35 million meets one) and
a tenth is computed from them, so that a slip of the eye is seen before anything is looked up.
"""

import secrets

from flask import current_app

# Crockford's base 32: no I, L, O or U, so that nothing is read as a digit or as a word.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("ILO", "110", "- ")
DRAWN = 9
LENGTH = DRAWN + 1


def new_code() -> str:
    """A code that no other letter has, as far as chance goes; the table refuses a second one."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
    return drawn + check_character(drawn)


def check_character(drawn: str) -> str:
    """Luhn's check over 32 characters: finds each single slip and nearly each exchange of neighbours."""
    total = 0
    for place, character in enumerate(reversed(drawn)):
        value = ALPHABET.index(character) * (2 - place % 2)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def read_code(typed: str) -> str | None:
    """The code that somebody typed or scanned; None where it cannot be one."""
    code = typed.strip().upper().translate(READ_AS)
    if len(code) != LENGTH or set(code) - set(ALPHABET) or check_character(code[:-1]) != code[-1]:
        return None
    return code


def grouped(code: str) -> str:
    """The code as it is printed: ABCDE-FGHJK."""
    return f"{code[:5]}-{code[5:]}"


def address_of(code: str) -> str:
    """Where the public page about the letter is, as printed and in its QR code."""
    return f"{current_app.config['PUBLIC_URL']}/v/{code}"

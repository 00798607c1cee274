"""What anybody may learn about a letter by its short code, and how guessing codes is slowed down.

Misses are counted in the database and not in memory, so that the bound holds over all workers and restarts;
a hit writes nothing, and neither does an address that is over the bound.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select

from kis.core import clock
from kis.core.extensions import db
from kis.core.refusals import Refusal
from kis.letters.codes import read_code
from kis.letters.kinds import KINDS
from kis.letters.models import Letter, VerificationMiss
from kis.offices.models import Office

WINDOW = timedelta(hours=1)
MISSES = 20
KEPT = timedelta(days=1)
# What is for the file alone nobody outside holds in hand, and nobody outside is told of.
OUTSIDE = tuple(code for code, kind in KINDS.items() if not kind.is_internal)


class TooManyMisses(Refusal):
    """The address asked about too many codes that no letter has."""

    status = 429


@dataclass(frozen=True)
class Answer:
    """All that is told: that a letter of this number, day and office exists, and whether it is in force."""

    number: str
    issued_on: date
    office: Office
    in_force: bool


def ask(typed: str, address: str) -> Answer | None:
    """The answer about a code as typed or scanned; None where no letter has it. Raises TooManyMisses.

    A code of a wrong form takes the same way as one that nobody has.
    """
    asker = neighbourhood(address)
    require_patience(asker)
    letter = db.session.scalar(
        select(Letter).where(
            Letter.code == (read_code(typed) or ""),
            Letter.rendered_at.is_not(None),
            Letter.kind.in_(OUTSIDE),
        )
    )
    if letter is None:
        with db.engine.begin() as connection:
            connection.execute(insert(VerificationMiss), [{"at": clock.now(), "address": asker}])
        return None
    return Answer(letter.number, letter.issued_on, letter.office, letter.in_force)


def require_patience(asker: str) -> None:
    since = clock.now() - WINDOW
    recent = select(func.count()).where(VerificationMiss.address == asker, VerificationMiss.at > since)
    if (db.session.scalar(recent) or 0) >= MISSES:
        raise TooManyMisses(
            _("Too many codes from here that no letter has. Wait an hour, or ask the office.")
        )


def neighbourhood(address: str) -> str:
    """The address that is counted: of IPv6 the network of 64 bits, which is one household's.

    An IPv4 address written as one of IPv6 is that IPv4 address: all of them share one such network.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def forget_misses() -> None:
    """Delete the misses of past days; hourly."""
    db.session.execute(delete(VerificationMiss).where(VerificationMiss.at < clock.now() - KEPT))

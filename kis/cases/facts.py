"""A dossier taken apart and put together: identity to the applicant, marks to documents, facts to revisions."""

from copy import deepcopy
from datetime import date
from typing import Any

from kis.cases.models import Applicant
from kis.core.crypto import blind_index

# Kept in the applicant's row alone: a revision never carries names, contact or numbers.
IDENTITY = ("family_name", "given_names", "local_name", "sex", "phone", "email", "address", "home_address")
NUMBERS = {
    "alien_registration_number": ("registration_number", "registration_index"),
    "passport_number": ("passport_number", "passport_index"),
}
NOT_FACTS = ("documents",)


def facts_of(dossier: dict[str, Any]) -> dict[str, Any]:
    """What a revision keeps of a dossier: no identity beyond what rules read, no marks."""
    facts = {name: deepcopy(value) for name, value in dossier.items() if name not in NOT_FACTS}
    facts["applicant"] = {
        name: value
        for name, value in facts["applicant"].items()
        if name not in IDENTITY and name not in NUMBERS
    }
    return facts


def identity_of(dossier: dict[str, Any]) -> dict[str, Any]:
    """The columns of the applicant that a dossier fills."""
    applicant = dossier["applicant"]
    columns = {name: applicant.get(name) for name in IDENTITY}
    columns["birth_date"] = date.fromisoformat(applicant["birth_date"])
    columns["nationality"] = applicant["nationality"]
    for name, (column, index) in NUMBERS.items():
        number = normalised_number(applicant.get(name))
        columns[column] = number
        columns[index] = blind_index(column, number) if number else None
    return columns


def normalised_number(number: str | None) -> str | None:
    """Digits and letters alone, in capitals: the same number is written in several ways."""
    kept = "".join(c for c in number or "" if c.isalnum()).upper()
    return kept or None


def dossier_of(facts: dict[str, Any], applicant: Applicant, marks: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole dossier again, in the form of the interchange schema."""
    dossier = deepcopy(facts)
    identity = {name: getattr(applicant, name) for name in IDENTITY}
    identity |= {name: getattr(applicant, column) for name, (column, _) in NUMBERS.items()}
    dossier["applicant"] |= {name: value for name, value in identity.items() if value is not None}
    dossier["documents"] = marks
    return dossier

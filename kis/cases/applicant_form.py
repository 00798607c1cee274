"""The form of the applicant's names, contact and numbers."""

import json
from base64 import b64decode, b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from kis.cases.facts import IDENTITY, NUMBERS, identity_of, normalised_number
from kis.cases.forms import FactsForm, make, read_fields
from kis.cases.identifiers import against_registration_number
from kis.cases.models import Applicant
from kis.cases.sections import identity_shape
from kis.core.crypto import decrypt, encrypt

PLACE = "applicant.seen"
COLUMNS = dict.fromkeys(IDENTITY) | {name: column for name, (column, _index) in NUMBERS.items()}


class IdentityForm(FactsForm):
    """`seen` holds what the page showed, sealed, so that of two who save at once the second can compare."""

    seen = HiddenField()

    def validate_alien_registration_number(self, field: Field) -> None:
        reason = against_registration_number(field.data) if field.data else None
        if reason:
            raise ValidationError(reason)

    def seen_values(self) -> dict[str, str]:
        """What the page showed; nothing where the field does not carry what a page was given."""
        return unsealed(self.seen.data)

    def stated(self) -> dict[str, str]:
        """What the form now says, its numbers in the form in which they are kept."""
        stated = read_fields(self.shape, self)
        return {
            name: normalised_number(value) or "" if name in NUMBERS else value
            for name, value in stated.items()
        }

    def columns(self, applicant: Applicant, stated: dict[str, str]) -> dict[str, Any]:
        """The columns of the applicant as stated; what rules read stays with the facts."""
        read_by_rules = {
            "birth_date": applicant.birth_date.isoformat(),
            "nationality": applicant.nationality,
        }
        return identity_of({"applicant": read_by_rules | stated})


ApplicantForm: type[IdentityForm] = type(
    "ApplicantForm",
    (IdentityForm,),
    {"shape": identity_shape()} | {field.name: make(field) for field in identity_shape().fields},
)


def identity(applicant: Applicant) -> dict[str, str]:
    """Field of the form to what the applicant's row holds, the empty ones left out."""
    held = {name: getattr(applicant, column or name) for name, column in COLUMNS.items()}
    return {name: value for name, value in held.items() if value is not None}


def sealed(values: dict[str, str]) -> str:
    """The values for a hidden field: nobody reads the numbers in it, and nobody makes one up."""
    return b64encode(encrypt(json.dumps(values, sort_keys=True), PLACE)).decode()


def unsealed(text: str | None) -> dict[str, str]:
    try:
        values: dict[str, str] = json.loads(decrypt(b64decode(text or "", validate=True), PLACE))
    except (InvalidTag, ValueError, LookupError):
        return {}
    return values


def applicant_form(applicant: Applicant) -> IdentityForm:
    """The form as the applicant now is."""
    held = identity(applicant)
    return ApplicantForm(formdata=None, data=held | {"seen": sealed(held)})

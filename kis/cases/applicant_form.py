"""The form of the applicant's names, contact and numbers."""

import json
from typing import Any

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from kis.cases.facts import IDENTITY, NUMBERS, identity_of
from kis.cases.forms import FactsForm, make, read_fields
from kis.cases.identifiers import against_registration_number
from kis.cases.models import Applicant
from kis.cases.sections import identity_shape
from kis.core.crypto import blind_index

COLUMNS = dict.fromkeys(IDENTITY) | {name: column for name, (column, _index) in NUMBERS.items()}


class IdentityForm(FactsForm):
    """`seen` is a mark of what the page showed, so that of two who save at once the second is told."""

    seen = HiddenField()

    def validate_alien_registration_number(self, field: Field) -> None:
        reason = against_registration_number(field.data) if field.data else None
        if reason:
            raise ValidationError(reason)

    def is_stale(self, applicant: Applicant) -> bool:
        """Whether somebody changed the applicant since the page was shown."""
        return bool(self.seen.data != mark_of(applicant))

    def see(self, applicant: Applicant) -> None:
        """From here on the form is based on the applicant as it now is."""
        self.seen.raw_data, self.seen.data = None, mark_of(applicant)

    def columns(self, applicant: Applicant) -> dict[str, Any]:
        """The columns of the applicant as the form now says; what rules read stays with the facts."""
        stated = {"birth_date": applicant.birth_date.isoformat(), "nationality": applicant.nationality}
        return identity_of({"applicant": stated | read_fields(self.shape, self)})


ApplicantForm: type[IdentityForm] = type(
    "ApplicantForm",
    (IdentityForm,),
    {"shape": identity_shape()} | {field.name: make(field) for field in identity_shape().fields},
)


def identity(applicant: Applicant) -> dict[str, str]:
    """Field of the form to what the applicant's row holds, the empty ones left out."""
    held = {name: getattr(applicant, column or name) for name, column in COLUMNS.items()}
    return {name: value for name, value in held.items() if value is not None}


def mark_of(applicant: Applicant) -> str:
    return blind_index("applicant.seen", json.dumps(identity(applicant), sort_keys=True))


def applicant_form(applicant: Applicant) -> IdentityForm:
    """The form as the applicant now is."""
    return ApplicantForm(formdata=None, data=identity(applicant) | {"seen": mark_of(applicant)})

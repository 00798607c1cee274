"""Forms of accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from kis.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from kis.core.forms import KisForm
from kis.core.reasons import MAX_REASON

LATIN = r"^[A-Za-z\u00C0-\u024F][A-Za-z\u00C0-\u024F .'-]*$"


class SignInForm(KisForm):
    name = StringField(_l("Account name"), [DataRequired(_l("Enter your account name.")), Length(max=40)])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password.")), Length(max=200)])
    next = HiddenField()


class ParticularsForm(KisForm):
    """How a person is called and reached; letters name them so."""

    full_name = StringField(_l("Full name"), [DataRequired(_l("Enter the name.")), Length(max=80)])
    full_name_latin = StringField(
        _l("Name in Latin letters"),
        [
            Optional(),
            Length(max=80),
            Regexp(LATIN, message=_l("Use Latin letters, blanks, dots, hyphens and apostrophes.")),
        ],
    )
    unit = StringField(_l("Unit"), [Length(max=80)])
    phone = StringField(_l("Phone"), [Length(max=30)])


class AccountForm(ParticularsForm):
    """A new account."""

    name = StringField(
        _l("Account name"),
        [
            DataRequired(_l("Enter the account name.")),
            Regexp(
                r"^[a-z0-9][a-z0-9.-]{2,39}$",
                message=_l("Use 3 to 40 small letters, digits, dots or hyphens."),
            ),
        ],
    )
    role = SelectField(_l("Role"), [DataRequired(_l("Choose the role."))])
    office = SelectField(_l("Office"))
    password = PasswordField(
        _l("First password"),
        [
            DataRequired(_l("Enter a password.")),
            Length(min=MIN_LENGTH, max=MAX_LENGTH, message=_l("A password has at least 12 characters.")),
        ],
    )


class GrantForm(KisForm):
    """One role more for an account."""

    role = SelectField(_l("Role"), [DataRequired(_l("Choose the role."))])
    office = SelectField(_l("Office"))


class PasswordForm(KisForm):
    """A new password of one's own."""

    current = PasswordField(
        _l("Present password"), [DataRequired(_l("Enter your present password.")), Length(max=MAX_LENGTH)]
    )
    new = PasswordField(
        _l("New password"),
        [
            DataRequired(_l("Enter a new password.")),
            Length(min=MIN_LENGTH, max=MAX_LENGTH, message=_l("A password has at least 12 characters.")),
        ],
    )


class RejectionForm(KisForm):
    """Why a proposal that awaits four eyes is rejected."""

    comment = TextAreaField(
        _l("Reason for the rejection"),
        [DataRequired(_l("Say why the proposal is rejected.")), Length(max=MAX_REASON)],
    )

"""Forms of accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from kis.core.forms import KisForm


class SignInForm(KisForm):
    name = StringField(_l("Account name"), [DataRequired(_l("Enter your account name.")), Length(max=40)])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password.")), Length(max=200)])
    next = HiddenField()

"""Forms of the gallery: one field of every kind."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional

from kis.core.forms import DayField, YesNoField


class SignInForm(FlaskForm):
    name = StringField("Account name", [DataRequired("Enter your account name.")])
    password = PasswordField("Password", [DataRequired("Enter your password.")])
    next = HiddenField()


class StayForm(Form):
    status = StringField("Status of stay", [DataRequired("Enter the status of stay, such as E-7.")])
    from_day = DayField("From", [Optional()])
    to_day = DayField("To", [Optional()])
    complete_departure = YesNoField("Ended by complete departure")


class IncomeForm(Form):
    earner = SelectField(
        "Earner", choices=[SelectChoice("self", "Applicant"), SelectChoice("spouse", "Spouse")]
    )
    year = IntegerField("Year", [Optional()])
    amount = IntegerField("Amount (KRW)", [Optional()])


class FactsForm(FlaskForm):
    name = StringField("Name in passport", [DataRequired("Enter the name as in the passport.")])
    birth_date = DayField("Date of birth", [DataRequired("Enter the date of birth.")])
    registration_number = StringField("Registration number", description="Thirteen digits, as on the card.")
    category = SelectField(
        "Category", choices=[SelectChoice("F-5-1", "F-5-1 Five years"), SelectChoice("F-5-2", "F-5-2 Spouse")]
    )
    born_in_korea = YesNoField("Born in Korea")
    route = RadioField(
        "Route", choices=[SelectChoice("marriage", "Marriage lasts"), SelectChoice("ended", "Marriage ended")]
    )
    reasons = SelectMultipleField(
        "Grounds", choices=[SelectChoice("age", "Age"), SelectChoice("illness", "Illness")]
    )
    agrees = BooleanField("The applicant agrees to the use of administrative information")
    note = TextAreaField("Note", description="Seen by officers of the office.")
    scan = FileField("Scan")
    stays = FieldList(FormField(StayForm), "Stays", min_entries=1)
    income = FieldList(FormField(IncomeForm), "Income")

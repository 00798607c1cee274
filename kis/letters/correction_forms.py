"""The form of a notice of correction."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from kis.core.forms import KisForm
from kis.core.language import in_language
from kis.letters.corrections import ENTRIES, entry_label
from kis.letters.values import Bilingual, Correction

SHORT = Length(max=300, message=_l("At most 300 characters."))
LONG = Length(max=2_000, message=_l("At most 2,000 characters."))


class EntryForm(Form):
    """One entry: what the letter says, and what it should say. Without English the Korean stands for both."""

    entry = SelectField(_l("Entry"), validate_choice=True)
    wrong_ko = StringField(_l("What the letter says"), [DataRequired(_l("Write what is wrong.")), SHORT])
    wrong_en = StringField(_l("in English, where it differs"), [SHORT])
    right_ko = StringField(_l("What is right"), [DataRequired(_l("Write what is right.")), SHORT])
    right_en = StringField(_l("in English, where it differs"), [SHORT])

    class Meta(KisForm.Meta):
        csrf = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry.choices = [SelectChoice(name, in_language(entry_label(name))) for name in ENTRIES]

    def correction(self) -> Correction:
        wrong, right = self.wrong_ko.data, self.right_ko.data
        return Correction(
            entry_label(self.entry.data),
            Bilingual(wrong, self.wrong_en.data or wrong),
            Bilingual(right, self.right_en.data or right),
        )


class CorrectionForm(KisForm):
    """What is corrected in a letter, and how it came about."""

    entries = FieldList(FormField(EntryForm), _l("What is corrected"), min_entries=1, max_entries=10)
    grounds_ko = TextAreaField(_l("How the error came about, in Korean"), [LONG])
    grounds_en = TextAreaField(_l("How the error came about, in English"), [LONG])

    def corrections(self) -> list[Correction]:
        return [row.form.correction() for row in self.entries]

    def grounds(self) -> Bilingual | None:
        """In both languages, or in one that stands for both."""
        ko, en = self.grounds_ko.data or "", self.grounds_en.data or ""
        return Bilingual(ko or en, en or ko) if ko or en else None

    def change_rows(self, added: str | None, removed: str | None) -> bool:
        """Add or remove an entry, as its button asks; False when none was pressed."""
        if added and len(self.entries) < self.entries.max_entries:
            self.entries.append_entry()
        if removed and len(self.entries) > 1:
            kept = [row.data for row in self.entries if row.name != removed]
            while len(self.entries):
                self.entries.pop_entry()
            for data in kept:
                self.entries.append_entry(data)
        return bool(added or removed)

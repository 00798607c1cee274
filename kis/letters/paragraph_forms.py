"""Forms by which headquarters words the paragraphs of letters."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from kis.core.forms import KisForm
from kis.core.reasons import reason_field
from kis.letters.kinds import Kind
from kis.letters.paragraph_words import MAX_TEXT
from kis.letters.paragraphs import paragraph
from kis.letters.values import Bilingual


class ReasonForm(KisForm):
    """Why a paragraph is to change."""

    reason = reason_field(_l("Reason for the change"))


class TextForm(ReasonForm):
    """A paragraph in both languages."""

    ko = TextAreaField(_l("Korean"), [DataRequired(_l("The Korean text is missing.")), Length(max=MAX_TEXT)])
    en = TextAreaField(
        _l("English"), [DataRequired(_l("The English text is missing.")), Length(max=MAX_TEXT)]
    )

    def texts(self) -> Bilingual:
        return Bilingual(self.ko.data, self.en.data)


class WithdrawalForm(ReasonForm):
    """The own text is to give way to the more general one."""


class PreviewForm(KisForm):
    """Which case and kind of letter to look at a text in; sent by GET, changes nothing."""

    case = StringField(_l("Receipt number of a case"), [DataRequired(_l("Write the receipt number."))])
    kind = SelectField(_l("Kind of letter"))
    shown = HiddenField(default="1")

    class Meta(KisForm.Meta):
        csrf = False

    def offer(self, kinds: tuple[Kind, ...]) -> None:
        self.kind.choices = [SelectChoice(kind.code, _title(kind)) for kind in kinds]


def _title(kind: Kind) -> str:
    title = paragraph(kind.title)
    return _("%(korean)s (%(english)s)", korean=title.ko, english=title.en)

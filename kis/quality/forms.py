"""Forms of quality samples: the share of an office, and the review of one case."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from kis.core.forms import KisForm
from kis.quality.operations import Answer
from kis.quality.questions import ANSWERS, QUESTIONS


class PolicyForm(KisForm):
    """Which share of decided cases is looked at each month."""

    percent = IntegerField(
        _l("Share, in per cent"), [InputRequired(_l("Give the share.")), NumberRange(0, 100)]
    )
    minimum = IntegerField(
        _l("At least, in cases"), [InputRequired(_l("Give the least number.")), NumberRange(0, 1000)]
    )


class ReviewForm(KisForm):
    """An answer and a remark for each question; `answer_<question>` and `remark_<question>`."""

    remark = TextAreaField(_l("Remark on the whole case (optional)"), [Length(max=5000)])

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each question: its answer and its remark."""
        return [(self[f"answer_{question}"], self[f"remark_{question}"]) for question in QUESTIONS]

    def answers(self) -> dict[str, Answer]:
        """What was answered, by question; questions without an answer are left out."""
        return {
            question: Answer(answer.data, remark.data or "")
            for question, (answer, remark) in zip(QUESTIONS, self.pairs(), strict=True)
            if answer.data
        }


for name, asked in QUESTIONS.items():
    choices = [SelectChoice(value, label) for value, label in ANSWERS.items()]
    setattr(ReviewForm, f"answer_{name}", RadioField(asked, choices=choices, validate_choice=False))
    setattr(ReviewForm, f"remark_{name}", StringField(_l("Remark on the answer"), [Length(max=2000)]))

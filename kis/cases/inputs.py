"""Fields for what a dossier holds beyond plain text: numbers, money, days of which only the month is known, choices."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import Choice

from kis.cases.choices import nationalities, with_unknown
from kis.core.forms import DayField
from kis.core.language import current_language

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class NumberField(StringField):
    """A number as it is written; separators of thousands may be there."""

    refusal = _l("Write a number in digits.")

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        written = valuelist[0].replace(",", "").strip() if valuelist else ""
        try:
            self.data = self.read(written) if written else None
        except ValueError as error:
            self.data = None
            raise ValueError(self.refusal) from error

    def read(self, written: str) -> Any:
        """An integer stays one: 2 and 2.0 are not the same to a revision."""
        if written.isascii() and written.isdigit():
            return int(written)
        if set(written) - set("0123456789.e+-"):
            raise ValueError
        return float(written)


class WholeField(NumberField):
    """A whole number."""

    refusal = _l("Write a whole number in digits.")

    def read(self, written: str) -> int:
        if not written.isascii() or not written.lstrip("-").isdigit():
            raise ValueError
        return int(written)


class MoneyField(WholeField):
    """A whole number shown with separators of thousands."""

    def _value(self) -> str:
        return super()._value() if self.raw_data or self.data is None else f"{self.data:,}"


class OfferedField(SelectField):
    """A choice from what `offer` lists for its kind; a present value outside of the list stays."""

    def __init__(self, label: Any, validators: Any, kind: str, first: Any, **kwargs: Any) -> None:
        super().__init__(label, validators, choices=[], coerce=as_text, validate_choice=False, **kwargs)
        self.kind = kind
        self.first = first
        self.offered: list[tuple[str, Any]] | None = None

    def iter_choices(self) -> Iterator[Choice]:
        listed = nationalities(current_language()) if self.kind == "country" else self.offered or ()
        for value, label in [self.first, *with_unknown(listed, self.data)]:
            yield Choice(value, label, value == (self.data or ""), {})


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


class FirstDayField(DayField):
    """A first day; a month alone counts from its first day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([self.day_of(value.strip()) for value in valuelist])

    def day_of(self, written: str) -> str:
        month = MONTH.fullmatch(written)
        return f"{written}-{self.day_in(int(month[1]), int(month[2])):02d}" if month else written

    def day_in(self, _year: int, _month: int) -> int:
        return 1


class FinalDayField(FirstDayField):
    """A last day; a month alone counts to its last day."""

    def day_in(self, year: int, month: int) -> int:
        return monthrange(year, month)[1] if year > 0 and 0 < month <= 12 else 31


def unix_lines(value: Any) -> Any:
    """Browsers send CR LF; what was kept otherwise would change by being looked at."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def capitals(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value

"""Facts of an application as OpenFisca takes them: entries with roles, their variables, and days in vectors.

Facts are 1, 0, or -1 where they are not established; a day that is not established is the first of the calendar.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

MET, NOT_MET, UNKNOWN, REVIEW, LEFT_OUT = range(5)
OUTCOMES = ("met", "not_met", "unknown", "review", None)
# The place of each outcome among alternatives.
PREFERENCE = np.array([0, 4, 3, 2, 0])
FOREVER, NO_DAY = date(9999, 12, 31), date(1, 1, 1)
ROLES = ("stays", "jobs", "relatives", "incomes", "belongings", "debts", "dues", "sentences", "violations")
ROLES += ("removals", "permissions", "proceedings")
SECTIONS = {
    "stays": "stays",
    "employment": "jobs",
    "income": "incomes",
    "assets": "belongings",
    "liabilities": "debts",
    "arrears": "dues",
    "criminal_record": "sentences",
    "immigration_violations": "violations",
    "removals": "removals",
    "humanitarian_stay": "permissions",
    "pending_proceedings": "proceedings",
}
CHAIN = 12  # stays that a chain may be made of

Entry = build_entity("entry", "entries", "A row of a dossier", is_person=True)
Application = build_entity(
    "application", "applications", "An application", roles=[{"key": key, "plural": key} for key in ROLES]
)
ROLE = {role.key: role for role in Application.roles}
VARIABLES: list[type[Variable]] = []
Formula = Callable[[Any, Any, Any], Any]


def declare(name: str, entity: Any, default: Any, formula: Formula | None = None) -> None:
    """A variable of a day, of the type of its default."""
    values = {"value_type": type(default), "entity": entity, "definition_period": DateUnit.DAY, "label": name}
    values["default_value"] = default
    if formula is not None:
        values["formula"] = formula
    VARIABLES.append(type(name, (Variable,), values))


def of(entity: Any, default: Any = UNKNOWN) -> Callable[[Formula], Formula]:
    """Declare the variable that a formula works out."""

    def declared(formula: Formula) -> Formula:
        declare(formula.__name__, entity, default, formula)
        return formula

    return declared


for name, fallback in {
    "start": NO_DAY,
    "end": FOREVER,
    "done": NO_DAY,
    "amount": 0,
    "year": 0,
    "person": -1,
}.items():
    declare(name, Entry, fallback)
for name in (
    "in_set",
    "departed",
    "barred_industry",
    "permitted",
    "shares",
    "taxed",
    "non_taxable",
    "relation_counts",
):
    declare(name, Entry, -1)
for name in (
    "korean",
    "violent",
    "grave_abroad",
    "drunk",
    "barring",
    "administrative",
    "penalty",
    "deportation",
):
    declare(name, Entry, 0)
declare("sentence", Entry, "other")
declare("birth", Application, NO_DAY)
for name in ("status_in_set", "activity_kept", "korean_nationality", "raises_minors", "certificate_issued"):
    declare(name, Application, -1)
for name in SECTIONS:
    declare(f"{name}_known", Application, 0)


def years_later(days: Any, years: int) -> Any:
    """The day a period of years is over; from 29 February it runs over into March."""
    months = days.astype("M8[M]")
    return (months + 12 * years).astype("M8[D]") + (days - months.astype("M8[D]"))


def months_later(days: Any, months: int) -> Any:
    """The same for months: where no such day exists, the first of the next month."""
    first = days.astype("M8[M]")
    later = (first + months).astype("M8[D]") + (days - first.astype("M8[D]"))
    return np.minimum(later, (first + months + 1).astype("M8[D]"))


def today(period: Any) -> Any:
    return np.datetime64(str(period.start), "D")


def members(application: Any, period: Any, *names: str) -> list[Any]:
    return [application.members(name, period) for name in names]


def counted(application: Any, role: str, condition: Any) -> Any:
    return application.sum(np.where(condition, 1, 0), role=ROLE[role])


def three(fact: Any) -> Any:
    """The outcome of a fact that is 1, 0 or -1."""
    return np.select([fact == 1, fact == 0], [MET, NOT_MET], UNKNOWN)


def unless_open(application: Any, period: Any, section: str, outcome: Any) -> Any:
    return np.where(application(f"{section}_known", period) == 1, outcome, UNKNOWN)

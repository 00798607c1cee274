"""Public dues and lawful work: what no income or asset cures."""

from collections.abc import Sequence
from typing import Final

from kis.rules.f5.household import APPLICANT, called
from kis.rules.f5.training import at_work
from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met
from kis.rules.messages import Message

BARRED_INDUSTRIES: Final = frozenset({"gambling", "entertainment", "against_morals"})


def public_dues(facts: Facts) -> Verdict:
    """No arrears of the applicant, and no work in a barred industry or without permission at A."""
    arrears, employment = facts.rows("arrears"), facts.rows("employment")
    owed = [row.path for row in arrears or () if row.get("person") == APPLICANT]
    if owed:
        return not_met("livelihood.arrears", Message("settle.arrears"), entries=owed)
    current = [row for row in employment or () if not row.is_later("from") and at_work(row)]
    barred = [row.path for row in current if row.get("industry") in BARRED_INDUSTRIES]
    if barred:
        return not_met("livelihood.barred_industry", None, entries=barred)
    unpermitted = [row.path for row in current if row.get("permitted") is False]
    if unpermitted:
        return not_met("livelihood.no_permission", None, entries=unpermitted)
    return _dues_open(facts, current) or _dues_clear(facts)


def _dues_open(facts: Facts, current: Sequence[Row]) -> Verdict | None:
    absent = [name for name in ("arrears", "employment") if facts.dossier.get(name) is None]
    for row in current:
        absent += [f"{row.path}.{name}" for name in ("industry", "permitted") if row.get(name) is None]
    return missing(*absent) if absent else None


def _dues_clear(facts: Facts) -> Verdict:
    people = {row.data["person"] for row in facts.rows("arrears") or ()}
    family = sorted(people & {row.data["ref"] for row in facts.rows("family") or ()})
    if family:
        return met("livelihood.family_arrears", people=[called(facts, ref) for ref in family])
    return met("livelihood.dues_clear")

"""Livelihood of F-5-1 as OpenFisca variables: dues, income and assets with the applicant's own share."""

from typing import Any

import numpy as np

from tests.bench.openfisca_facts import (
    LEFT_OUT,
    MET,
    NO_DAY,
    NOT_MET,
    PREFERENCE,
    REVIEW,
    ROLE,
    UNKNOWN,
    Application,
    Entry,
    Formula,
    counted,
    declare,
    members,
    months_later,
    of,
    today,
    unless_open,
)


@of(Entry, default=0)
def is_at_work(entry: Any, period: Any, parameters: Any) -> Any:
    now = (entry("start", period) <= today(period)) & (entry("end", period) >= today(period))
    return np.where(now & entry.has_role(ROLE["jobs"]), 1, 0)


@of(Application, default=0)
def dues_owed(application: Any, period: Any, parameters: Any) -> Any:
    return counted(application, "dues", application.members("person", period) == 0)


@of(Application, default=0)
def barred_work(application: Any, period: Any, parameters: Any) -> Any:
    now, barred_industry = members(application, period, "is_at_work", "barred_industry")
    return counted(application, "jobs", (now == 1) & (barred_industry == 1))


@of(Application, default=0)
def unpermitted_work(application: Any, period: Any, parameters: Any) -> Any:
    now, permitted = members(application, period, "is_at_work", "permitted")
    return counted(application, "jobs", (now == 1) & (permitted == 0))


@of(Application, default=0)
def unclear_work(application: Any, period: Any, parameters: Any) -> Any:
    now, barred_industry, permitted = members(
        application, period, "is_at_work", "barred_industry", "permitted"
    )
    return counted(application, "jobs", (now == 1) & ((barred_industry == -1) | (permitted == -1)))


@of(Application)
def livelihood_public_dues(application: Any, period: Any, parameters: Any) -> Any:
    wrong = sum(application(name, period) for name in ("dues_owed", "barred_work", "unpermitted_work"))
    known = (application("arrears_known", period) == 1) & (application("employment_known", period) == 1)
    open_ = ~known | (application("unclear_work", period) > 0)
    return np.select([wrong > 0, open_], [NOT_MET, UNKNOWN], MET)


@of(Application, default=0)
def income_year(application: Any, period: Any, parameters: Any) -> Any:
    return period.start.year - np.where(application("certificate_issued", period) == 0, 2, 1)


@of(Entry, default=-1)
def counts(entry: Any, period: Any, parameters: Any) -> Any:
    """Whether a relative counts as an earner and owner."""
    since, shares, relation = (entry(name, period) for name in ("start", "shares", "relation_counts"))
    year = entry.application("income_year", period)
    first = (year - 1970).astype("M8[Y]").astype("M8[D]")
    lives = np.where(since == NO_DAY, -1, np.where(since <= first, 1, 0))
    fails = (relation == 0) | (shares == 0) | (lives == 0)
    return np.select([fails, (shares == -1) | (lives == -1) | (relation == -1)], [0, -1], 1)


def standing(application: Any, period: Any, parameters: Any) -> Any:
    """Whether the person of an income or asset counts: 1, 0 or -1; the applicant does."""
    person, everyone = members(application, period, "person", "counts")
    return np.where(person == 0, 1, np.where(person > 0, everyone[np.maximum(person - 1, 0)], -1))


def reached(sure: Any, judged: Any, most: Any, standard: Any) -> Any:
    return np.select([sure >= standard, most < standard, judged >= standard], [MET, NOT_MET, REVIEW], UNKNOWN)


@of(Entry, default=0)
def income_place(entry: Any, period: Any, parameters: Any) -> Any:
    """1 recognised, 2 to be judged, 3 not established, 0 not counted."""
    taxed, free = entry("taxed", period), entry("non_taxable", period)
    place = np.select([taxed == 1, taxed == -1, free == 1], [1, 3, 2], 0)
    person = standing(entry.application, period, parameters)
    ours = (entry("year", period) == entry.application("income_year", period)) & (person != 0) & (place > 0)
    return np.where(ours, np.where(person == -1, 3, place), 0)


def amounts(name: str, *, own: bool) -> None:
    """What a finding on income tells: what is established, what judgement may add, and what is possible."""

    def summed(last: int) -> Formula:
        def formula(application: Any, period: Any, parameters: Any) -> Any:
            amount, place, person = members(application, period, "amount", "income_place", "person")
            counted_here = (place > 0) & (place <= last) & ((person == 0) | (not own))
            return application.sum(np.where(counted_here, amount, 0), role=ROLE["incomes"])

        return formula

    for last, kind in enumerate(("sure", "judged", "most"), 1):
        declare(f"{name}_{kind}", Application, 0, summed(last))


amounts("income", own=False)
amounts("own_income", own=True)


@of(Application, default=0)
def income_standard(application: Any, period: Any, parameters: Any) -> Any:
    """Twice the GNI in force, 0 where that is not of one of the two years before."""
    figure = parameters(period).gni
    in_time = period.start.year - figure.year in {1, 2}
    return np.full(application.count, parameters(period).general.income * figure.amount * in_time)


def _earned(application: Any, period: Any, name: str, share: int) -> Any:
    standard = application("income_standard", period)
    found = [application(f"{name}_{kind}", period) for kind in ("sure", "judged", "most")]
    outcome = np.where(standard > 0, reached(*found, standard / share), UNKNOWN)
    return unless_open(application, period, "income", outcome)


@of(Application)
def livelihood_income(application: Any, period: Any, parameters: Any) -> Any:
    return _earned(application, period, "income", 1)


@of(Application)
def income_own_share(application: Any, period: Any, parameters: Any) -> Any:
    return _earned(application, period, "own_income", 2)


@of(Entry, default=0)
def worth(entry: Any, period: Any, parameters: Any) -> Any:
    """The value of an asset held six months; negative for a debt."""
    held = (entry("start", period) > NO_DAY) & (months_later(entry("start", period), 6) <= today(period))
    value = np.where(held, entry("amount", period), 0)
    return np.where(entry.has_role(ROLE["debts"]), -entry("amount", period), value)


def net(name: str, *, own: bool) -> None:
    """What a finding on assets tells: net assets established, and at most with those of no known day."""

    def sure(application: Any, period: Any, parameters: Any) -> Any:
        value, person = members(application, period, "worth", "person")
        ours = (person == 0) if own else standing(application, period, parameters) == 1
        return sum(
            application.sum(np.where(ours, value, 0), role=ROLE[role]) for role in ("belongings", "debts")
        )

    def most(application: Any, period: Any, parameters: Any) -> Any:
        amount, start, person = members(application, period, "amount", "start", "person")
        ours = (person == 0) if own else standing(application, period, parameters) == 1
        undated = np.where(ours & (start == np.datetime64(NO_DAY)), amount, 0)
        return application(f"{name}_sure", period) + application.sum(undated, role=ROLE["belongings"])

    declare(f"{name}_sure", Application, 0, sure)
    declare(f"{name}_most", Application, 0, most)


net("assets", own=False)
net("own_assets", own=True)


@of(Application, default=0)
def assets_standard(application: Any, period: Any, parameters: Any) -> Any:
    """One and a half times the survey of the year before, 0 where that is not on file."""
    figure = parameters(period).survey
    on_file = figure.year == period.start.year - 1
    return np.full(application.count, parameters(period).general.assets * figure.amount * on_file)


def _owned(application: Any, period: Any, name: str, share: int) -> Any:
    standard = application("assets_standard", period)
    sure, most = application(f"{name}_sure", period), application(f"{name}_most", period)
    outcome = np.where(standard > 0, reached(sure, sure, most, standard / share), UNKNOWN)
    debts = application("liabilities_known", period) == 1
    outcome = np.where((outcome != NOT_MET) & ~debts, UNKNOWN, outcome)
    return unless_open(application, period, "assets", outcome)


@of(Application)
def livelihood_assets(application: Any, period: Any, parameters: Any) -> Any:
    return _owned(application, period, "assets", 1)


@of(Application)
def assets_own_share(application: Any, period: Any, parameters: Any) -> Any:
    return _owned(application, period, "own_assets", 2)


@of(Application)
def livelihood_own_share(application: Any, period: Any, parameters: Any) -> Any:
    """The own share of the better alternative: by the pair, then by its first criterion, then income."""
    income, own_income = application("livelihood_income", period), application("income_own_share", period)
    assets, own_assets = application("livelihood_assets", period), application("assets_own_share", period)
    asked = (application("eligibility_adult", period) == MET) & (application("raises_minors", period) != 1)
    pairs = [
        np.maximum(PREFERENCE[one], np.where(asked, PREFERENCE[own], 0))
        for one, own in ((income, own_income), (assets, own_assets))
    ]
    by_income = (pairs[0] < pairs[1]) | ((pairs[0] == pairs[1]) & (PREFERENCE[income] <= PREFERENCE[assets]))
    return np.where(asked, np.where(by_income, own_income, own_assets), LEFT_OUT)

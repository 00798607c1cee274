"""The review record: what a decision rests on, for the file — facts, pre-check, departures, recommendation, approvals.

Internal: it is numbered and kept like a letter, and delivered to nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from kis.accounts.models import Account
from kis.accounts.roles import ROLE_LABELS
from kis.cases.conflicts import refuse_conflict
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.decisions.letter_values import Given, reason_of, sentence
from kis.decisions.models import Approval, Decision, Recommendation
from kis.decisions.queries import decision_of, standing
from kis.decisions.record_sheets import annex, outcome
from kis.decisions.record_words import alike, day, heads, in_both, joined, of_rules, person, word
from kis.figures.words import figure_name
from kis.letters.composition import as_printed
from kis.letters.glyphs import spelled_out
from kis.letters.models import Letter
from kis.letters.operations import issue
from kis.letters.parties import office_name, values_of
from kis.letters.values import Bilingual, LetterValues, Table
from kis.precheck.models import Departure, Run
from kis.precheck.presentation import AreaBlock, CriterionRow, run_page
from kis.precheck.queries import departures_of, latest_run
from kis.rules.citations import citation

Row = tuple[Bilingual, ...]


def make_record(case: Case, viewer: Viewer) -> Letter:
    """Put the review record of the case as it stands into its file. Raises Forbidden, Conflict or Invalid."""
    refuse_conflict(case.id, viewer)
    return issue(case, record_values(case, db.session.get_one(Account, viewer.account_id)), viewer)


def record_values(case: Case, officer: Account) -> LetterValues:
    """The record as a letter's values. Raises Conflict before the first run of the pre-check."""
    recommendation = standing(case)
    run = recommendation.run if recommendation else latest_run(case)
    if run is None:
        raise Conflict(_("There is nothing to record yet: the pre-check has not been run."))
    made = tuple(map(printable, tables(case, run, recommendation)))
    return values_of(case, "review-record", officer, tables=made)


def tables(case: Case, run: Run, recommendation: Recommendation | None) -> Iterator[Table]:
    """All tables in their order; the annex comes last."""
    departures = departures_of(case)
    yield facts_in_short(case, run)
    for area in run_page(run, departures).areas:
        yield findings(area)
    yield departed(run, departures)
    yield recommended(recommendation)
    yield approvals(recommendation)
    yield decided(decision_of(case))
    yield figures(run)
    yield from annex(run.precheck)


def printable(table: Table) -> Table:
    """The table with its rows in the characters of letters: what is on file nobody writes anew for the record."""
    rows = tuple(tuple(map(in_letters, row)) for row in table.rows)
    return replace(table, rows=rows)


def in_letters(text: Bilingual) -> Bilingual:
    return Bilingual(*(spelled_out(as_printed(each)) for each in (text.ko, text.en)))


def facts_in_short(case: Case, run: Run) -> Table:
    officer = case.assignee.full_name if case.assignee else "–"
    rows = (
        (word("office"), office_name(case.office)),
        (word("officer"), alike(officer)),
        (word("revision"), alike(run.revision)),
        (word("run"), alike(run.number)),
        (word("edition"), alike(run.edition)),
        (word("as_of"), day(run.as_of)),
        (word("overall"), of_rules(run.precheck.overall.label)),
    )
    return Table(word("facts"), heads("item", "content"), rows, widths=(30, 70))


def findings(area: AreaBlock) -> Table:
    title = joined([word("precheck"), of_rules(area.label), of_rules(area.outcome.label)], " · ")
    rows = tuple(map(finding, area.rows))
    return Table(title, heads("criterion", "outcome", "finding", "basis"), rows, widths=(20, 13, 42, 25))


def finding(row: CriterionRow) -> Row:
    found = row.finding
    outcomes = [row.finding.outcome, row.outcome] if row.outcome is not found.outcome else [row.outcome]
    text = Bilingual(*(sentence(found.finding, language) for language in ("ko", "en")))
    changed = joined([of_rules(each.label) for each in outcomes], " → ")
    return of_rules(found.label), changed, text, of_rules(citation(found.basis.article))


def departed(run: Run, departures: Sequence[Departure]) -> Table:
    """Every departure, also one that was withdrawn: the file keeps what was once held."""
    labels = {each.id: of_rules(each.label) for each in run.precheck.criteria}
    rows = tuple(
        (
            labels.get(each.criterion, alike(each.criterion)),
            joined([outcome(each.from_outcome), outcome(each.to_outcome)], " → "),
            alike(each.reason),
            whose(each),
        )
        for each in departures
    )
    note = None if rows else word("no_departures")
    return Table(
        word("departures"), heads("criterion", "changed", "reason", "by"), rows, note, (20, 20, 38, 22)
    )


def whose(departure: Departure) -> Bilingual:
    """Who departed when, and who withdrew it."""
    parts = [person(departure.made_by), day(clock.day_of(departure.made_at))]
    if departure.withdrawn_at and departure.withdrawn_by:
        on = day(clock.day_of(departure.withdrawn_at))
        parts += [word("withdrawn"), person(departure.withdrawn_by), on]
    return joined(parts)


def recommended(recommendation: Recommendation | None) -> Table:
    """Outcome, grounds, and the reasons of a refusal with their basis."""
    title, columns = word("recommendation"), heads("item", "content")
    if recommendation is None:
        return Table(title, columns, (), word("nothing_recommended"))
    rows = [(word("outcome"), word(recommendation.outcome))]
    if recommendation.text:
        rows.append((word("reason"), alike(recommendation.text)))
    return Table(title, columns, (*rows, *reasons(recommendation.reasons)), widths=(20, 80))


def reasons(given: Sequence[Given]) -> Iterator[Row]:
    """The reasons of a refusal in their order, each with its basis and what an officer added."""
    for number, each in enumerate(given, start=1):
        reason = reason_of(each)
        label = Bilingual(f"{word('reason').ko} {number}", f"{word('reason').en} {number}")
        yield label, joined([reason.text, reason.basis], " · ")
        if reason.remark:
            yield word("remark"), alike(reason.remark)


def decided(decision: Decision | None) -> Table:
    """Outcome, by whom and when; why it is another than recommended; the deadline of a refusal."""
    title, columns = word("decision"), heads("item", "content")
    if decision is None:
        return Table(title, columns, (), word("not_decided"))
    rows: list[Row] = [
        (word("outcome"), word(f"decided_{decision.outcome}")),
        (word("by"), joined([person(decision.decided_by), day(clock.day_of(decision.at))])),
    ]
    if decision.differs:
        rows += [(word("differs"), alike(decision.reason)), *reasons(decision.reasons)]
    if decision.departure_deadline:
        rows.append((word("departure_deadline"), day(decision.departure_deadline)))
    if decision.stay_expires_on:
        rows.append((word("stay_until"), day(decision.stay_expires_on)))
    return Table(title, columns, tuple(rows), widths=(20, 80))


def approvals(recommendation: Recommendation | None) -> Table:
    rows: list[Row] = []
    if recommendation:
        taken = {each.position: each for each in recommendation.approvals}
        rows = [
            step(recommendation, position, Role(role), taken.get(position))
            for position, role in enumerate(recommendation.line, start=1)
        ]
    note = None if rows else word("nothing_recommended")
    return Table(word("line"), heads("step", "name", "on", "comment"), tuple(rows), note, (25, 22, 25, 28))


def step(recommendation: Recommendation, position: int, role: Role, approval: Approval | None) -> Row:
    """Who took a step of the line, when, and what they wrote."""
    label = in_both(lambda _language: f"{position}. {ROLE_LABELS[role]}")
    if position == 1:
        made_on = day(clock.day_of(recommendation.made_at))
        return label, person(recommendation.made_by), made_on, word("recommended")
    if approval is None:
        return label, alike("–"), alike("–"), word("waiting")
    comment = alike(approval.comment) if approval.comment else word("approved")
    return label, person(approval.account), day(clock.day_of(approval.at)), comment


def figures(run: Run) -> Table:
    rows = tuple(
        (
            in_both(lambda _language, kind=figure.figure: figure_name(kind)),
            alike(figure.year),
            alike(f"{figure.amount_krw:,}"),
            day(figure.applies_from)
            if figure.verified
            else joined([day(figure.applies_from), word("unverified")], " "),
        )
        for figure in run.precheck.figures
    )
    note = None if rows else word("none")
    return Table(word("figures"), heads("figure", "year", "amount", "applies"), rows, note, (40, 12, 20, 28))

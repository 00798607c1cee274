"""The pre-check of a case: its latest run, earlier ones, two side by side, and departures."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.choices import choice_labels, country_name
from kis.cases.differences import differences
from kis.cases.labels import place_label
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.queries import get_revision
from kis.cases.wording import difference_in_words
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import asked_number, whole_number
from kis.core.language import current_language, in_language
from kis.core.refusals import NotFound
from kis.figures.words import figure_name
from kis.precheck import operations, queries
from kis.precheck.comparison import compare, mark_differences
from kis.precheck.forms import DepartureForm
from kis.precheck.impact import changed_count
from kis.precheck.models import Run
from kis.precheck.presentation import input_link, mark_change, run_page, with_places
from kis.precheck.timeline_picture import Picture, timeline_picture
from kis.precheck.words import TRIGGERS
from kis.rules import Finding, Message, area_label, procedure
from kis.rules.citations import citation
from kis.rules.texts import day_in, word

blueprint = Blueprint("precheck", __name__, url_prefix="/cases/<number>/precheck")


@blueprint.app_context_processor
def words() -> dict[str, object]:
    return {
        "area_label": area_label,
        "citation": citation,
        "country_name": lambda code: country_name(code, current_language()),
        "figure_name": figure_name,
        "input_link": input_link,
        "place_label": place_label,
        "relation_name": relation_name,
        "rule_word": in_words,
        "trigger_labels": TRIGGERS,
        "changed_by_figures": lambda: changed_count(current_viewer()),
    }


@blueprint.app_template_filter("sentence")
def sentence(message: Message) -> str:
    """A sentence of the rules in the reader's language, places of the dossier in words."""
    return with_places(in_language(message))


@blueprint.app_template_filter("in_words")
def in_words(code: object) -> str:
    """A code of the rules as words, in the reader's language."""
    return word(code, current_language())


def relation_name(code: str) -> str:
    """A relation to the applicant as the forms call it; the applicant's own as the rules do."""
    return str(choice_labels("family.relation").get(code) or in_words(code))


@blueprint.app_template_filter("iso_day")
def day_of_data(day: str) -> str:
    """A day of plain data, "2025-05-12", in the reader's language."""
    return day_in(day, current_language())


@blueprint.get("")
@requires(Permission.CASE_READ)
def latest(number: str) -> str:
    case = open_case_page(number, "precheck")
    return show(case, queries.latest_run(case))


@blueprint.get("/runs/<int:run>")
@requires(Permission.CASE_READ)
def show_run(number: str, run: int) -> str:
    case = open_case_page(number, "precheck")
    return show(case, queries.get_run(case, run))


def show(case: Case, run: Run | None) -> str:
    runs = queries.runs_of(case)
    is_latest = run is not None and run.number == runs[0].number
    return render_template(
        "precheck/run.html",
        case=case,
        tab="precheck",
        page=run_page(run, queries.departures_of(case)) if run else None,
        picture=picture_of(case, run) if run else None,
        runs=runs,
        is_latest=is_latest,
        is_current=bool(run and is_latest and queries.saw_present(run, case)),
        recheck=queries.last_recheck(case, run) if run and is_latest else None,
        **possible(case),
    )


def picture_of(case: Case, run: Run) -> Picture:
    """The timeline of the facts that the run was made on."""
    return timeline_picture(get_revision(case, run.revision).facts, run.precheck)


def possible(case: Case) -> dict[str, bool]:
    """What the viewer may do on this page now."""
    viewer = current_viewer()
    reviews = viewer.can(Permission.CASE_REVIEW, case.office_id)
    return {
        "can_run": reviews and case.state in operations.OPEN_STATES,
        "can_edit": reviews and case.state in operations.OPEN_STATES,
        "can_depart": reviews and case.state in operations.DEPARTURES_OPEN_IN,
        "can_ask": reviews or viewer.can(Permission.CASE_DECIDE, case.office_id),
    }


@blueprint.post("/runs")
@requires(Permission.CASE_REVIEW)
def run_again(number: str) -> Response:
    case = open_case_page(number, "precheck")
    before = queries.latest_run(case)
    made = operations.run(case, "demand", current_viewer())
    if before is None:
        return redirect(url_for("precheck.latest", number=number))
    flash(_("Run %(number)s is stored.", number=made.number), "success")
    return redirect(
        url_for("precheck.show_comparison", number=number, before=before.number, after=made.number)
    )


@blueprint.get("/comparison")
@requires(Permission.CASE_READ)
def show_comparison(number: str) -> str:
    case = open_case_page(number, "precheck")
    before, after = sorted(
        (queries.get_run(case, asked_number(side) or 0) for side in ("before", "after")),
        key=lambda run: run.number,
    )
    facts = [get_revision(case, run.revision).facts for run in (before, after)]
    catalogue = procedure(case.procedure).catalogue
    return render_template(
        "precheck/comparison.html",
        case=case,
        tab="precheck",
        before=before,
        after=after,
        comparison=compare(before.precheck, after.precheck),
        fact_changes=[difference_in_words(found) for found in differences(*facts)],
        mark_changes=[mark_change(found, catalogue) for found in mark_differences(before.marks, after.marks)],
    )


@blueprint.route("/criteria/<criterion>/departure", methods=["GET", "POST"])
@requires(Permission.CASE_REVIEW)
def depart(number: str, criterion: str) -> Response | str | tuple[str, int]:
    case = open_case_page(number, "departure")
    run, finding = finding_of(case, criterion)
    form = DepartureForm(run=run.number)
    form.offer(finding.outcome)
    if form.validate_on_submit():
        seen = whole_number(form.run.data) or 0
        outcome, reason = form.to_outcome.data, form.reason.data
        operations.depart(case, criterion, outcome, reason, current_viewer(), seen=seen)
        flash(_("The departure is recorded beside the outcome."), "success")
        return redirect(url_for("precheck.latest", number=number, _anchor=criterion))
    page = render_template(
        "precheck/departure.html", case=case, tab="precheck", form=form, finding=finding, run=run
    )
    return (page, 422) if form.errors else page


def finding_of(case: Case, criterion: str) -> tuple[Run, Finding]:
    """The latest run and its finding on a criterion. Raises NotFound."""
    run = queries.latest_run(case)
    finding = next((f for f in run.precheck.criteria if f.id == criterion), None) if run else None
    if run is None or finding is None:
        raise NotFound(_("The latest run has no criterion “%(criterion)s”.", criterion=criterion))
    return run, finding


@blueprint.post("/departures/<int:departure>/withdrawal")
@requires(Permission.CASE_REVIEW)
def withdraw(number: str, departure: int) -> Response:
    case = open_case_page(number, "departure")
    operations.withdraw_departure(case, departure, current_viewer())
    flash(_("The departure is withdrawn; it stays on record."), "success")
    return redirect(url_for("precheck.latest", number=number))

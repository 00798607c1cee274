"""The facts of a case: reading them, revising a section, the applicant, the revisions, the whole as a file."""

import json
from typing import Any

from flask import Response as Answer
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kis.cases import labels, operations, queries
from kis.cases.applicant_form import ApplicantForm, applicant_form
from kis.cases.differences import differences
from kis.cases.facts import NUMBERS, dossier_of
from kis.cases.forms import SectionForm, change_rows, located_errors, merged, offer, section_form
from kis.cases.identifiers import hidden_but_start
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.reading import read_facts
from kis.cases.sections import SECTIONS, shape_at
from kis.cases.wording import category_label, difference_in_words, shown
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.refusals import Conflict, NotFound
from kis.decisions.operations import void_for_change
from kis.desk.views import blueprint
from kis.documents.operations import extend_checklist
from kis.documents.queries import marks_of
from kis.intake.examination import problems_with
from kis.precheck.dossiers import Problem
from kis.precheck.operations import run
from kis.rules import procedure
from kis.rules.contradictions import contradictions

P = Permission
CASE = "/cases/<number>"


@blueprint.get(f"{CASE}/facts")
@requires(P.CASE_READ)
def facts(number: str) -> str:
    """All sections with their values; the contradictions stand where they are."""
    case = open_case_page(number, "facts")
    revision = queries.latest_revision(case)
    whole = dossier_of(revision.facts, case.applicant, marks_of(case))
    return render_template(
        "cases/facts.html",
        case=case,
        tab="facts",
        revision=revision,
        pages=read_facts(revision.facts, contradictions(whole)),
        may_edit=may_edit(case, current_viewer()),
    )


@blueprint.route(f"{CASE}/facts/<section>", methods=["GET", "POST"])
@requires(P.CASE_REVIEW)
def edit_section(number: str, section: str) -> Response | str | tuple[str, int]:
    """A section as a form; each save is a revision."""
    case = open_case_page(number, "facts")
    operations.require_open_facts(case, current_viewer())
    if section not in SECTIONS:
        raise NotFound(_("The dossier has no such section."))
    if request.method == "GET":
        present = queries.latest_revision(case).facts
        return edit_page(case, section, section_form(section, present, case.revision))
    form = section_form(section)
    if change_rows(form, request.form):
        return edit_page(case, section, form)
    if not form.validate():
        return edit_page(case, section, form), 422
    return save_section(case, section, form)


def save_section(case: Case, section: str, form: SectionForm) -> Response | tuple[str, int]:
    changed = merged(queries.latest_revision(case).facts, form)
    problems = problems_with(changed, case.procedure)
    if problems:
        return edit_page(case, section, form, problems=problems), 422
    based_on = form.based_on.data or ""
    try:
        revised = operations.revise_facts(case, changed, whole_number(based_on) or 0, current_viewer())
    except Conflict:
        if based_on == str(case.revision):
            raise
        return stale_page(case, section, form), 409
    if revised:
        follow_up(case, current_viewer())
    else:
        flash(_("Nothing was changed, so that no revision was saved."))
    return redirect(url_for("desk.facts", number=case.number, _anchor=section))


def follow_up(case: Case, viewer: Viewer) -> None:
    """What a change of the facts asks for: the recommendation falls, the checklist grows, the pre-check runs."""
    voided = void_for_change(case, "facts", viewer)
    added = extend_checklist(case)
    run(case, "revision", viewer)
    flash(_("Revision %(number)s is saved and the pre-check was run on it.", number=case.revision), "success")
    if voided:
        flash(_("The recommendation rested on the earlier facts and no longer stands."), "warning")
    if added:
        said = ngettext(
            "%(num)s document was added to the checklist.",
            "%(num)s documents were added to the checklist.",
            len(added),
        )
        flash(said, "warning")


def edit_page(
    case: Case, section: str, form: SectionForm, problems: list[Problem] | None = None, **more: Any
) -> str:
    present = queries.latest_revision(case).facts
    categories = [
        (code, category_label(case.procedure, code)) for code in procedure(case.procedure).categories
    ]
    offer(form, person=persons_in(present), category=categories)
    return render_template(
        "cases/edit.html",
        case=case,
        tab="facts",
        section=section,
        title=labels.section_label(section),
        form=form,
        errors=list(located_errors(form)),
        problems=[(labels.place_label(problem.place), problem.reason) for problem in problems or ()],
        **more,
    )


def persons_in(facts: dict[str, Any]) -> list[tuple[str, Any]]:
    """The applicant and the members of the family, as other sections point to them."""
    relatives = [(member["ref"], member_label(member)) for member in facts.get("family", ())]
    return [("applicant", _("The applicant")), *relatives]


def member_label(member: dict[str, Any]) -> str:
    return f"{member['ref']} ({member['name']})" if member.get("name") else str(member["ref"])


def stale_page(case: Case, section: str, form: SectionForm) -> str:
    """Somebody else saved first: their changes, yours, and the form with all input for saving on top."""
    latest = queries.latest_revision(case)
    opened_at = whole_number(form.based_on.data) or 0
    known = 0 < opened_at < latest.number
    before = queries.get_revision(case, opened_at).facts if known else latest.facts
    theirs = [difference_in_words(found) for found in differences(before, latest.facts)]
    yours = [difference_in_words(found) for found in differences(before, merged(before, form))]
    form.based_on.raw_data, form.based_on.data = None, str(latest.number)
    return edit_page(case, section, form, latest=latest, theirs=theirs, yours=yours)


def may_edit(case: Case, viewer: Viewer) -> bool:
    return viewer.can(P.CASE_REVIEW, case.office_id) and case.state in operations.FACTS_OPEN_IN


@blueprint.get(f"{CASE}/applicant")
@requires(P.CASE_READ)
def applicant(number: str) -> str:
    """Names, contact and numbers; the numbers in full only for who reviews the case."""
    case = open_case_page(number, "applicant")
    return applicant_page(case, applicant_form(case.applicant))


@blueprint.post(f"{CASE}/applicant")
@requires(P.CASE_REVIEW)
def save_applicant(number: str) -> Response | tuple[str, int]:
    case = open_case_page(number, "applicant")
    form = ApplicantForm()
    if not form.validate():
        return applicant_page(case, form), 422
    if form.is_stale(case.applicant):
        form.see(case.applicant)
        return applicant_page(case, form, stale=True), 409
    if operations.change_applicant(case, form.columns(case.applicant), current_viewer()):
        follow_applicant(case, current_viewer())
    flash(_("The applicant's particulars are saved."), "success")
    return redirect(url_for("desk.applicant", number=number))


def follow_applicant(case: Case, viewer: Viewer) -> None:
    """Who decides approves the name and address of the letter too; the pre-check reads the number."""
    if void_for_change(case, "facts", viewer):
        flash(_("The recommendation rested on the earlier facts and no longer stands."), "warning")
    run(case, "revision", viewer)


def applicant_page(case: Case, form: ApplicantForm, stale: bool = False) -> str:
    viewer = current_viewer()
    return render_template(
        "cases/applicant.html",
        case=case,
        tab="facts",
        form=form,
        errors=list(located_errors(form)),
        stale=stale,
        may_edit=may_edit(case, viewer),
        sex=shown(shape_at("applicant.sex"), case.applicant.sex) if case.applicant.sex else None,
        masked=hidden_but_start,
        sees_numbers=viewer.can(P.CASE_REVIEW, case.office_id),
    )


@blueprint.get(f"{CASE}/revisions")
@requires(P.CASE_READ)
def revisions(number: str) -> str:
    case = open_case_page(number, "revisions")
    return render_template("cases/revisions.html", case=case, tab="facts", revisions=queries.revisions(case))


@blueprint.get(f"{CASE}/revisions/<int:revision>")
@requires(P.CASE_READ)
def revision(number: str, revision: int) -> str:
    """What one save changed, before and after."""
    case = open_case_page(number, "revision")
    found = queries.get_revision(case, revision)
    changes = [difference_in_words(difference) for difference in found.differences]
    return render_template("cases/revision.html", case=case, tab="facts", revision=found, changes=changes)


@blueprint.get(f"{CASE}/dossier.json")
@requires(P.CASE_READ)
def export_dossier(number: str) -> Answer:
    """The dossier in the interchange form. The numbers leave only with who sees them on the page."""
    case = open_case_page(number, "export")
    whole = dossier_of(queries.latest_revision(case).facts, case.applicant, marks_of(case))
    if not current_viewer().can(P.CASE_REVIEW, case.office_id):
        whole["applicant"] = {
            name: value for name, value in whole["applicant"].items() if name not in NUMBERS
        }
    answer = Answer(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{case.number}.json"'
    return answer

"""The facts of a case: reading them, revising a section, the applicant, the revisions, the whole as a file."""

import json
from typing import Any

from flask import Response as Answer
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kis.audit.models import AuditRecord
from kis.audit.queries import last_event
from kis.cases import labels, operations, queries
from kis.cases.applicant_form import ApplicantForm, IdentityForm, applicant_form, identity
from kis.cases.facts import NUMBERS, dossier_of
from kis.cases.forms import SectionForm, change_rows, located_errors, merged, offer, section_form
from kis.cases.identifiers import hidden_but_start
from kis.cases.models import Case, DossierRevision
from kis.cases.opening import open_case_page
from kis.cases.reading import read_facts
from kis.cases.sections import SECTIONS, section_of, shape_at
from kis.cases.wording import category_label, difference_in_words, shown, side_in_words
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.addresses import whole_number
from kis.core.refusals import Conflict, NotFound
from kis.decisions.operations import void_for_change
from kis.desk import stale
from kis.desk.stale import Both, Saved
from kis.desk.views import blueprint
from kis.documents.operations import extend_checklist
from kis.documents.queries import marks_of
from kis.intake.examination import problems_with
from kis.precheck.dossiers import Problem
from kis.precheck.operations import run
from kis.precheck.presentation import anchor
from kis.rules import procedure
from kis.rules.contradictions import Contradiction, contradictions

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
    """Save on top of what the form was opened at; where somebody saved since then, both are put side by side."""
    latest = queries.latest_revision(case)
    opened_at = whole_number(form.based_on.data) or 0
    if opened_at == latest.number:
        return save_facts(case, section, form, merged(latest.facts, form), opened_at)
    both = both_sides(case, latest, opened_at, form)
    if not stale.answers(latest.number) or not stale.is_decided(both):
        return stale_page(case, section, form, latest, both), 409
    return save_facts(case, section, form, both.put_together(), latest.number)


def save_facts(
    case: Case, section: str, form: SectionForm, changed: dict[str, Any], based_on: int
) -> Response | tuple[str, int]:
    problems = problems_with(changed, case.procedure)
    if problems or request.form.get("then") == "look":
        shown = section_form(section, changed, based_on)
        return edit_page(case, section, shown, problems=problems), 422 if problems else 200
    try:
        revised = operations.revise_facts(case, changed, based_on, current_viewer())
    except Conflict:
        if based_on == case.revision:
            raise
        # Saved by somebody else between the reading above and the lock.
        latest = queries.latest_revision(case)
        return stale_page(case, section, form, latest, both_sides(case, latest, based_on, form)), 409
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
        contradictions=contradictions_in(case, section, present),
        **more,
    )


def contradictions_in(
    case: Case, section: str, present: dict[str, Any]
) -> list[tuple[str, Any, Contradiction]]:
    """(control of the form, place in words, contradiction) of each in a section of the facts as saved."""
    whole = dossier_of(present, case.applicant, marks_of(case))
    return [
        (anchor(one.place), labels.place_label(one.place), one)
        for one in contradictions(whole)
        if not one.place.startswith("documents") and section_of(one.place).name == section
    ]


def persons_in(facts: dict[str, Any]) -> list[tuple[str, Any]]:
    """The applicant and the members of the family, as other sections point to them."""
    relatives = [(member["ref"], member_label(member)) for member in facts.get("family", ())]
    return [("applicant", _("The applicant")), *relatives]


def member_label(member: dict[str, Any]) -> str:
    return f"{member['ref']} ({member['name']})" if member.get("name") else str(member["ref"])


def both_sides(case: Case, latest: DossierRevision, opened_at: int, form: SectionForm) -> Both:
    """The facts as the form was opened at, as they now are, and as the form would have them."""
    known = 0 < opened_at < latest.number
    before = queries.get_revision(case, opened_at).facts if known else latest.facts
    return Both(before, latest.facts, merged(before, form), latest.number)


def stale_page(case: Case, section: str, form: SectionForm, latest: DossierRevision, both: Both) -> str:
    """The places that either changed, with all input beneath: nothing of it is lost."""
    return edit_page(
        case,
        section,
        form,
        latest=latest,
        **stale.choice(both, Saved(latest.author.named, latest.saved_at)),
    )


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
    changed = last_event(case.id, "case.applicant-changed")
    now = identity(case.applicant)
    both = Both(form.seen_values(), now, form.stated(), changed.id if changed else 0)
    if both.must_choose:
        return stale_applicant(case, form, both, changed), 409
    columns = form.columns(case.applicant, both.put_together())
    if operations.change_applicant(case, columns, current_viewer()):
        follow_applicant(case, current_viewer())
    flash(_("The applicant's particulars are saved."), "success")
    return redirect(url_for("desk.applicant", number=number))


def follow_applicant(case: Case, viewer: Viewer) -> None:
    """Who decides approves the name and address of the letter too; the pre-check reads the number."""
    if void_for_change(case, "facts", viewer):
        flash(_("The recommendation rested on the earlier facts and no longer stands."), "warning")
    run(case, "revision", viewer)


def stale_applicant(case: Case, form: IdentityForm, both: Both, changed: AuditRecord | None) -> str:
    names = {each.name: each.label.text for each in form}
    choice = stale.choice(both, stale.saved_by(changed), particular_in_words, names)
    return applicant_page(case, form, **choice)


def particular_in_words(place: str, value: Any) -> str:
    return side_in_words(f"applicant.{place}", value)


def applicant_page(case: Case, form: IdentityForm, **more: Any) -> str:
    viewer = current_viewer()
    return render_template(
        "cases/applicant.html",
        case=case,
        tab="facts",
        form=form,
        errors=list(located_errors(form)),
        may_edit=may_edit(case, viewer),
        sex=shown(shape_at("applicant.sex"), case.applicant.sex) if case.applicant.sex else None,
        masked=hidden_but_start,
        sees_numbers=viewer.can(P.CASE_REVIEW, case.office_id),
        **more,
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

"""What if: the pre-check of a changed copy of the facts, beside the latest run. Nothing is saved."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from kis.cases import labels, queries
from kis.cases.differences import differences
from kis.cases.forms import SectionForm, change_rows, located_errors, merged, offer, section_form
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.sections import PAGES, SECTIONS
from kis.cases.wording import category_label, difference_in_words
from kis.core.access import Permission, current_viewer, requires
from kis.core.refusals import Forbidden, NotFound
from kis.desk.facts import persons_in
from kis.desk.forms import DayOfApplicationForm
from kis.desk.sealed_copy import Copy, copy_of, open_sealed, seal
from kis.desk.views import blueprint
from kis.intake.soundness import unsound
from kis.precheck.comparison import compare, mark_differences
from kis.precheck.dossiers import Problem, problems_of
from kis.precheck.models import Run
from kis.precheck.operations import judge_facts
from kis.precheck.presentation import mark_change
from kis.precheck.queries import latest_run
from kis.precheck.timeline_picture import timeline_picture
from kis.rules import procedure

P = Permission
Answer = str | tuple[str, int]


@blueprint.route("/cases/<number>/what-if", methods=["GET", "POST"])
@requires(P.CASE_REVIEW, P.CASE_DECIDE)
def what_if(number: str) -> Answer:
    """The copy as it now is; each POST carries it along and takes one step."""
    case = open_case_page(number, "what-if")
    require_review_or_decision(case)
    if request.method == "GET":
        return result_page(case, copy_of(case))
    copy = open_sealed(request.form.get("copy", ""), case, current_viewer())
    step = STEPS.get(request.form.get("step", ""), result_page)
    return step(case, copy)


def require_review_or_decision(case: Case) -> None:
    viewer = current_viewer()
    if not any(viewer.can(permission, case.office_id) for permission in (P.CASE_REVIEW, P.CASE_DECIDE)):
        raise Forbidden(_("Your account does not have the permission for this."))


def open_section(case: Case, copy: Copy) -> str:
    """A section of the copy as a form."""
    section = asked_section()
    return section_page(case, copy, section, section_form(section, copy.facts, copy.revision))


def asked_section() -> str:
    section = request.form.get("section", "")
    if section not in SECTIONS:
        raise NotFound(_("The dossier has no such section."))
    return section


def change_section(case: Case, copy: Copy) -> Answer:
    """The section as the form says, put into the copy."""
    section = asked_section()
    form = section_form(section)
    if change_rows(form, request.form):
        return section_page(case, copy, section, form)
    if not form.validate():
        return section_page(case, copy, section, form), 422
    changed = merged(copy.facts, form)
    problems = problems_of(changed) or unsound(changed)
    if problems:
        return section_page(case, copy, section, form, problems), 422
    return result_page(case, copy.with_facts(changed))


def change_day(case: Case, copy: Copy) -> Answer:
    """The copy, handed in on another day."""
    form = DayOfApplicationForm()
    if not form.validate() or form.received_on.data is None:
        return result_page(case, copy, form), 422
    application = copy.facts["application"] | {"received_on": form.received_on.data.isoformat()}
    return result_page(case, copy.with_facts(copy.facts | {"application": application}))


STEPS: dict[str, Callable[[Case, Copy], Answer]] = {
    "section": open_section,
    "change": change_section,
    "day": change_day,
}


def section_page(
    case: Case, copy: Copy, section: str, form: SectionForm, problems: list[Problem] | None = None
) -> str:
    categories = [
        (code, category_label(case.procedure, code)) for code in procedure(case.procedure).categories
    ]
    offer(form, person=persons_in(copy.facts), category=categories)
    return render_template(
        "desk/what_if_section.html",
        case=case,
        tab="precheck",
        section=section,
        title=labels.section_label(section),
        form=form,
        sealed=seal(copy, case, current_viewer()),
        errors=list(located_errors(form)),
        problems=[(labels.place_label(problem.place), problem.reason) for problem in problems or ()],
    )


def result_page(case: Case, copy: Copy, day_form: DayOfApplicationForm | None = None) -> str:
    """What would be found on the copy, beside the latest run."""
    before = latest_run(case)
    return render_template(
        "desk/what_if.html",
        case=case,
        tab="precheck",
        copy=copy,
        sealed=seal(copy, case, current_viewer()),
        sections=[(labels.page_label(page.name), page_sections(page.sections)) for page in PAGES],
        day_form=day_form or DayOfApplicationForm(formdata=None),
        before=before,
        **(found_on(case, copy, before) if before else {}),
    )


def page_sections(sections: Any) -> list[tuple[str, Any]]:
    return [(section.name, labels.section_label(section.name)) for section in sections]


def found_on(case: Case, copy: Copy, before: Run) -> dict[str, Any]:
    """The copy's pre-check with all that differs from the run."""
    judged = judge_facts(case, copy.facts)
    facts = queries.get_revision(case, before.revision).facts
    catalogue = procedure(case.procedure).catalogue
    marks = mark_differences(before.marks, judged.marks)
    return {
        "after": judged.precheck,
        "comparison": compare(before.precheck, judged.precheck),
        "fact_changes": [difference_in_words(found) for found in differences(facts, copy.facts)],
        "mark_changes": [mark_change(found, catalogue) for found in marks],
        "picture": timeline_picture(copy.facts, judged.precheck),
    }

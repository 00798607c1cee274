"""Pages of the steps of a case: its clock and course, and the supplement requests."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.clock import next_notice_day
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.queries import get_case
from kis.cases.states import possibilities
from kis.cases.workflow import hold, permitted
from kis.casework import queries, supplements, words
from kis.casework.asking import suggestions
from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid, NotFound, Refusal
from kis.decisions.forms import CaseForm
from kis.desk.step_forms import AskForm, StepForm
from kis.desk.steps import HERE, PAGES, STEPS, SUPPLEMENT
from kis.desk.views import blueprint

P = Permission
Answer = Response | str | tuple[str, int]
STEPPING = (P.CASE_MARK, P.CASE_REVIEW, P.CASE_DECIDE, P.CASE_ASSIGN)
WORDS = {
    "request_ends": words.REQUEST_END_LABELS,
    "ending_grounds": words.ENDING_GROUNDS,
    "extension_reasons": words.EXTENSION_REASONS,
    "transfer_answers": words.TRANSFER_ANSWERS,
    "pause_labels": words.PAUSE_LABELS,
}


@blueprint.get("/cases/<number>/steps")
@requires(P.CASE_READ)
def steps(number: str) -> str:
    return page(open_case_page(number, "steps"), HERE)


@blueprint.get("/cases/<number>/supplement")
@requires(P.CASE_READ)
def supplement(number: str) -> str:
    return page(open_case_page(number, "supplement"), SUPPLEMENT)


@blueprint.post("/cases/<number>/supplement")
@requires(P.CASE_REVIEW)
def ask_supplement(number: str) -> Answer:
    case = open_case_page(number, "supplement")
    form = ask_form(case)
    if form.change_rows(request.form.get("add-row"), request.form.get("remove-row")):
        return page(case, SUPPLEMENT, asking=form)
    if not form.validate():
        return page(case, SUPPLEMENT, asking=form), 422
    try:
        hold(case, form.version.data)
        supplements.ask(case, form.asked(), form.days.data, current_viewer())
    except (Invalid, Conflict) as refusal:
        require_possible_still(case, "ask-supplement", form, refusal)
        return page(case, SUPPLEMENT, asking=form), refusal.status
    return done(case, SUPPLEMENT, _("The request is made. Its letter is being written."))


@blueprint.post("/cases/<number>/steps/<action>")
@requires(*STEPPING)
def take_step(number: str, action: str) -> Answer:
    case = open_case_page(number, "steps")
    step = STEPS.get(action)
    if step is None:
        raise NotFound
    permitted(case, action, current_viewer(), queries.evidence_of(case, current_viewer()))
    form = prepared(step.form(), case)
    if not form.validate():
        return page(case, step.page, entered={action: form}), 422
    try:
        hold(case, form.version.data)
        step.perform(case, entered_in(form), current_viewer())
    except (Invalid, Conflict) as refusal:
        require_possible_still(case, action, form, refusal)
        return page(case, step.page, entered={action: form}), refusal.status
    return done(case, step.page, str(step.done))


def require_possible_still(case: Case, action: str, form: CaseForm, refusal: Refusal) -> None:
    """Let what was entered be looked at and sent again on the page as it now is.

    Raises Conflict where it cannot be, NotFound where the case may no longer be read.
    """
    db.session.rollback()
    viewer = current_viewer()
    permitted(get_case(case.number, viewer), action, viewer, queries.evidence_of(case, viewer))
    # Else the field would show what was sent.
    form.version.data, form.version.raw_data = case.version, None
    form.form_errors.append(refusal.message)


def entered_in(form: StepForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in ("version", "csrf_token")}


def prepared(form: StepForm, case: Case) -> StepForm:
    form.prepare(case)
    return form


def done(case: Case, endpoint: str, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for(endpoint, number=case.number))


def page(
    case: Case, endpoint: str, entered: dict[str, StepForm] | None = None, asking: AskForm | None = None
) -> str:
    """One of the two pages, with the forms of what is possible now and why the rest is not."""
    viewer = current_viewer()
    found = possibilities(case, viewer, queries.evidence_of(case, viewer))
    here = {each.action: each.refusal for each in found if PAGES.get(each.action) == endpoint}
    open_steps = [action for action, refusal in here.items() if not refusal and action in STEPS]
    given = entered or {}
    may_ask = here.get("ask-supplement", "") is None
    return render_template(
        TEMPLATES[endpoint],
        case=case,
        tab=endpoint.removeprefix("desk."),
        refused={action: refusal for action, refusal in here.items() if refusal},
        forms={action: given.get(action) or fresh(action, case) for action in open_steps},
        step_of=STEPS,
        asking=(asking or ask_form(case)) if may_ask else None,
        **COURSE[endpoint](case),
        **WORDS,
    )


def fresh(action: str, case: Case) -> StepForm:
    return prepared(STEPS[action].form(formdata=None, version=case.version), case)


def ask_form(case: Case) -> AskForm:
    form = AskForm(version=case.version, days=case.office.supplement_days)
    form.suggest(suggestions(case))
    return form


def course_of(case: Case) -> dict[str, Any]:
    return {
        "next_notice": next_notice_day(case.received_on, clock.today()),
        "pauses": queries.pauses_of(case),
        "extensions": queries.extensions_of(case),
        "inspections": queries.inspections_of(case),
        "transfers": queries.transfers_of(case),
        "endings": queries.endings_of(case),
    }


def supplements_of(case: Case) -> dict[str, Any]:
    return {"supplements": queries.requests_of(case)}


TEMPLATES = {HERE: "casework/steps.html", SUPPLEMENT: "casework/supplement.html"}
COURSE = {HERE: course_of, SUPPLEMENT: supplements_of}

"""The page of a case's restriction: who may open it, and closing, naming, opening."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.scope import reader_ids
from kis.cases.workflow import hold
from kis.casework import restricting
from kis.casework.restriction_forms import LiftForm, ReadersForm, RestrictForm
from kis.casework.views import blueprint
from kis.core.access import Permission, current_viewer, requires
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid

P = Permission
Answer = Response | str | tuple[str, int]


@blueprint.get("/cases/<number>/restriction")
@requires(P.CASE_READ)
def restriction(number: str) -> str:
    case = open_case_page(number, "restriction")
    return page(case, offered(case))


@blueprint.post("/cases/<number>/restriction")
@requires(P.CASE_ASSIGN)
def restrict(number: str) -> Answer:
    """Close the case to all but those named; or name others, where it is closed."""
    case = open_case_page(number, "restriction")
    form = offered(case)
    if not form.validate():
        return page(case, form), 422
    try:
        save(case, form)
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        form.readers.errors = [refusal.message]
        return page(case, form), refusal.status
    flash(_("The case is open only to those named."), "success")
    return redirect(url_for("casework.restriction", number=number))


def save(case: Case, form: ReadersForm) -> None:
    named = form.readers.data or []
    hold(case, form.version.data)
    if isinstance(form, RestrictForm):
        restricting.restrict(case, named, form.reason.data or "", current_viewer())
    else:
        restricting.name_readers(case, named, current_viewer())


@blueprint.post("/cases/<number>/restriction/end")
@requires(P.CASE_ASSIGN)
def lift_restriction(number: str) -> Answer:
    case = open_case_page(number, "restriction")
    form = LiftForm()
    if not form.validate():
        return page(case, offered(case), form), 422
    restricting.lift(case, form.reason.data or "", current_viewer())
    flash(_("The case is open to the office again."), "success")
    return redirect(url_for("desk.case_page", number=number))


def offered(case: Case) -> ReadersForm:
    """The form for what can be done: to restrict, or to name others."""
    form = (ReadersForm if case.restricted else RestrictForm)(version=case.version)
    people = restricting.possible_readers(case) if may_steer(case) else []
    own = current_viewer().account_id
    named = reader_ids(case) if case.restricted else {case.assignee_id}
    return form.offer([each for each in people if each.id != own], named)


def may_steer(case: Case) -> bool:
    return current_viewer().can(P.CASE_ASSIGN, case.office_id)


def page(case: Case, form: ReadersForm, lifting: LiftForm | None = None) -> str:
    return render_template(
        "casework/restriction.html",
        case=case,
        tab="overview",
        standing=restricting.standing_restriction(case) if case.restricted else None,
        may_steer=may_steer(case),
        form=form,
        lifting=lifting or LiftForm(formdata=None),
    )


@blueprint.app_context_processor
def restriction_words() -> dict[str, object]:
    return {"readers_of": restricting.readers_of, "may_restrict": may_steer}

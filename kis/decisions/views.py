"""The decision page of a case: recommending, the approval line, deciding."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts.roles import ROLE_LABELS
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.states import OUTCOME_LABELS, possibilities
from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.decisions import operations, queries
from kis.decisions.departure import known_end_of_stay
from kis.decisions.forms import ApprovalForm, OtherwiseForm, ProposalForm, ReturnForm, TakeBackForm
from kis.decisions.gate import against, against_granting, outdated, unsettled
from kis.decisions.models import Recommendation
from kis.decisions.reasons import grounds_of
from kis.decisions.review_record import make_record
from kis.decisions.words import RECOMMENDED_LABELS, VOID_CAUSES
from kis.precheck.presentation import with_places
from kis.precheck.queries import FailedCriterion, run_and_facts

blueprint = Blueprint("decisions", __name__, url_prefix="/cases/<number>/decision")
P = Permission
Answer = Response | str | tuple[str, int]
HERE = frozenset({"recommend", "take-back", "return", "approve", "decide"})
WORDS = {
    "role_labels": ROLE_LABELS,
    "outcome_labels": OUTCOME_LABELS,
    "recommended_labels": RECOMMENDED_LABELS,
    "void_causes": VOID_CAUSES,
    "with_places": with_places,
}


@blueprint.app_context_processor
def allowed() -> dict[str, object]:
    return {"may_record": may_record}


def may_record(case: Case) -> bool:
    """Whether the viewer may put a review record into the file of the case."""
    viewer = current_viewer()
    return any(viewer.can(permission, case.office_id) for permission in (P.CASE_REVIEW, P.CASE_DECIDE))


@blueprint.get("")
@requires(P.CASE_READ)
def decision(number: str) -> str:
    return page(open_case_page(number, "decision"))


@blueprint.post("")
@requires(P.CASE_REVIEW, P.CASE_DECIDE)
def propose(number: str) -> Answer:
    """Recommend, or decide otherwise than recommended: the state of the case tells which."""
    case = open_case_page(number, "decision")
    form = proposal_form(case, queries.standing(case), grounds_of(case))
    if form.change_rows(request.form.get("add-row"), request.form.get("remove-row")):
        return page(case, proposal=form)
    if not form.validate():
        return page(case, proposal=form), 422
    try:
        operations.hold(case, form.version.data)
        return done(case, carry_out(case, form))
    except Invalid as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return page(case, proposal=form), 422


def carry_out(case: Case, form: ProposalForm) -> str:
    viewer, outcome, text = current_viewer(), form.outcome.data, form.text.data or ""
    if case.state == "in_review":
        operations.recommend(case, outcome, form.reasons(), text, viewer, form.stay_expires_on.data)
        return _("The recommendation is made.")
    operations.decide_otherwise(case, outcome, text, form.reasons(), viewer, form.stay_expires_on.data)
    return _("The case is decided. Its letter is being written.")


@blueprint.post("/approve")
@requires(P.CASE_DECIDE)
def approve(number: str) -> Answer:
    case = open_case_page(number, "decision")
    form = ApprovalForm()
    if not form.validate():
        return page(case, approval=form), 422
    operations.hold(case, form.version.data)
    decided = operations.approve(case, form.comment.data or "", current_viewer())
    return done(
        case,
        _("The case is decided. Its letter is being written.") if decided else _("Approved and passed on."),
    )


@blueprint.post("/return")
@requires(P.CASE_DECIDE)
def return_to_officer(number: str) -> Answer:
    case = open_case_page(number, "decision")
    form = ReturnForm()
    if not form.validate():
        return page(case, returning=form), 422
    operations.hold(case, form.version.data)
    operations.return_to_officer(case, form.comment.data, current_viewer())
    return done(case, _("The case is back with its officer."))


@blueprint.post("/take-back")
@requires(P.CASE_REVIEW)
def take_back(number: str) -> Answer:
    case = open_case_page(number, "decision")
    form = TakeBackForm()
    if not form.validate():
        raise Conflict(_("This page is incomplete. Load it again."))
    operations.hold(case, form.version.data)
    operations.take_back(case, current_viewer())
    return done(case, _("The recommendation is taken back."))


@blueprint.post("/record")
@requires(P.CASE_REVIEW, P.CASE_DECIDE)
def record_review(number: str) -> Response:
    """A review record of the case as it stands."""
    made = make_record(open_case_page(number, "decision"), current_viewer())
    flash(_("Review record %(number)s is being made.", number=made.number), "success")
    return redirect(url_for("letters.of_case", number=number))


def done(case: Case, message: str) -> Response:
    flash(message, "success")
    return redirect(url_for("decisions.decision", number=case.number))


def proposal_form(
    case: Case, recommendation: Recommendation | None, grounds: Sequence[FailedCriterion]
) -> ProposalForm:
    """The form of the officer, or that of the last of the line; with the criteria that may be named."""
    stays_until = known_end_of_stay(run_and_facts(case)[1], clock.today())
    form_class = OtherwiseForm if recommendation else ProposalForm
    form = form_class(version=case.version, stay_expires_on=stays_until)
    if recommendation:
        form.leave_out(recommendation.outcome)
    form.name_criteria(grounds)
    return form


def page(case: Case, proposal: ProposalForm | None = None, **forms: Any) -> str:
    """The page with what can be done now, and why the rest cannot."""
    made, grounds = queries.recommendations(case), grounds_of(case)
    lines = {each.id: queries.line_shown(each) for each in made}
    stands = next(((each, lines[each.id]) for each in made if each.voided_at is None), None)
    recommendation, line = stands or (None, None)
    decided = [decision for each in made for decision in each.decisions]
    return render_template(
        "decisions/decision.html",
        case=case,
        tab="decision",
        possible=possible_here(case, stands),
        recommendation=recommendation,
        line=line,
        decision=next((each for each in decided if each.voided_at is None), None),
        voided=[each for each in made if each.voided_at],
        reversed_decisions={each.recommendation_id: each for each in decided if each.voided_at},
        lines=lines,
        grounds={each.finding.id: each for each in grounds},
        also_failed=[each.finding for each in against_granting(case) if each not in grounds],
        **against_recommended(case, recommendation),
        unsettled=unsettled(case),
        proposal=proposal or proposal_form(case, recommendation, grounds),
        approval=forms.get("approval") or ApprovalForm(formdata=None, version=case.version),
        returning=forms.get("returning") or ReturnForm(formdata=None, version=case.version),
        **WORDS,
    )


def against_recommended(case: Case, recommendation: Recommendation | None) -> dict[str, Any]:
    """What the recommendation passes over, and what it rests on wrongly: with either it cannot be decided."""
    if recommendation is None:
        return {"against": (), "outdated": ()}
    named = {reason.criterion for reason in recommendation.reasons if reason.criterion}
    wrongly = outdated(case, named) if recommendation.outcome == "refused" else ()
    return {"against": against(case, recommendation.outcome, named), "outdated": wrongly}


def possible_here(case: Case, stands: queries.Standing | None) -> dict[str, str | None]:
    """The actions of this page that the viewer's permissions allow, each with what stands against it."""
    viewer = current_viewer()
    found = possibilities(case, viewer, queries.evidence_of(case, viewer, stands=stands))
    possible = {each.action: each.refusal for each in found if each.action in HERE}
    if "decide" in possible and not possible["decide"]:
        # Of passing on and deciding only one is ever possible; the other needs no explanation.
        possible.pop("approve")
    return possible

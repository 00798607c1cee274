"""The file of a case: who acts for the applicant, the fee, other applications of the person, own reminders."""

from typing import Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.audit.models import AuditRecord
from kis.audit.operations import log_access
from kis.audit.queries import last_event
from kis.cases import fees, parties
from kis.cases.earlier import other_cases
from kis.cases.file_models import EXEMPTIONS, FEE_KINDS, METHODS, PARTY_KINDS, Party
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.operations import WORKING_ON_IT, may_note
from kis.cases.reminders import reminders_on
from kis.cases.states import OPEN_STATES
from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.refusals import Invalid, NotFound
from kis.core.web import wants_partial
from kis.desk import stale
from kis.desk.file_forms import EarlierFeeForm, FeeForm, FileForm, PartyForm
from kis.desk.stale import Both
from kis.desk.views import blueprint
from kis.documents.queries import Checklist
from kis.documents.validity import Expiring, expiring
from kis.letters.parties import present_status

F = TypeVar("F", bound=FileForm)
P = Permission
FILE = "/cases/<number>/file"


@blueprint.app_context_processor
def file_words() -> dict[str, object]:
    return {"fee_is_open": fees.application_fee_is_open, "expiring": expiring_in, "open_states": OPEN_STATES}


def expiring_in(checklist: Checklist, case: Case) -> list[Expiring]:
    """What will have expired on the due day: today at the earliest, and later by the days that the clock stands still."""
    today = clock.today()
    return expiring(checklist, max(case.due_on + (today - (case.stopped_on or today)), today))


@blueprint.get(FILE)
@requires(P.CASE_READ)
def case_file(number: str) -> str:
    """The whole file as a page; asked for by a part of the overview, in short."""
    case = open_case_page(number, "file")
    viewer = current_viewer()
    log_access("other-applications", case_id=case.id, person=f"applicant:{case.applicant_id}")
    return render_template(
        "cases/file_summary.html" if wants_partial() else "cases/file.html",
        case=case,
        tab="file",
        parties=parties.parties_of(case),
        filed_by_others=parties.is_filed_by_others(case),
        fees=fees.fees_of(case),
        others=other_cases(case, viewer),
        reminders=reminders_on(case, viewer),
        may_change=may_note(case, viewer),
        **WORDS,
    )


WORDS: dict[str, Any] = {
    "party_kinds": PARTY_KINDS,
    "fee_kinds": FEE_KINDS,
    "methods": METHODS,
    "exemptions": EXEMPTIONS,
}


@blueprint.route(f"{FILE}/parties", methods=["GET", "POST"])
@requires(*WORKING_ON_IT)
def add_party(number: str) -> Response | str | tuple[str, int]:
    case = open_case_page(number, "party")
    form = PartyForm()
    if request.method == "GET":
        form.from_on.data = clock.today()
        return party_page(case, form)
    if not form.validate():
        return party_page(case, form), 422
    try:
        parties.add_party(case, form.particulars(), current_viewer())
    except Invalid as refusal:
        form.form_errors.append(refusal.message)
        return party_page(case, form), 422
    flash(_("The party is on file; letters can go to them."), "success")
    return redirect(url_for("desk.case_file", number=number))


@blueprint.route(f"{FILE}/parties/<int:party_id>", methods=["GET", "POST"])
@requires(*WORKING_ON_IT)
def change_party(number: str, party_id: int) -> Response | str | tuple[str, int]:
    """Correct a party, or say until when it acts."""
    case = open_case_page(number, "party")
    party = parties.get_party(case, party_id)
    present = PartyForm.showing(party)
    if request.method == "GET":
        return party_page(case, present, party)
    form = PartyForm()
    if not form.validate():
        return party_page(case, form, party), 422
    both = Both(form.seen(), present.stated(), form.stated(), party.version)
    if both.must_choose:
        change = last_event(case.id, "party.changed", party.id)
        return party_page(case, form, party, **choice_of(form, both, change)), 409
    form = put_together(present, both)
    if not form.validate():
        return party_page(case, form, party), 422
    try:
        changed = parties.change_party(party, case, form.particulars(), current_viewer())
    except Invalid as refusal:
        form.form_errors.append(refusal.message)
        return party_page(case, form, party), 422
    if changed:
        flash(_("The party is changed."), "success")
    return redirect(url_for("desk.case_file", number=number))


def party_page(case: Case, form: PartyForm, party: Party | None = None, **more: Any) -> str:
    return render_template("cases/party.html", case=case, tab="file", form=form, party=party, **more)


def put_together(present: F, both: Both) -> F:
    """What was sent and what somebody else saved meanwhile, in one form on top of the record."""
    return present.of_texts(both.put_together()).based_on(present.stated())


def choice_of(form: FileForm, both: Both, change: AuditRecord | None) -> dict[str, Any]:
    return stale.choice(both, stale.saved_by(change), form.in_words, form.names)


@blueprint.route(f"{FILE}/fees/<kind>", methods=["GET", "POST"])
@requires(*WORKING_ON_IT)
def settle_fee(number: str, kind: str) -> Response | str | tuple[str, int]:
    """Record a payment or an exemption, or correct what was recorded."""
    case = open_case_page(number, "fee")
    due = next((each for each in fees.fees_of(case) if each.kind == kind), None)
    if due is None:
        raise NotFound
    kind_of_form = FeeForm if due.tariff else EarlierFeeForm
    present = kind_of_form.showing(due.fee)
    if request.method == "GET":
        return fee_page(case, due, present)
    form = kind_of_form()
    if not form.validate():
        return fee_page(case, due, form), 422
    shown, version = (form.seen(), due.fee.version) if due.fee else (present.stated(), 0)
    both = Both(shown, present.stated(), form.stated(), version)
    if due.fee and both.must_choose:
        change = last_event(case.id, "fee.settled", due.fee.id)
        return fee_page(case, due, form, **choice_of(form, both, change)), 409
    form = put_together(present, both)
    if not form.validate():
        return fee_page(case, due, form), 422
    try:
        fees.settle(case, kind, form.settlement(), current_viewer())
    except Invalid as refusal:
        form.form_errors.append(refusal.message)
        return fee_page(case, due, form), 422
    flash(_("The fee is recorded."), "success")
    return redirect(url_for("desk.case_file", number=number))


def fee_page(case: Case, due: fees.Due, form: FeeForm, **more: Any) -> str:
    status = present_status(case)
    exempt = status if fees.pays_no_fee(status) else None
    return render_template(
        "cases/fee.html", case=case, tab="file", due=due, form=form, exempt_status=exempt, **WORDS, **more
    )

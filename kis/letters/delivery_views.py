"""Pages of deliveries: one letter on its way, and the worklist of those that have not arrived."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.audit.operations import log_access
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.core import clock
from kis.core.access import Permission, current_viewer, requires
from kis.core.addresses import asked_number
from kis.core.refusals import Conflict, Refusal
from kis.core.web import keep_writes
from kis.letters import queries
from kis.letters.checks import tells_remedies
from kis.letters.delivering import note_consent, note_step, require_deliverable
from kis.letters.delivery import (
    ENDING,
    OFTEN,
    STATES,
    STEPS,
    departure_warning,
    possible_steps,
    remedies,
    state_after,
)
from kis.letters.forms import ConsentForm, StepForm, VoidForm
from kis.letters.kinds import KINDS
from kis.letters.models import Letter
from kis.letters.opening import open_letter, sees_case
from kis.letters.operations import void
from kis.letters.queries import Undelivered
from kis.letters.views import blueprint
from kis.letters.words import DELIVERY_LABELS, DELIVERY_TONES, STEP_ACTIONS, STEP_LABELS
from kis.offices.queries import holiday_overrides, offices_of

P = Permission
# Days without a step after which a letter is asked about.
IDLE_CHOICES = (3, 7, 14, 30)
LONGEST_IDLE = 3650


@blueprint.app_context_processor
def words() -> dict[str, object]:
    return {
        "delivery_labels": DELIVERY_LABELS,
        "delivery_tones": DELIVERY_TONES,
        "step_labels": STEP_LABELS,
        "step_actions": STEP_ACTIONS,
        "may_deliver": lambda: current_viewer().can(Permission.LETTER_DELIVER),
    }


@blueprint.get("/letters/<number>")
@requires(Permission.CASE_READ)
def show(number: str) -> str:
    return letter_page(open_letter(number), {}, VoidForm())


def letter_page(letter: Letter, entered: dict[str, StepForm], void_form: VoidForm) -> str:
    """The page of a letter; `entered` are forms with errors, by their steps."""
    steps, viewer = queries.steps_of(letter), current_viewer()
    names = [step.step for step in steps]
    delivers = letter.is_ready and letter.in_force and not KINDS[letter.kind].is_internal
    offered = (
        possible_steps(names) if delivers and viewer.can(Permission.LETTER_DELIVER, letter.office_id) else []
    )
    return render_template(
        "letters/letter.html",
        letter=letter,
        case=letter.case,
        sees_case=sees_case(letter),
        tab="letters",
        steps=steps,
        delivery=(state := state_after(names)),
        departure=departure_warning(letter.values.departure_deadline, clock.today())
        if letter.in_force and state not in ENDING
        else "",
        kind=KINDS[letter.kind],
        forms={
            step: entered.get(step) or StepForm(step, formdata=None, day=clock.today()) for step in offered
        },
        consent=queries.consent_of(letter.case.applicant_id),
        remedies=remedies([(step.step, step.day) for step in steps], holiday_overrides())
        if letter.in_force and tells_remedies(letter.kind)
        else None,
        void_form=void_form,
        may_issue=may_issue(letter),
    )


def shown_again(letter: Letter, entered: dict[str, StepForm], void_form: VoidForm) -> tuple[str, int]:
    """The page with what is wrong; that it was looked at stays on record though nothing else is written."""
    keep_writes()
    return letter_page(letter, entered, void_form), 422


def may_issue(letter: Letter) -> bool:
    """Whether the viewer may issue such letters, and so declare this one void or have another take its place."""
    viewer, office_id = current_viewer(), letter.answering_office.id
    return any(viewer.can(each, office_id) for each in KINDS[letter.kind].permissions)


@blueprint.post("/letters/<number>/delivery/<step>")
@requires(Permission.LETTER_DELIVER)
def deliver(number: str, step: str) -> Response | tuple[str, int]:
    if step not in STEPS:
        abort(404)
    letter = open_letter(number)
    form = StepForm(step)
    if not form.validate():
        return shown_again(letter, {step: form}, VoidForm(formdata=None))
    note_step(letter, step, form.noted(), current_viewer())
    flash(_("Recorded."), "success")
    return redirect(url_for("letters.show", number=number))


@blueprint.post("/letters/<number>/void")
@requires(P.CASE_REGISTER, P.CASE_MARK, P.CASE_REVIEW, P.CASE_ASSIGN, P.CASE_DECIDE)
def declare_void(number: str) -> Response | tuple[str, int]:
    letter = open_letter(number)
    form = VoidForm()
    if not may_issue(letter):
        abort(403)
    if KINDS[letter.kind].decides:
        raise Conflict(_("The letter of a decision is not declared void alone."))
    if not form.validate():
        return shown_again(letter, {}, form)
    void(letter, form.reason.data, current_viewer())
    flash(_("The letter is void."), "success")
    return redirect(url_for("letters.show", number=number))


@blueprint.get("/letters/<number>/acknowledgement")
@requires(Permission.LETTER_DELIVER)
def acknowledgement(number: str) -> str:
    """A sheet for the signature of who receives the letter at the counter."""
    letter = open_letter(number)
    require_deliverable(letter)
    return render_template("letters/acknowledgement.html", letter=letter, today=clock.today())


@blueprint.get("/letters/undelivered")
@requires(Permission.QUEUE_READ)
def undelivered() -> str:
    viewer, filters = current_viewer(), asked_filters()
    log_access("letters:undelivered")
    rows = queries.undelivered_letters(viewer, filters, asked_number("after") or 0)
    return render_template(
        "letters/undelivered.html",
        rows=rows,
        filters=filters,
        offices=offices_of(viewer, Permission.QUEUE_READ),
        idle_choices=IDLE_CHOICES,
        states=STATES[:3],
        often=OFTEN,
        today=clock.today(),
        departure_warning=departure_warning,
        sees_case=sees_case,
        shows_names=not viewer.must_state_reason,
        following=rows[-1].id if len(rows) == queries.PAGE else None,
    )


def asked_filters() -> Undelivered:
    state = request.args.get("state")
    return Undelivered(
        state=state if state in STATES[:3] else None,
        office_id=asked_number("office"),
        idle_days=min(asked_number("idle") or 0, LONGEST_IDLE),
    )


@blueprint.route("/cases/<number>/email-consent", methods=["GET", "POST"])
@requires(Permission.LETTER_DELIVER)
def email_consent(number: str) -> Response | str | tuple[str, int]:
    case = open_case_page(number, "letters")
    form = ConsentForm(day=clock.today(), email=case.applicant.email or "")
    if request.method == "GET":
        return consent_page(case, form)
    if not form.validate():
        return consent_refused(case, form, 422)
    try:
        note_consent(case, form.email.data or "", form.form.data, form.day.data, current_viewer())
    except Refusal as refusal:
        form.email.errors = [refusal.message]
        return consent_refused(case, form, refusal.status)
    flash(_("Recorded."), "success")
    return redirect(url_for("letters.of_case", number=number))


def consent_refused(case: Case, form: ConsentForm, status: int) -> tuple[str, int]:
    keep_writes()
    return consent_page(case, form), status


def consent_page(case: Case, form: ConsentForm) -> str:
    consent = queries.consent_of(case.applicant_id)
    return render_template("letters/consent.html", case=case, tab="letters", form=form, consent=consent)

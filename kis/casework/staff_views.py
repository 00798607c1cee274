"""Pages of the officers of an office: skills, absences, and handing over their work."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts.models import Account
from kis.casework import staffing
from kis.casework.absences import cancel_absence, enter_absence, get_absence
from kis.casework.allocation_views import PROCEDURE, Answer, absence_form, allocation_page, office_of
from kis.casework.handing_over import hand_over_work, to_hand_over
from kis.casework.staffing_forms import AbsenceForm, HandOverForm, SkillsForm
from kis.casework.standing_in import carry_out
from kis.casework.views import blueprint
from kis.core.access import Permission, current_viewer, requires
from kis.core.extensions import db
from kis.core.language import in_language
from kis.core.refusals import Invalid, NotFound
from kis.offices.models import Office
from kis.rules import procedure


@blueprint.post("/allocation/<code>/absences")
@requires(Permission.CASE_ASSIGN)
def add_absence(code: str) -> Answer:
    office = office_of(code)
    form = absence_form(office)
    if not form.validate():
        return allocation_page(office, [office], form), 422
    try:
        save_absence(office, form)
    except Invalid as refusal:
        form.last_day.errors = [refusal.message]
        return allocation_page(office, [office], form), 422
    flash(_("The absence was entered."), "success")
    return redirect(url_for("casework.show_allocation", code=code))


def save_absence(office: Office, form: AbsenceForm) -> None:
    """Enter it, and carry it out at once where it has begun."""
    days = form.first_day.data, form.last_day.data
    made = enter_absence(
        office,
        db.session.get_one(Account, form.officer.data),
        days,
        db.session.get(Account, form.substitute.data) if form.substitute.data else None,
        form.arrangement.data,
        current_viewer(),
    )
    carry_out(made)


@blueprint.post("/absences/<int:absence_id>/cancellation")
@requires(Permission.CASE_ASSIGN)
def end_absence(absence_id: int) -> Response:
    absence = get_absence(absence_id, current_viewer())
    cancel_absence(absence, current_viewer())
    flash(_("The absence is cancelled. Cases that passed on stay where they are."), "success")
    return redirect(url_for("casework.choose_office"))


@blueprint.route("/allocation/<code>/officers/<int:account_id>", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def show_officer(code: str, account_id: int) -> Answer:
    """Skills of one officer, and handing over what lies with the officer."""
    office, form = office_of(code), SkillsForm()
    officer = officer_of(office, account_id)
    form.categories.choices = [
        (c.code, f"{c.code} {in_language(c.label)}") for c in procedure(PROCEDURE).categories.values()
    ]
    if form.validate_on_submit():
        staffing.set_skills(office, officer, form.categories.data or [], current_viewer())
        flash(_("The categories were saved."), "success")
        return redirect(url_for("casework.show_allocation", code=code))
    form.categories.data = sorted(staffing.skills_of(officer.id))
    return officer_page(office, officer, form)


def officer_of(office: Office, account_id: int) -> Account:
    """Raises NotFound for anybody else than an active officer of the office."""
    if account_id not in {officer.id for officer in staffing.officers_of(office)}:
        raise NotFound
    return db.session.get_one(Account, account_id)


def officer_page(
    office: Office, officer: Account, skills: SkillsForm, handing: HandOverForm | None = None
) -> str:
    return render_template(
        "casework/officer.html",
        office=office,
        officer=officer,
        skills=skills,
        handing=handing or hand_over_form(office, officer),
        held=to_hand_over(officer, office.id, current_viewer()),
    )


def hand_over_form(office: Office, officer: Account) -> HandOverForm:
    others = [(other.id, other.named) for other in staffing.officers_of(office) if other.id != officer.id]
    return HandOverForm().offer(others)


@blueprint.post("/allocation/<code>/officers/<int:account_id>/work")
@requires(Permission.CASE_ASSIGN)
def hand_over(code: str, account_id: int) -> Response:
    office = office_of(code)
    officer = officer_of(office, account_id)
    form = hand_over_form(office, officer)
    if not form.validate():
        raise Invalid(_("Choose to whom, and write the reason."))
    to = db.session.get_one(Account, form.to.data) if form.to.data else None
    passed, returned = hand_over_work(officer, office.id, to, form.reason.data, current_viewer())
    counts = {"passed": passed, "returned": len(returned)}
    flash(_("%(passed)s cases passed on, %(returned)s returned to the queue.", **counts))
    for number, refusal in returned.items():
        if refusal:
            flash(f"{number}: {refusal}", "warning")
    return redirect(url_for("casework.show_allocation", code=code))

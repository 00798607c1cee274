"""Working together: who else is here, notes and whom they name, and one's own reminders."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.accounts.views import local_address
from kis.audit.operations import log_access
from kis.cases import notes, presence, reminders
from kis.cases.models import Case
from kis.cases.opening import open_case_page
from kis.cases.operations import WORKING_ON_IT
from kis.cases.queries import get_case
from kis.casework.queries import offered
from kis.core.access import Permission, asked_by_itself, current_viewer, requires
from kis.core.forms import posted_text
from kis.core.refusals import Invalid
from kis.core.web import wants_partial
from kis.desk.views import blueprint

P = Permission


@blueprint.app_context_processor
def teamwork() -> dict[str, object]:
    return {
        "also_open": lambda case: presence.also_open(case, current_viewer()),
        "waiting_for_me": waiting,
        "reads_cases": reads_cases,
    }


@dataclass(frozen=True)
class Waiting:
    """How many reminders are due, mentions unread, and transfers offered to an office."""

    reminders: int = 0
    mentions: int = 0
    transfers: int = 0


def waiting() -> Waiting:
    """What waits for this request's account; nothing for who reads no case."""
    viewer = current_viewer()
    if not reads_cases():
        return Waiting()
    more = (offered(viewer),) if viewer.can(P.CASE_ASSIGN) else ()
    return Waiting(*reminders.waiting_for(viewer, *more))


def reads_cases() -> bool:
    return current_viewer().can(P.CASE_READ)


@blueprint.post("/cases/<number>/presence")
@asked_by_itself
@requires(P.CASE_READ)
def say_present(number: str) -> str:
    """A page says that it is open, and hears who else has one. Shows nothing of the case."""
    viewer = current_viewer()
    case = get_case(number, viewer)
    presence.see(case, viewer)
    return render_template("desk/presence.html", case=case)


@blueprint.post("/cases/<number>/notes")
@requires(*WORKING_ON_IT)
def write_note(number: str) -> Response:
    case = open_case_page(number, "note")
    unknown = notes.write_note(case, posted_text("text"), current_viewer())
    flash(_("The note is saved."), "success")
    return after_note(case, unknown)


@blueprint.get("/cases/<number>/people")
@requires(*WORKING_ON_IT)
def people(number: str) -> str:
    """Who can be mentioned in a note, as a part of the form and as a page."""
    case = get_case(number, current_viewer())
    found = notes.people_of(case, current_viewer())
    template = "desk/people_list.html" if wants_partial() else "desk/people.html"
    return render_template(template, case=case, tab="history", people=found)


@blueprint.route("/cases/<number>/notes/<int:note_id>", methods=["GET", "POST"])
@requires(*WORKING_ON_IT)
def correct_note(number: str, note_id: int) -> Response | str:
    case = open_case_page(number, "note")
    note = notes.get_note(case, note_id)
    if request.method == "GET":
        return render_template("desk/note.html", case=case, tab="history", note=note)
    unknown = notes.correct_note(note, case, posted_text("text"), current_viewer())
    flash(_("The note is corrected; what it said before is kept."), "success")
    return after_note(case, unknown)


def after_note(case: Case, unknown: list[str]) -> Response:
    if unknown:
        names = ", ".join(f"@{name}" for name in unknown)
        flash(
            _("Nobody who may read this case is called %(names)s; nobody was told of it.", names=names),
            "warning",
        )
    return redirect(url_for("desk.history", number=case.number))


@blueprint.get("/mentions")
@requires(P.CASE_READ)
def mentions() -> str:
    """Where the account was mentioned."""
    found = notes.mentions_of(current_viewer())
    log_access("mentions")
    return render_template(
        "desk/mentions.html",
        mentions=found,
        cases=notes.cases_of(found),
        shows_text=not current_viewer().must_state_reason,
    )


@blueprint.post("/mentions/<int:mention_id>/read")
@requires(P.CASE_READ)
def read_mention(mention_id: int) -> Response:
    notes.read_mention(mention_id, current_viewer())
    return redirect(url_for("desk.mentions"))


@blueprint.get("/reminders")
@requires(P.CASE_READ)
def my_reminders() -> str:
    viewer = current_viewer()
    log_access("reminders")
    return render_template(
        "desk/reminders.html",
        reminders=reminders.reminders_of(viewer),
        shows_names=not viewer.must_state_reason,
    )


@blueprint.post("/cases/<number>/reminders")
@requires(P.CASE_READ)
def set_reminder(number: str) -> Response:
    case = get_case(number, current_viewer())
    reminders.set_reminder(case, posted_day("due_on"), posted_text("text"), current_viewer())
    flash(_("You will be reminded."), "success")
    return redirect(url_for("desk.case_file", number=number, _anchor="reminders"))


@blueprint.post("/reminders/<int:reminder_id>/done")
@requires(P.CASE_READ)
def finish_reminder(reminder_id: int) -> Response:
    reminders.finish(reminders.get_reminder(reminder_id, current_viewer()))
    flash(_("The reminder is done."), "success")
    return back_to_reminders()


@blueprint.post("/reminders/<int:reminder_id>/postpone")
@requires(P.CASE_READ)
def postpone_reminder(reminder_id: int) -> Response:
    reminders.postpone(reminders.get_reminder(reminder_id, current_viewer()), posted_day("due_on"))
    flash(_("The reminder is postponed."), "success")
    return back_to_reminders()


def back_to_reminders() -> Response:
    asked = request.form.get("next")
    return redirect(local_address(asked) if asked else url_for("desk.my_reminders"))


def posted_day(name: str) -> date | None:
    """Raises Invalid for what is no day."""
    written = posted_text(name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise Invalid(_("There is no such day. Write it as 2025-05-12.")) from error

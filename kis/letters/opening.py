"""Opening a letter to look at it or to work on its way: scope, stated reason, access log, before anything is shown."""

from flask_babel import gettext as _

from kis.audit.operations import log_access
from kis.cases.opening import open_case_page
from kis.cases.scope import may_read
from kis.core.access import current_viewer
from kis.core.refusals import NotFound
from kis.letters.models import Letter
from kis.letters.queries import get_letter


def open_letter(number: str, task: str = "letter") -> Letter:
    """The letter of an issue number for this request's viewer. Raises NotFound or ReasonNeeded.

    The office that holds the case sees it with its letters; one that has handed the case over still opens the
    letters that it issued and has to deliver, and nothing else of the case.
    """
    letter = get_letter(number, current_viewer())
    if sees_case(letter):
        open_case_page(letter.case.number, task)
        return letter
    if current_viewer().must_state_reason_in(letter.office_id):
        # A reason is stated on the pages of the case, which this account does not see.
        raise NotFound(_("There is no such letter, or none that you may see."))
    log_access(task, case_id=letter.case_id, person=f"applicant:{letter.case.applicant_id}")
    return letter


def sees_case(letter: Letter) -> bool:
    """Whether the viewer may read the letter's case, and not the letter alone."""
    return may_read(letter.case, current_viewer())

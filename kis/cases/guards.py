"""The guards of the transition table: pure functions of the case, the viewer and the evidence."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from kis.cases.evidence import Evidence
from kis.core.access import Permission, Viewer

if TYPE_CHECKING:
    from kis.cases.models import Case

# How often the applicant may ask for more time, and how often the period of the office can be extended.
SUPPLEMENT_EXTENSIONS, PERIOD_EXTENSIONS, RETURNED_MAILS = 2, 2, 2
# A guard answers why the action is not possible now, or None.
Guard = Callable[["Case", Viewer, Evidence], str | None]


def is_assignee(case: "Case", viewer: Viewer, _evidence: Evidence) -> str | None:
    return (
        None if case.assignee_id == viewer.account_id else str(_l("Only the officer in charge can do this."))
    )


def is_unassigned(case: "Case", _viewer: Viewer, _evidence: Evidence) -> str | None:
    return str(_l("The case has an officer in charge already.")) if case.assignee_id else None


def has_precheck(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.has_current_precheck:
        return None
    return str(_l("Run the pre-check on the present facts and documents first."))


def is_not_recommender(_case: "Case", viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.recommended_by == viewer.account_id:
        return str(_l("Whoever recommended cannot decide."))
    return None


def recommendation_stands(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.recommendation_stands else str(_l("There is no recommendation that stands."))


def recommendation_is_current(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.recommendation_is_current:
        return None
    return str(
        _l(
            "Facts, documents or what the reference figures make of them changed after the recommendation."
            " Return it to the officer."
        )
    )


def approves_next(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.approves_next:
        return None
    return evidence.approval_refusal or str(_l("The next step of the approval line is not yours."))


def is_before_last_step(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return str(_l("The next step is the last one: it decides.")) if evidence.approves_last else None


def is_last_step(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.approves_last:
        return None
    return str(_l("The last step of the approval line decides; others approve before it."))


def letter_is_ready(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.letter_ready else str(_l("The letter is not ready yet."))


def is_in_charge_or_decides(case: "Case", viewer: Viewer, evidence: Evidence) -> str | None:
    """A supervisor may step in for the officer."""
    if viewer.can(Permission.CASE_DECIDE, case.office_id):
        return None
    return is_assignee(case, viewer, evidence)


def no_transfer_pending(case: "Case", _viewer: Viewer, _evidence: Evidence) -> str | None:
    if case.transfer_pending:
        return str(_l("A transfer to another office is pending. Its answer comes first."))
    return None


def is_in_transfer(case: "Case", _viewer: Viewer, _evidence: Evidence) -> str | None:
    return None if case.transfer_pending else str(_l("No transfer is pending."))


def no_conflict_declared(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.conflict_declared:
        return str(_l("You declared a conflict of interest in this case."))
    return None


def supplement_is_open(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.supplement_open else str(_l("No supplement request is open."))


def supplement_is_in_time(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.supplement_overdue:
        return str(_l("The applicant's time is over. Ask a second time instead."))
    return None


def supplement_can_be_extended(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    """Civil Petitions Treatment Act Decree Art. 24: the applicant may ask for more time twice; not of a repeat."""
    if evidence.second_request_used:
        return str(_l("A second request is not extended."))
    if (evidence.supplement_extensions or 0) >= SUPPLEMENT_EXTENSIONS:
        return str(_l("The applicant's time was extended twice already."))
    return None


def supplement_is_overdue(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.supplement_overdue else str(_l("The applicant still has time."))


def second_request_is_left(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    """Decree Art. 24: what is not supplemented is asked for once more, within ten days at most."""
    if evidence.second_request_used:
        return str(_l("The second request was made already. The application can be returned."))
    return None


def second_request_was_made(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    """Decree Art. 25: only what was asked for twice in vain is returned."""
    if evidence.second_request_used:
        return None
    return str(_l("Ask a second time first; only after that may the application be returned."))


def mail_came_back_twice(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    """Decree Art. 25: a request that came back twice undelivered may be taken for a withdrawal."""
    if (evidence.returned_mails or 0) >= RETURNED_MAILS:
        return None
    return str(_l("Only where the request came back undelivered twice."))


def period_still_runs(case: "Case", _viewer: Viewer, _evidence: Evidence) -> str | None:
    """Decree Art. 21: a period is extended within itself."""
    if case.is_overdue:
        return str(_l("The processing period is over; only a period that still runs can be extended."))
    return None


def extension_is_left(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    """Decree Art. 21: once, and a second time with the applicant's consent."""
    if (evidence.extensions_granted or 0) >= PERIOD_EXTENSIONS:
        return str(_l("The processing period was extended twice already."))
    return None


def letter_has_not_left(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    if evidence.letter_has_left:
        return str(_l("The letter has left. The decision can only be set aside."))
    return None


def letter_has_left(_case: "Case", _viewer: Viewer, evidence: Evidence) -> str | None:
    return None if evidence.letter_has_left else str(_l("The letter has not left yet: undo the decision."))

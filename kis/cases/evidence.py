"""What a guard may know beside the case itself; the feature that owns a fact fills it in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """None means: not looked up, because the action at hand does not need it.

    `supplement_extensions`, `returned_mails` and `extensions_granted` are counts: of the applicant's time,
    of the open request's letters that came back, of the office's processing period.
    """

    has_current_precheck: bool | None = None
    recommended_by: int | None = None
    recommendation_stands: bool | None = None
    recommendation_is_current: bool | None = None
    approves_next: bool | None = None
    approval_refusal: str | None = None
    approves_last: bool | None = None
    letter_ready: bool | None = None
    letter_has_left: bool | None = None
    supplement_open: bool | None = None
    supplement_overdue: bool | None = None
    supplement_extensions: int | None = None
    second_request_used: bool | None = None
    returned_mails: int | None = None
    extensions_granted: int | None = None
    conflict_declared: bool | None = None

"""What a guard may know beside the case itself; the feature that owns a fact fills it in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """None means: not looked up, because the action at hand does not need it."""

    has_current_precheck: bool | None = None
    recommended_by: int | None = None
    recommendation_stands: bool | None = None
    recommendation_is_current: bool | None = None
    approves_next: bool | None = None
    approval_refusal: str | None = None
    approves_last: bool | None = None
    letter_ready: bool | None = None

"""Reasons that somebody must write: how long they are, their field in a form, their check in an operation."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from kis.core.refusals import Invalid

# In characters.
MIN_REASON = 10
MAX_REASON = 4_000
LIMITS = {"least": MIN_REASON, "most": f"{MAX_REASON:,}"}
HOW_LONG = _l("Write the reason in %(least)s to %(most)s characters.", **LIMITS)


def reason_field(label: Any) -> TextAreaField:
    return TextAreaField(
        label, [DataRequired(HOW_LONG), Length(min=MIN_REASON, max=MAX_REASON, message=HOW_LONG)]
    )


def written_reason(reason: str) -> str:
    """The reason without blanks around it. Raises Invalid where it is too short or too long."""
    reason = reason.strip()
    if not MIN_REASON <= len(reason) <= MAX_REASON:
        raise Invalid(_("Write the reason in %(least)s to %(most)s characters.", **LIMITS))
    return reason

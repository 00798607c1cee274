"""The approval line: whose step is next, and whether the viewer may take it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from kis.core.access import ROLE_PERMISSIONS, Permission, Role, Viewer
from kis.core.refusals import Invalid

# The officer recommends, the supervisor decides.
DEFAULT_LINE = (Role.OFFICER, Role.SUPERVISOR)
LONGEST = 6


@dataclass(frozen=True)
class Line:
    """The steps of one recommendation and how far it has come.

    `roles` are the roles of the steps in order: the first recommended, the last decides.
    `approved_by` are the accounts that have approved, in order.
    """

    roles: tuple[Role, ...]
    office_id: int
    recommended_by: int
    approved_by: tuple[int, ...] = ()

    @property
    def next_position(self) -> int:
        """Place of the next step in the line, counted from 1; the recommendation was step 1."""
        return len(self.approved_by) + 2

    @property
    def next_role(self) -> Role | None:
        """The role that takes the next step, None when all are taken."""
        left = self.roles[self.next_position - 1 :]
        return left[0] if left else None

    @property
    def is_at_last_step(self) -> bool:
        """Whether the next approval is the decision."""
        return self.next_position == len(self.roles)

    def refusal(self, viewer: Viewer) -> str | None:
        """Why the viewer may not take the next step, or None."""
        if self.next_role is None:
            return _("Every step of the approval line is taken.")
        if viewer.account_id == self.recommended_by:
            return _("Whoever recommended cannot decide.")
        if viewer.account_id in self.approved_by:
            return _("You have approved already; the next step is another person's.")
        if not holds(viewer, self.next_role, self.office_id):
            return _("The next step of the approval line is not yours.")
        return None


def holds(viewer: Viewer, role: Role, office_id: int) -> bool:
    """Whether the viewer has this role in the office, or in all offices."""
    return any(
        grant.role == role and (grant.office_ids is None or office_id in grant.office_ids)
        for grant in viewer.grants
    )


def checked(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The line, if it can work. Raises Invalid."""
    if not 2 <= len(roles) <= LONGEST:
        raise Invalid(_("An approval line has between 2 and %(most)s steps.", most=LONGEST))
    if Permission.CASE_REVIEW not in ROLE_PERMISSIONS[roles[0]]:
        raise Invalid(_("The first step recommends: it is an officer's."))
    if any(Permission.CASE_DECIDE not in ROLE_PERMISSIONS[role] for role in roles[1:]):
        raise Invalid(_("Every step after the first approves: it is a supervisor's."))
    return tuple(roles)

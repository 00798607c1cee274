"""Whose step is next, and who may take it."""

import pytest

from kis.core.access import Grant, Role, Viewer
from kis.core.refusals import Invalid
from kis.decisions.approval import DEFAULT_LINE, Line, checked

OFFICE, OTHER_OFFICE = 1, 2
OFFICER, FIRST, SECOND = 10, 20, 30
TWO_SUPERVISORS = (Role.OFFICER, Role.SUPERVISOR, Role.SUPERVISOR)


def viewer(account_id: int, role: Role, offices: frozenset[int] | None = frozenset({OFFICE})) -> Viewer:
    return Viewer(account_id, f"account-{account_id}", (Grant(role, offices),))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_a_supervisor_takes_the_step_after_the_recommendation(role: Role) -> None:
    line = Line(DEFAULT_LINE, OFFICE, OFFICER)
    assert line.refusal(viewer(FIRST, role)) is not None
    assert line.refusal(viewer(FIRST, Role.SUPERVISOR)) is None


def test_a_supervisor_of_another_office_takes_no_step() -> None:
    line = Line(DEFAULT_LINE, OFFICE, OFFICER)
    assert line.refusal(viewer(FIRST, Role.SUPERVISOR, frozenset({OTHER_OFFICE}))) is not None


def test_a_supervisor_takes_steps_in_the_branch_offices_of_the_office() -> None:
    line = Line(DEFAULT_LINE, OTHER_OFFICE, OFFICER)
    assert line.refusal(viewer(FIRST, Role.SUPERVISOR, frozenset({OFFICE, OTHER_OFFICE}))) is None


def test_whoever_recommended_takes_no_step_even_with_both_roles() -> None:
    both = Viewer(
        OFFICER,
        "both",
        (Grant(Role.OFFICER, frozenset({OFFICE})), Grant(Role.SUPERVISOR, frozenset({OFFICE}))),
    )
    assert Line(DEFAULT_LINE, OFFICE, OFFICER).refusal(both) is not None


def test_nobody_takes_two_steps_of_one_line() -> None:
    line = Line(TWO_SUPERVISORS, OFFICE, OFFICER, (FIRST,))
    assert line.refusal(viewer(FIRST, Role.SUPERVISOR)) is not None
    assert line.refusal(viewer(SECOND, Role.SUPERVISOR)) is None


def test_the_last_step_is_told_from_those_before_it() -> None:
    assert Line(DEFAULT_LINE, OFFICE, OFFICER).is_at_last_step
    assert not Line(TWO_SUPERVISORS, OFFICE, OFFICER).is_at_last_step
    assert Line(TWO_SUPERVISORS, OFFICE, OFFICER, (FIRST,)).is_at_last_step


def test_a_line_that_has_been_gone_through_has_no_next_step() -> None:
    line = Line(DEFAULT_LINE, OFFICE, OFFICER, (FIRST,))
    assert line.next_role is None
    assert line.refusal(viewer(SECOND, Role.SUPERVISOR)) is not None


@pytest.mark.parametrize(
    "roles",
    [
        (),
        (Role.OFFICER,),
        (Role.SUPERVISOR, Role.SUPERVISOR),
        (Role.OFFICER, Role.OFFICER),
        (Role.OFFICER, Role.AUDITOR),
        (Role.OFFICER, *[Role.SUPERVISOR] * 6),
    ],
)
def test_a_line_that_could_not_work_is_refused(roles: tuple[Role, ...]) -> None:
    with pytest.raises(Invalid):
        checked(roles)

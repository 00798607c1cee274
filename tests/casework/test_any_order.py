"""Whatever is tried, by whomever, in whatever order: only what a plain table allows happens, and all stays in step."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update

from kis.accounts.models import Account
from kis.accounts.operations import set_active
from kis.accounts.sessions import viewer_of
from kis.audit import chain
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.cases.operations import assign
from kis.cases.queues import WORKING, working_queue
from kis.casework import bulk
from kis.casework.absences import cancel_absence, enter_absence
from kis.casework.handing_over import hand_over_work, release_left_behind, release_work
from kis.casework.staffing_models import ARRANGEMENTS, Absence
from kis.casework.standing_in import carry_out, carry_out_absences
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Refusal
from kis.decisions.operations import set_line
from kis.documents.operations import open_checklist
from kis.precheck.operations import depart, run
from tests import factories
from tests.casework.conftest import Travel
from tests.casework.plain import (
    ACTIONS,
    APPROVALS,
    HERE,
    MONDAY,
    PEOPLE,
    READER,
    Away,
    Deed,
    Person,
    Plain,
    Staff,
    lose,
    stand_in,
)
from tests.casework.turns import TRIES, Turn

ANYBODY = st.sampled_from([*PEOPLE, READER])
OFFICERS = [person.name for person in PEOPLE if person.role == "officer"]
BULK = {
    "assign": "assign",
    "return": "release",
    "extend": "extend",
}


# What leads on is done more often than what ends a case or leaves it to fewer hands.
ONWARDS = {
    "recommend": 12,
    "approve": 12,
    "decide": 20,
    "print": 20,
    "hand-over": 6,
    "set-aside": 6,
    "take": 9,
}
TO_THE_APPLICANT = {
    "ask-supplement": 6,
    "mail-came-back": 4,
    "repeat-supplement": 20,
    "return-application": 12,
}
ASIDE = dict.fromkeys(("withdraw", "declare-conflict", "revise-facts", "release", "take-back"), 1)
DAYS_BETWEEN = (0, 0, 0, 0, 1, 16)
WEIGHTS = ONWARDS | TO_THE_APPLICANT | ASIDE


def colleague(officer: str) -> str:
    """The other officer of the office."""
    who, office = officer.split(".")
    return f"{'second' if who == 'first' else 'first'}.{office}"


class AnyOrder(RuleBasedStateMachine):
    """Two cases, everybody who could touch them, and all that can be tried."""

    def __init__(self, people: dict[str, Account], travel: Travel) -> None:
        super().__init__()
        self.people, self.travel, self.staff = people, travel, Staff()
        self.viewers = {name: viewer_of(account) for name, account in people.items()}
        travel(MONDAY)
        self.cases = {self.open_case(officer): Plain(self.staff, officer) for officer in OFFICERS[:2]}
        self.checked = db.session.scalar(select(func.max(AuditRecord.id))) or 0

    def open_case(self, name: str) -> str:
        """A case in review with the officer, in which nothing stands against granting; its number."""
        with transaction():
            made = factories.case()
            open_checklist(made, [])
            assign(made, self.people[name], self.viewers[f"boss.{HERE}"])
            run(made, "demand", self.viewers[name])
            depart(
                made, "documents.submitted", "met", "All papers are in the paper file.", self.viewers[name]
            )
        return made.number

    def case(self, number: str) -> Case:
        return db.session.scalars(select(Case).where(Case.number == number)).one()

    @rule(
        action=st.sampled_from(ACTIONS),
        person=ANYBODY,
        officer=st.sampled_from(OFFICERS),
        place=st.integers(0, 1),
    )
    def try_anything(self, action: str, person: Person, officer: str, place: int) -> None:
        self.attempt(list(self.cases)[place], Deed(action, person, officer))

    @rule(data=st.data(), place=st.integers(0, 1), times=st.integers(1, 5))
    def do_what_is_possible(self, data: st.DataObject, place: int, times: int) -> None:
        """One after the other; between them days may pass, so that what was asked for is late."""
        number = list(self.cases)[place]
        for _each in range(times):
            self.travel(clock.today() + timedelta(days=data.draw(st.sampled_from(DAYS_BETWEEN))))
            ways = self.open_ways(number)
            if not ways:
                return
            weighted = [action for action in ways for _again in range(WEIGHTS.get(action, 3))]
            self.attempt(number, data.draw(st.sampled_from(ways[data.draw(st.sampled_from(weighted))])))
            self.all_is_in_step()

    def open_ways(self, number: str) -> dict[str, list[Deed]]:
        """The deeds that the plain case allows, by action."""
        found: dict[str, list[Deed]] = {}
        there = [person for person in PEOPLE if person.name not in self.staff.left]
        for action, person in product(ACTIONS, there):
            for to in OFFICERS if action == "assign" else OFFICERS[:1]:
                if self.cases[number].allows(deed := Deed(action, person, to), clock.today()):
                    found.setdefault(action, []).append(deed)
        return found

    @rule(days=st.integers(1, 16))
    def let_days_pass(self, days: int) -> None:
        """And at the end of them the worker has its hour."""
        self.travel(clock.today() + timedelta(days=days))
        with transaction():
            carry_out_absences()
            assert release_left_behind() == 0
        stand_in(self.staff, self.cases.values(), clock.today())

    @rule(
        person=ANYBODY,
        officer=st.sampled_from(OFFICERS),
        arrangement=st.sampled_from(ARRANGEMENTS),
        days=st.integers(0, 20),
    )
    def be_absent(self, person: Person, officer: str, arrangement: str, days: int) -> None:
        """From today on, with the colleague as substitute."""
        today, substitute = clock.today(), colleague(officer)
        until = today + timedelta(days=days)
        office, people = factories.office(officer.split(".")[1]), self.people

        def enter() -> None:
            viewer = self.viewers[person.name]
            days_of = today, until
            carry_out(
                enter_absence(office, people[officer], days_of, people[substitute], arrangement, viewer)
            )

        if self.is_done(person, enter, self.staff.may_leave_word(person, officer, substitute, today)):
            self.staff.away.pop(officer, None)
            self.staff.away[officer] = Away(until, arrangement, substitute)
            if arrangement != "stays":
                to = substitute if arrangement == "passes" else None
                self.for_each(lambda plain: plain.pass_from(officer, to, today))

    @rule(person=ANYBODY, data=st.data())
    def come_back(self, person: Person, data: st.DataObject) -> None:
        """Before the time."""
        absent_now = [name for name in self.staff.away if self.staff.is_away(name, clock.today())]
        if not absent_now:
            return
        officer = data.draw(st.sampled_from(absent_now))
        absent = select(Absence).where(
            Absence.account_id == self.people[officer].id, Absence.cancelled_at.is_(None)
        )
        absent = absent.order_by(Absence.id.desc()).limit(1)
        viewer = self.viewers[person.name]
        expected = person.role == "supervisor" and officer.endswith(person.office)
        if self.is_done(person, lambda: cancel_absence(db.session.scalars(absent).one(), viewer), expected):
            del self.staff.away[officer]

    @rule(person=ANYBODY, officer=st.sampled_from(OFFICERS), to_queue=st.booleans())
    def hand_over_all(self, person: Person, officer: str, to_queue: bool) -> None:
        office, to = officer.split(".")[1], None if to_queue else colleague(officer)
        account, receiver = self.people[officer], self.people[to] if to else None

        def hand_over() -> None:
            viewer = self.viewers[person.name]
            hand_over_work(account, factories.office(office).id, receiver, "Too much else.", viewer)

        is_boss = (person.role, person.office) == ("supervisor", office)
        if self.is_done(person, hand_over, is_boss and not (to and self.staff.is_away(to, clock.today()))):
            self.for_each(lambda plain: plain.pass_from(officer, to, clock.today()))

    @rule(person=st.sampled_from(PEOPLE), others=st.booleans())
    def leave_or_join_again(self, person: Person, others: bool) -> None:
        """At the word of an administrator; while most are gone, they come back first."""
        gone = sorted(self.staff.left)
        name = gone[0] if gone and (others or len(gone) > 2) else person.name
        joins = name in self.staff.left
        with transaction():
            set_active(self.people[name], joins)
            if not joins:
                release_work(self.people[name], "casework.released-disabled")
        if joins:
            self.staff.left.remove(name)
        else:
            self.staff.left.add(name)
            lose(self.cases.values(), name)

    @rule(action=st.sampled_from(sorted(BULK)), person=ANYBODY, officer=st.sampled_from(OFFICERS))
    def do_it_to_many(self, action: str, person: Person, officer: str) -> None:
        """The preview tells each refusal and does nothing; what it lets pass is done, and only that."""
        if person.name in self.staff.left:
            return
        deed, viewer = Deed(BULK[action], person, officer), self.viewers[person.name]
        wanted = bulk.Wanted(action, self.people[officer], "Too much else.", 3, "abroad")
        with transaction():
            trials = bulk.preview(list(self.cases), wanted, viewer)
        possible = {trial.number: trial.version for trial in trials if trial.is_possible}
        expected = [number for number, plain in self.cases.items() if self.passes(plain, deed)]
        assert list(possible) == expected, f"{deed}: {[trial.refusal for trial in trials]}, {self.cases}"
        self.all_is_in_step()
        if len(possible) < len(trials):
            with pytest.raises(Refusal), transaction():
                bulk.confirm({trial.number: trial.version for trial in trials}, wanted, viewer)
            self.all_is_in_step()
        if possible:
            with transaction():
                bulk.confirm(possible, wanted, viewer)
        for number in possible:
            self.cases[number].follow(deed, clock.today())

    def passes(self, plain: Plain, deed: Deed) -> bool:
        """Of many at once nothing is given to whoever has it, and no second extension is granted."""
        alike = (deed.action == "assign" and plain.assignee == deed.to) or (
            deed.action == "extend" and plain.granted
        )
        return plain.allows(deed, clock.today()) and not alike

    def attempt(self, number: str, deed: Deed) -> None:
        plain = self.cases[number]
        turn = Turn(self.case(number), self.viewers[deed.person.name], self.people[deed.to])
        expected = plain.allows(deed, clock.today())
        if self.is_done(deed.person, lambda: TRIES[deed.action](turn), expected, f"{deed}, {plain}"):
            plain.follow(deed, clock.today())

    def is_done(self, person: Person, act: Callable[[], object], expected: bool, what: str = "") -> bool:
        """Try it, unless the person left: whoever is not signed in does nothing."""
        if person.name in self.staff.left:
            return False
        try:
            with transaction():
                act()
        except Refusal as refusal:
            assert not expected, f"{refusal.message!r} {what}"
            return False
        assert expected, f"was done: {what}"
        return True

    def for_each(self, act: Callable[[Plain], None]) -> None:
        for plain in self.cases.values():
            act(plain)

    @invariant()
    def all_is_in_step(self) -> None:
        for number, plain in self.cases.items():
            case = self.case(number)
            self.the_case_is_as_the_plain_one(case, plain)
            self.the_clock_is_what_counting_day_by_day_gives(case, plain)
            self.it_is_in_exactly_one_queue(case)
        self.the_records_written_since_are_chained()

    def the_case_is_as_the_plain_one(self, case: Case, plain: Plain) -> None:
        assignee = self.people[plain.assignee].id if plain.assignee else None
        assert (case.state, case.assignee_id, case.office.code) == (plain.state, assignee, plain.office)
        assert (case.outcome is not None) == (plain.state in ("decided", "closed"))

    def the_clock_is_what_counting_day_by_day_gives(self, case: Case, plain: Plain) -> None:
        counted = plain.due_on(), plain.stopped_on, plain.decided_on
        assert (case.due_on, case.stopped_on, case.decided_on) == counted
        assert case.processing_days == (plain.used() if plain.decided_on else None)

    def it_is_in_exactly_one_queue(self, case: Case) -> None:
        viewer = self.viewers[f"boss.{HERE}"]
        counts = [
            select(func.count()).where(Case.id == case.id, *queue.conditions(viewer)).scalar_subquery()
            for queue in WORKING
        ]
        found = db.session.execute(select(*counts)).one()
        holding = [queue.name for queue, count in zip(WORKING, found, strict=True) if count]
        assert holding == [working_queue(case.state, case.assignee_id).name]

    def the_records_written_since_are_chained(self) -> None:
        query = select(AuditRecord).where(AuditRecord.id >= self.checked).order_by(AuditRecord.id)
        records = db.session.scalars(query).all()
        for before, record in zip(records, records[1:], strict=False):
            assert not chain.fault(record, record.id, before.hash)
        self.checked = records[-1].id if records else 0

    def teardown(self) -> None:
        """The next history begins with everybody there, and with nothing but its own cases at work."""
        with transaction():
            db.session.execute(update(Account).values(active=True))
            db.session.execute(update(Absence).values(cancelled_at=clock.now()))
            db.session.execute(update(Case).values(assignee_id=None))
        db.session.rollback()


def hire() -> dict[str, Account]:
    people = {}
    for name, role, office in [*PEOPLE, READER]:
        people[name] = factories.account(Role(role), name=name, at=office)
        people[name].phone = "02-2650-6214"
    manager = factories.viewer(Role.ADMINISTRATOR)
    for office, approvals in APPROVALS.items():
        set_line(factories.office(office), [Role.OFFICER, *[Role.SUPERVISOR] * approvals], manager)
    db.session.commit()
    return people


def test_in_any_order_only_what_the_table_allows_happens(app: Flask, travel: Travel) -> None:
    assert set(TRIES) == set(ACTIONS)
    people = hire()
    run_state_machine_as_test(
        lambda: AnyOrder(people, travel),
        settings=settings(
            max_examples=16,
            stateful_step_count=30,
            deadline=None,
            # A failure tells its history; shrinking it would take longer than reading that.
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not chain.verify().problem

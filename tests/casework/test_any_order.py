"""Whatever is tried, by whomever, in whatever order: only what a plain table allows happens, and all stays in step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit import chain
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.cases.operations import assign, take
from kis.cases.queues import WORKING, working_queue
from kis.casework import endings, extensions, inspections, supplements, transfers
from kis.casework.handing_over import return_to_queue
from kis.casework.models import Transfer
from kis.casework.queries import open_request
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Refusal
from kis.decisions import operations as decisions
from kis.decisions import reversal
from kis.decisions.jobs import close_case
from kis.documents.operations import open_checklist
from kis.letters.delivering import Noted, note_step
from kis.letters.queries import decision_letter
from kis.offices.calendars import is_working_day
from kis.precheck.operations import depart, run
from tests import factories
from tests.casework.conftest import QUESTION, Travel

# The day on which the application of the example was handed in.
MONDAY = date(2025, 5, 12)
HERE, THERE = "seoul-southern", "busan"
OPEN = "received in_review awaiting_supplement inspection recommended"
# Action, states in which it is possible, the state it leads to ("=" the same one), roles that may.
TABLE = f"""
assign             | received                                    | in_review           | supervisor
assign             | in_review awaiting_supplement inspection    | =                   | supervisor
take               | received                                    | in_review           | officer
take               | in_review awaiting_supplement inspection    | =                   | officer
release            | in_review                                   | received            | supervisor
release            | awaiting_supplement inspection recommended  | =                   | supervisor
recommend          | in_review                                   | recommended         | officer
take-back          | recommended                                 | in_review           | officer
return             | recommended                                 | in_review           | supervisor
decide             | recommended                                 | decided             | supervisor
ask-supplement     | in_review                                   | awaiting_supplement | officer
supplement-arrived | awaiting_supplement                         | in_review           | officer reception
extend-supplement  | awaiting_supplement                         | =                   | officer
repeat-supplement  | awaiting_supplement                         | =                   | officer
return-application | awaiting_supplement                         | returned            | supervisor
treat-as-withdrawn | awaiting_supplement                         | withdrawn           | supervisor
open-inspection    | in_review                                   | inspection          | officer supervisor
end-inspection     | inspection                                  | in_review           | officer supervisor
extend             | {OPEN}                                      | =                   | supervisor
propose-transfer   | received in_review                          | =                   | supervisor
cancel-transfer    | received in_review                          | =                   | supervisor
accept-transfer    | received in_review                          | received            | supervisor
refuse-transfer    | received in_review                          | =                   | supervisor
withdraw           | {OPEN}                                      | withdrawn           | reception officer supervisor
print              | decided                                     | closed              | supervisor
hand-over          | closed                                      | =                   | reception officer supervisor
undo               | decided closed                              | in_review           | supervisor
set-aside          | decided closed                              | in_review           | supervisor
reopen             | withdrawn returned                          | in_review           | supervisor
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
ACTIONS = sorted({row[0] for row in ROWS})
ANSWERED_ELSEWHERE = {"accept-transfer", "refuse-transfer"}
NEEDS_NO_TRANSFER = {
    "assign", "take", "recommend", "ask-supplement", "open-inspection", "extend", "propose-transfer",
}  # fmt: skip
OF_THE_ASSIGNEE = {"recommend", "take-back", "ask-supplement", "extend-supplement", "repeat-supplement"}


@dataclass
class Plain:
    """What the case should be, kept without anything of the system."""

    state: str = "received"
    office: str = HERE
    assignee: str | None = None
    to: str | None = None
    stopped_on: date | None = None
    pauses: list[tuple[date, date]] = field(default_factory=list)
    granted: list[int] = field(default_factory=list)
    reply_by: date = MONDAY
    prolonged: int = 0
    repeated: bool = False
    left: bool = False
    decided_on: date | None = None
    ended_on: date | None = None

    def due_on(self) -> date:
        """Counted day by day."""
        day, left = MONDAY, 60 + sum(self.granted)
        while True:
            left -= self.counts(day)
            if not left:
                return day
            day += timedelta(days=1)

    def used(self) -> int:
        days = ((self.decided_on or MONDAY) - MONDAY).days + 1
        return sum(self.counts(MONDAY + timedelta(days=each)) for each in range(days))

    def counts(self, day: date) -> bool:
        return is_working_day(day) and not any(first <= day <= last for first, last in self.pauses)

    def row(self, action: str) -> list[str] | None:
        return next((row for row in ROWS if row[0] == action and self.state in row[1].split()), None)

    def allows(self, action: str, name: str, role: str, office: str, today: date) -> bool:
        row = self.row(action)
        asked = self.to if action in ANSWERED_ELSEWHERE else self.office
        if row is None or role not in row[3].split() or office != asked:
            return False
        if (self.to and action in NEEDS_NO_TRANSFER) or (action in OF_THE_ASSIGNEE and name != self.assignee):
            return False
        return self.conditions(action, name, role, today)

    def conditions(self, action: str, name: str, role: str, today: date) -> bool:
        late = today > self.reply_by
        known = {
            "take": self.assignee is None,
            "release": self.assignee is not None,
            "decide": True,
            "extend": len(self.granted) < 2 and (self.stopped_on or today) <= self.due_on(),
            "extend-supplement": self.prolonged < 2 and not self.repeated and not late,
            "repeat-supplement": late and not self.repeated,
            "return-application": late and self.repeated,
            "treat-as-withdrawn": False,
            "open-inspection": role == "supervisor" or name == self.assignee,
            "end-inspection": role == "supervisor" or name == self.assignee,
            "cancel-transfer": self.to is not None,
            "undo": not self.left,
            "set-aside": self.left,
            "hand-over": not self.left,
        }
        return known.get(action, True)

    def follow(self, action: str, name: str, role: str, today: date) -> None:
        """Do it in the plain model."""
        row = self.row(action)
        assert row
        before, self.state = self.state, self.state if row[2] == "=" else row[2]
        if self.stopped_on and (action in CONTINUES or before in STOPPED and self.state not in STOPPED):
            self.pauses.append((self.stopped_on, today))
            self.stopped_on = None
        EFFECTS.get(action, lambda *_each: None)(self, name, today)


STOPPED = ("awaiting_supplement", "inspection")
CONTINUES = ("accept-transfer", "refuse-transfer", "withdraw")


def effect(**values: Callable[[str, date], Any]) -> Callable[[Plain, str, date], None]:
    def apply(plain: Plain, name: str, today: date) -> None:
        for field_name, value in values.items():
            setattr(plain, field_name, value(name, today))

    return apply


def leave_out(plain: Plain, since: date | None, today: date) -> None:
    assert since
    plain.pauses.append((since, today))
    plain.decided_on = plain.ended_on = None
    plain.left = False


def nobody(_name: str, _today: date) -> None:
    return None


def working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def ask(plain: Plain, _name: str, today: date) -> None:
    plain.stopped_on, plain.prolonged, plain.repeated = today, 0, False
    plain.reply_by = working_day_from(today + timedelta(days=14))


def prolong(plain: Plain, _name: str, _today: date) -> None:
    plain.prolonged += 1
    plain.reply_by = working_day_from(plain.reply_by + timedelta(days=7))


def ask_again(plain: Plain, _name: str, today: date) -> None:
    plain.repeated, plain.reply_by = True, working_day_from(today + timedelta(days=10))


def propose(plain: Plain, _name: str, today: date) -> None:
    plain.stopped_on, plain.to = today, THERE if plain.office == HERE else HERE


def move(plain: Plain, _name: str, _today: date) -> None:
    assert plain.to
    plain.office, plain.to, plain.assignee = plain.to, None, None


def give(plain: Plain, _name: str, _today: date) -> None:
    plain.assignee = f"first.{plain.office}"


EFFECTS: dict[str, Callable[[Plain, str, date], None]] = {
    "assign": give,
    "accept-transfer": move,
    "extend-supplement": prolong,
    "take": effect(assignee=lambda name, _today: name),
    "release": effect(assignee=nobody),
    "ask-supplement": ask,
    "repeat-supplement": ask_again,
    "open-inspection": effect(stopped_on=lambda _name, today: today),
    "propose-transfer": propose,
    "cancel-transfer": effect(to=nobody, stopped_on=nobody),
    "refuse-transfer": effect(to=nobody),
    "extend": lambda plain, _name, _today: plain.granted.append(3),
    "decide": effect(decided_on=lambda _name, today: today, left=lambda *_e: False),
    "hand-over": effect(left=lambda *_e: True),
    "undo": effect(decided_on=nobody, left=lambda *_e: False),
    "set-aside": lambda plain, _name, today: leave_out(plain, plain.decided_on, today),
    "withdraw": effect(ended_on=lambda _name, today: today, to=nobody),
    "return-application": effect(ended_on=lambda _name, today: today),
    "reopen": lambda plain, _name, today: leave_out(plain, plain.ended_on, today),
}
PEOPLE = [
    (name, role, office)
    for office in (HERE, THERE)
    for name, role in (
        (f"first.{office}", "officer"),
        (f"second.{office}", "officer"),
        (f"boss.{office}", "supervisor"),
        (f"clerk.{office}", "reception"),
    )
] + [("reader", "auditor", HERE)]


class AnyOrder(RuleBasedStateMachine):
    """One case, everybody who could touch it, and all that can be tried."""

    def __init__(self, people: dict[str, Account], travel: Travel) -> None:
        super().__init__()
        self.people, self.travel, self.plain = people, travel, Plain()
        travel(MONDAY)
        with transaction():
            made = factories.case()
            open_checklist(made, [])
            assign(made, people[f"first.{HERE}"], viewer_of(people[f"boss.{HERE}"]))
            officer = viewer_of(people[f"first.{HERE}"])
            run(made, "demand", officer)
            depart(made, "documents.submitted", "met", "All papers are in the paper file.", officer)
        self.plain.state, self.plain.assignee, self.case_id = "in_review", f"first.{HERE}", made.id
        self.checked = db.session.scalar(select(func.max(AuditRecord.id))) or 0

    @property
    def case(self) -> Case:
        return db.session.get_one(Case, self.case_id)

    @rule(action=st.sampled_from(ACTIONS), person=st.sampled_from(PEOPLE))
    def try_anything(self, action: str, person: tuple[str, str, str]) -> None:
        self.attempt(action, person)

    @rule(choice=st.integers(0, 999))
    def do_what_is_possible(self, choice: int) -> None:
        today = clock.today()
        open_ways = [
            (action, person)
            for action in ACTIONS
            for person in PEOPLE
            if self.plain.allows(action, *person, today)
        ]
        if open_ways:
            self.attempt(*open_ways[choice % len(open_ways)])

    @rule(days=st.integers(1, 16))
    def let_days_pass(self, days: int) -> None:
        self.travel(clock.today() + timedelta(days=days))

    def attempt(self, action: str, person: tuple[str, str, str]) -> None:
        name, role, _office = person
        expected = self.plain.allows(action, *person, clock.today())
        try:
            with transaction():
                TRIES[action](self, name)
        except Refusal as refusal:
            assert not expected, f"{name}: {action}, {refusal.message!r}, {self.plain}"
            return
        assert expected, f"{name}: {action} was done, {self.plain}"
        self.plain.follow(action, name, role, clock.today())

    @invariant()
    def the_case_is_as_the_plain_model_has_it(self) -> None:
        case, plain = self.case, self.plain
        assignee = self.people[plain.assignee].id if plain.assignee else None
        assert (case.state, case.assignee_id, case.office.code) == (plain.state, assignee, plain.office)
        assert (case.outcome is not None) == (plain.state in ("decided", "closed"))

    @invariant()
    def the_clock_is_what_counting_day_by_day_gives(self) -> None:
        case, plain = self.case, self.plain
        assert (case.due_on, case.stopped_on, case.decided_on) == (
            plain.due_on(),
            plain.stopped_on,
            plain.decided_on,
        )
        assert case.processing_days == (plain.used() if plain.decided_on else None)

    @invariant()
    def it_is_in_exactly_one_queue(self) -> None:
        viewer = viewer_of(self.people[f"boss.{HERE}"])
        counts = [
            select(func.count()).where(Case.id == self.case_id, *queue.conditions(viewer)).scalar_subquery()
            for queue in WORKING
        ]
        found = db.session.execute(select(*counts)).one()
        holding = [queue.name for queue, count in zip(WORKING, found, strict=True) if count]
        assert holding == [working_queue(self.case.state, self.case.assignee_id).name]

    @invariant()
    def the_records_written_since_are_chained(self) -> None:
        query = select(AuditRecord).where(AuditRecord.id >= self.checked).order_by(AuditRecord.id)
        records = db.session.scalars(query).all()
        for before, record in zip(records, records[1:], strict=False):
            assert not chain.fault(record, record.id, before.hash)
        self.checked = records[-1].id if records else 0

    def teardown(self) -> None:
        db.session.rollback()


Try = Callable[[AnyOrder, str], object]


def by(operation: Callable[..., object], *given: Any) -> Try:
    """Try an operation that takes the case, these arguments and the viewer."""
    return lambda machine, name: operation(machine.case, *given, viewer_of(machine.people[name]))


def try_assign(machine: AnyOrder, name: str) -> None:
    to = f"first.{machine.plain.office}"
    assign(machine.case, machine.people[to], viewer_of(machine.people[name]))


def try_repeat(machine: AnyOrder, name: str) -> None:
    supplements.repeat(machine.case, 10, viewer_of(machine.people[name]))


def try_reply(machine: AnyOrder, name: str) -> None:
    everything = {item.id for item in open_request(machine.case).items}
    supplements.enter_reply(machine.case, everything, clock.today(), False, viewer_of(machine.people[name]))


def try_transfer(machine: AnyOrder, name: str) -> None:
    to = THERE if machine.plain.office == HERE else HERE
    transfers.propose(machine.case, factories.office(to), "Moved.", viewer_of(machine.people[name]))


def pending(machine: AnyOrder) -> Transfer:
    query = select(Transfer).where(Transfer.case_id == machine.case_id, Transfer.answer.is_(None))
    found = db.session.scalar(query)
    if found is None:
        raise Conflict("There is nothing to answer.")
    return found


def try_print(machine: AnyOrder, name: str) -> None:
    """The worker's part: the PDF is there, and the case closes."""
    letter = decision_letter(machine.case)
    if letter is None or machine.case.state != "decided" or not is_boss_of(machine, name):
        raise Conflict("There is no letter to print.")
    letter.sha256, letter.size, letter.rendered_at = "0" * 64, 1, clock.now()
    db.session.flush()
    close_case(letter)


def is_boss_of(machine: AnyOrder, name: str) -> bool:
    return name == f"boss.{machine.plain.office}"


def try_delivery(machine: AnyOrder, name: str) -> None:
    letter = decision_letter(machine.case)
    if letter is None:
        raise Conflict("There is no letter to deliver.")
    noted = Noted(clock.today(), recipient="The applicant", identity="Passport")
    note_step(letter, "handed-over", noted, viewer_of(machine.people[name]))


def try_decide(machine: AnyOrder, name: str) -> None:
    decisions.approve(machine.case, "", viewer_of(machine.people[name]))


TRIES: dict[str, Try] = {
    "assign": try_assign,
    "take": by(take),
    "release": by(return_to_queue, "Too much else."),
    "recommend": by(decisions.recommend, "granted", [], ""),
    "take-back": by(decisions.take_back),
    "return": by(decisions.return_to_officer, "Look again."),
    "decide": try_decide,
    "ask-supplement": by(supplements.ask, [QUESTION], 14),
    "supplement-arrived": try_reply,
    "extend-supplement": by(supplements.extend, 7, "By telephone."),
    "repeat-supplement": try_repeat,
    "return-application": by(endings.return_application, "No answer."),
    "treat-as-withdrawn": by(endings.treat_as_withdrawn, "Two addresses tried."),
    "open-inspection": by(inspections.open_inspection, "Home", "Guro-gu", date(2040, 1, 2)),
    "end-inspection": lambda machine, name: inspections.end_inspection(
        machine.case, "Seen.", clock.today(), viewer_of(machine.people[name])
    ),
    "extend": by(extensions.extend, 3, "abroad", "", "In writing."),
    "propose-transfer": try_transfer,
    "cancel-transfer": by(transfers.cancel),
    "accept-transfer": lambda machine, name: transfers.accept(
        pending(machine), viewer_of(machine.people[name])
    ),
    "refuse-transfer": lambda machine, name: transfers.refuse(
        pending(machine), "Not ours.", viewer_of(machine.people[name])
    ),
    "withdraw": lambda machine, name: reversal.withdraw(
        machine.case, "Letter, signed.", clock.today(), viewer_of(machine.people[name])
    ),
    "print": try_print,
    "hand-over": try_delivery,
    "undo": by(reversal.undo, "A mistake."),
    "set-aside": by(reversal.set_aside, "A mistake."),
    "reopen": by(endings.reopen, "A mistake."),
}


def test_in_any_order_only_what_the_table_allows_happens(app: Flask, travel: Travel) -> None:
    assert set(TRIES) == set(ACTIONS)
    people = {}
    for name, role, office in PEOPLE:
        people[name] = factories.account(Role(role), name=name, at=office)
        people[name].phone = "02-2650-6214"
    db.session.commit()
    run_state_machine_as_test(
        lambda: AnyOrder(people, travel),
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            # A failure tells its history; shrinking it would take longer than reading that.
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not chain.verify().problem

"""What cases and staff should be, kept without anything of the system: a table, and days counted one by one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from kis.offices.calendars import is_working_day

# The day on which the application of the example was handed in, and another that a correction may name.
MONDAY, WEDNESDAY_BEFORE = date(2025, 5, 12), date(2025, 5, 7)
HERE, THERE = "seoul-southern", "busan"
AT_WORK = "received in_review awaiting_supplement inspection"
OPEN = f"{AT_WORK} recommended"
STOPPED = ("awaiting_supplement", "inspection")
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
approve            | recommended                                 | =                   | supervisor
decide             | recommended                                 | decided             | supervisor
revise-facts       | {AT_WORK}                                   | =                   | officer
revise-facts       | recommended                                 | in_review           | officer
declare-conflict   | {OPEN}                                      | =                   | officer supervisor
ask-supplement     | in_review                                   | awaiting_supplement | officer
supplement-arrived | awaiting_supplement                         | in_review           | officer reception
extend-supplement  | awaiting_supplement                         | =                   | officer
repeat-supplement  | awaiting_supplement                         | =                   | officer
mail-came-back     | awaiting_supplement                         | =                   | reception officer supervisor
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
# What settles nothing of the case is open to whoever declared a conflict of interest too.
DESPITE_CONFLICT = {
    "release", "print", "hand-over", "mail-came-back", "cancel-transfer", *ANSWERED_ELSEWHERE,
}  # fmt: skip
# The steps of the approval line after the recommendation.
APPROVALS = {HERE: 2, THERE: 1}


class Person(NamedTuple):
    name: str
    role: str
    office: str


ROLES = {
    "first": "officer",
    "second": "officer",
    "boss": "supervisor",
    "deputy": "supervisor",
    "clerk": "reception",
}
PEOPLE = [Person(f"{who}.{office}", role, office) for office in (HERE, THERE) for who, role in ROLES.items()]
READER = Person("reader", "auditor", HERE)


class Deed(NamedTuple):
    """Who does what; `to` is the officer to whom something is given."""

    action: str
    person: Person
    to: str


class Away(NamedTuple):
    until: date
    arrangement: str
    substitute: str


@dataclass
class Staff:
    """Whose account is disabled, and who is absent, in the order in which it was entered."""

    left: set[str] = field(default_factory=set)
    away: dict[str, Away] = field(default_factory=dict)

    def is_there(self, name: str, today: date) -> bool:
        return name not in self.left and not self.is_away(name, today)

    def is_away(self, name: str, today: date) -> bool:
        return name in self.away and today <= self.away[name].until

    def answers(self, office: str) -> bool:
        """Whether the office has a supervisor left."""
        return any(p.office == office and p.role == "supervisor" and p.name not in self.left for p in PEOPLE)

    def may_leave_word(self, person: Person, officer: str, substitute: str, today: date) -> bool:
        """Whether the person may enter an absence of the officer from today on."""
        there = {officer, substitute}.isdisjoint(self.left) and not self.is_away(officer, today)
        return person.role == "supervisor" and officer.endswith(person.office) and there


@dataclass
class Plain:
    """What a case should be."""

    staff: Staff
    assignee: str | None
    state: str = "in_review"
    office: str = HERE
    received_on: date = MONDAY
    to: str | None = None
    stopped_on: date | None = None
    pauses: list[tuple[date, date]] = field(default_factory=list)
    granted: list[int] = field(default_factory=list)
    reply_by: date = MONDAY
    prolonged: int = 0
    repeated: bool = False
    came_back: int = 0
    recommender: str = ""
    approvals: int = 0
    approved: list[str] = field(default_factory=list)
    conflicted: set[str] = field(default_factory=set)
    left: bool = False
    decided_on: date | None = None
    ended_on: date | None = None

    def due_on(self) -> date:
        """Counted day by day."""
        day, left = self.received_on, 60 + sum(self.granted)
        while True:
            left -= self.counts(day)
            if not left:
                return day
            day += timedelta(days=1)

    def used(self) -> int:
        days = ((self.decided_on or self.received_on) - self.received_on).days + 1
        return sum(self.counts(self.received_on + timedelta(days=each)) for each in range(days))

    def counts(self, day: date) -> bool:
        return is_working_day(day) and not any(first <= day <= last for first, last in self.pauses)

    def row(self, action: str) -> list[str] | None:
        return next((row for row in ROWS if row[0] == action and self.state in row[1].split()), None)

    def allows(self, deed: Deed, today: date) -> bool:
        action, person, _to = deed
        row = self.row(action)
        asked = self.to if action in ANSWERED_ELSEWHERE else self.office
        if row is None or person.role not in row[3].split() or person.office != asked:
            return False
        if (self.to and action in NEEDS_NO_TRANSFER) or (
            action in OF_THE_ASSIGNEE and person.name != self.assignee
        ):
            return False
        if person.name in self.conflicted and action not in DESPITE_CONFLICT:
            return False
        return self.conditions(deed, today)

    def conditions(self, deed: Deed, today: date) -> bool:
        action, (name, role, office), to = deed
        late, steps_left = today > self.reply_by, self.approvals - len(self.approved)
        in_charge = role == "supervisor" or name == self.assignee
        known: dict[str, Callable[[], bool]] = {
            "assign": lambda: self.can_go_to(to, today),
            "take": lambda: self.assignee is None,
            "release": lambda: self.assignee is not None and self.state != "recommended",
            "approve": lambda: steps_left > 1 and name not in self.approved,
            "decide": lambda: steps_left == 1 and name not in self.approved,
            "extend": lambda: len(self.granted) < 2 and (self.stopped_on or today) <= self.due_on(),
            "extend-supplement": lambda: self.prolonged < 2 and not self.repeated and not late,
            "repeat-supplement": lambda: late and not self.repeated,
            "return-application": lambda: late and self.repeated,
            "treat-as-withdrawn": lambda: self.came_back >= 2,
            "open-inspection": lambda: in_charge,
            "end-inspection": lambda: in_charge,
            "propose-transfer": lambda: self.staff.answers(THERE if office == HERE else HERE),
            "cancel-transfer": lambda: self.to is not None,
            "undo": lambda: not self.left,
            "set-aside": lambda: self.left,
            "hand-over": lambda: not self.left,
        }
        return known[action]() if action in known else True

    def can_go_to(self, name: str, today: date) -> bool:
        """Whether the case can be given to that officer."""
        suits = name.endswith(self.office) and name not in self.conflicted
        return suits and self.staff.is_there(name, today) and not self.to and self.row("assign") is not None

    def follow(self, deed: Deed, today: date) -> None:
        """Do it in the plain model."""
        row = self.row(deed.action)
        assert row
        before, self.state = self.state, self.state if row[2] == "=" else row[2]
        if self.stopped_on and (deed.action in CONTINUES or before in STOPPED and self.state not in STOPPED):
            self.pauses.append((self.stopped_on, today))
            self.stopped_on = None
        EFFECTS.get(deed.action, lambda *_each: None)(self, deed, today)

    def let_go(self) -> None:
        """Back to the queue."""
        self.assignee = None
        if self.state == "in_review":
            self.state = "received"

    def pass_from(self, name: str, to: str | None, today: date) -> None:
        """What lies with one goes to the other, or to the queue where it cannot."""
        if self.assignee != name or self.state not in AT_WORK.split():
            return
        if to and self.can_go_to(to, today):
            self.assignee = to
        else:
            self.let_go()


CONTINUES = ("accept-transfer", "refuse-transfer", "withdraw")


def stand_in(staff: Staff, cases: Iterable[Plain], today: date) -> None:
    """What the hour brings: the work of whoever is absent moves as was arranged."""
    for name, away in staff.away.items():
        if today <= away.until and away.arrangement != "stays":
            to = away.substitute if away.arrangement == "passes" else None
            for each in cases:
                each.pass_from(name, to, today)


def lose(cases: Iterable[Plain], name: str) -> None:
    """Whoever leaves holds nothing that is open."""
    for each in cases:
        if each.assignee == name and each.state in OPEN.split():
            each.let_go()


Effect = Callable[[Plain, Deed, date], None]


def effect(**values: Callable[[Deed, date], Any]) -> Effect:
    def apply(plain: Plain, deed: Deed, today: date) -> None:
        for field_name, value in values.items():
            setattr(plain, field_name, value(deed, today))

    return apply


def nothing(_deed: Deed, _today: date) -> None:
    return None


def this_day(_deed: Deed, today: date) -> date:
    return today


def take_up_again(plain: Plain, _deed: Deed, _today: date) -> None:
    plain.decided_on = plain.ended_on = None
    plain.left = False
    if plain.assignee in plain.staff.left:
        plain.let_go()


def leave_out(since: str) -> Effect:
    def apply(plain: Plain, deed: Deed, today: date) -> None:
        plain.pauses.append((getattr(plain, since), today))
        take_up_again(plain, deed, today)

    return apply


def working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def ask(plain: Plain, _deed: Deed, today: date) -> None:
    plain.stopped_on, plain.prolonged, plain.repeated, plain.came_back = today, 0, False, 0
    plain.reply_by = working_day_from(today + timedelta(days=14))


def prolong(plain: Plain, _deed: Deed, _today: date) -> None:
    plain.prolonged += 1
    plain.reply_by = working_day_from(plain.reply_by + timedelta(days=7))


def ask_again(plain: Plain, _deed: Deed, today: date) -> None:
    plain.repeated, plain.reply_by = True, working_day_from(today + timedelta(days=10))


def return_mail(plain: Plain, _deed: Deed, _today: date) -> None:
    plain.came_back += 1


def recommend(plain: Plain, deed: Deed, _today: date) -> None:
    plain.recommender, plain.approved = deed.person.name, []
    plain.approvals = APPROVALS[plain.office]


def declare(plain: Plain, deed: Deed, _today: date) -> None:
    name = deed.person.name
    plain.conflicted.add(name)
    if plain.state == "recommended" and name in (plain.recommender, *plain.approved):
        plain.state = "in_review"
    if plain.assignee == name:
        plain.let_go()


def propose(plain: Plain, _deed: Deed, today: date) -> None:
    plain.stopped_on, plain.to = today, THERE if plain.office == HERE else HERE


def move(plain: Plain, _deed: Deed, _today: date) -> None:
    assert plain.to
    plain.office, plain.to, plain.assignee = plain.to, None, None


def correct_day(plain: Plain, _deed: Deed, _today: date) -> None:
    plain.received_on = other_day(plain.received_on)


def other_day(day: date) -> date:
    return WEDNESDAY_BEFORE if day == MONDAY else MONDAY


EFFECTS: dict[str, Effect] = {
    "assign": effect(assignee=lambda deed, _today: deed.to),
    "accept-transfer": move,
    "approve": lambda plain, deed, _today: plain.approved.append(deed.person.name),
    "extend-supplement": prolong,
    "take": effect(assignee=lambda deed, _today: deed.person.name),
    "release": effect(assignee=nothing),
    "recommend": recommend,
    "revise-facts": correct_day,
    "declare-conflict": declare,
    "ask-supplement": ask,
    "repeat-supplement": ask_again,
    "mail-came-back": return_mail,
    "open-inspection": effect(stopped_on=this_day),
    "propose-transfer": propose,
    "cancel-transfer": effect(to=nothing, stopped_on=nothing),
    "refuse-transfer": effect(to=nothing),
    "extend": lambda plain, _deed, _today: plain.granted.append(3),
    "decide": effect(decided_on=this_day, left=lambda *_each: False),
    "hand-over": effect(left=lambda *_each: True),
    "undo": take_up_again,
    "set-aside": leave_out("decided_on"),
    "withdraw": effect(ended_on=this_day, to=nothing),
    "treat-as-withdrawn": effect(ended_on=this_day),
    "return-application": effect(ended_on=this_day),
    "reopen": leave_out("ended_on"),
}

"""The courses that invented cases take: one played through by the real operations, on the days of its history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.operations import act_as
from kis.cases.models import Case
from kis.cases.operations import assign
from kis.casework.endings import return_application, withdraw
from kis.casework.inspections import open_inspection
from kis.casework.supplements import Asked, ask, repeat
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.store import store
from kis.decisions.jobs import close_case
from kis.decisions.operations import approve, recommend
from kis.decisions.reasons import GivenReason, grounds_of
from kis.desk.demo import PROCEDURE, review_documents, shifted_to
from kis.desk.synthetic import dossier
from kis.intake.operations import register
from kis.letters.models import Letter
from kis.letters.operations import fill
from kis.letters.pressroom import LETTER, FinishedLetter, pressroom
from kis.letters.values import Bilingual
from kis.offices.models import Office

# How many of a thousand cases of an office stand where; about a quarter is still open.
SHARES = {
    "received": 40,
    "in_review": 120,
    "awaiting_supplement": 35,
    "inspection": 10,
    "recommended": 25,
    "decided": 10,
    "closed": 710,
    "withdrawn": 30,
    "returned": 20,
}
# Days since the application of the open cases, about as long as a processing period, and of the others.
OPEN_AGE, ENDED_AGE = (3, 100), (120, 2_000)
HALF = 0.5
MISSING = Bilingual("소득 증빙 서류", "Proof of income")


@dataclass
class Cast:
    """The people and the office that the pool is played with."""

    office: Office
    clerk: Account
    officer: Account
    supervisor: Account
    day: date = field(default_factory=clock.today)
    printed: FinishedLetter | None = None

    @contextmanager
    def on(self, day: date, account: Account, hour: int = 1) -> Iterator[Viewer]:
        """One person at work on a day, at ten in the morning of Seoul; never later than now."""
        self.day = min(day, clock.today())
        instant = datetime.combine(self.day, time(hour, 7), UTC)
        with clock.at(min(instant, datetime.now(UTC).replace(microsecond=0))):
            viewer = viewer_of(account)
            act_as(viewer)
            yield viewer


def play(state: str, number: int, seed: int, cast: Cast, chance: Random) -> Case:
    """A case that has come to the state. Raises Refusal where this dossier cannot come there."""
    ages = OPEN_AGE if state in OPEN_STEPS else ENDED_AGE
    received = clock.today() - timedelta(days=chance.randint(*ages))
    given = shifted_to(dossier(number, seed=seed), received)
    with cast.on(received, cast.clerk) as clerk:
        case = register(given, PROCEDURE, cast.office, clerk)
    for step in STEPS[state]:
        step(case, cast, chance)
    db.session.flush()
    return case


def later(cast: Cast, days: int) -> date:
    return cast.day + timedelta(days=days)


def give(case: Case, cast: Cast, chance: Random) -> None:
    with cast.on(later(cast, chance.randint(1, 4)), cast.supervisor, 2) as supervisor:
        assign(case, cast.officer, supervisor)


def look(case: Case, cast: Cast, chance: Random) -> None:
    """Every other case is reviewed document by document; the others keep the ticks of the counter."""
    if chance.random() < HALF:
        return
    with cast.on(later(cast, chance.randint(2, 9)), cast.officer, 3) as officer:
        review_documents(case, officer)


def ask_applicant(case: Case, cast: Cast, chance: Random) -> None:
    with cast.on(later(cast, chance.randint(1, 5)), cast.officer, 4) as officer:
        ask(case, [Asked(MISSING)], chance.randint(10, 30), officer)


def ask_again(case: Case, cast: Cast, _chance: Random) -> None:
    with cast.on(later(cast, 40), cast.officer, 4) as officer:
        repeat(case, 10, officer)


def visit(case: Case, cast: Cast, chance: Random) -> None:
    with cast.on(later(cast, chance.randint(1, 5)), cast.officer, 4) as officer:
        open_inspection(case, "Whether the place of work exists", "Seoul", later(cast, 7), officer)


def propose(case: Case, cast: Cast, chance: Random) -> None:
    refused = case.precheck_outcome == "not_met"
    with cast.on(later(cast, chance.randint(2, 12)), cast.officer, 5) as officer:
        reasons = [GivenReason(ground.finding.id) for ground in grounds_of(case)] if refused else []
        stays_on = cast.day + timedelta(days=200) if refused else None
        recommend(case, "refused" if refused else "granted", reasons, "", officer, stays_on)


def decide(case: Case, cast: Cast, chance: Random) -> None:
    with cast.on(later(cast, chance.randint(1, 6)), cast.supervisor, 6) as supervisor:
        approve(case, "", supervisor)


def close(case: Case, cast: Cast, _chance: Random) -> None:
    for letter in db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).all():
        with cast.on(cast.day, cast.supervisor, 7):
            fill(letter.id, *file_of(letter, cast))
            close_case(letter)


def take_back(case: Case, cast: Cast, chance: Random) -> None:
    with cast.on(later(cast, chance.randint(1, 20)), cast.officer, 5) as officer:
        withdraw(case, "Letter signed by the applicant", cast.day, officer)


def send_back(case: Case, cast: Cast, _chance: Random) -> None:
    with cast.on(later(cast, 30), cast.supervisor, 5) as supervisor:
        return_application(case, "What was asked for twice was not supplied.", supervisor)


def file_of(letter: Letter, cast: Cast) -> tuple[str, FinishedLetter]:
    """Stored name and file: the first letter that is printed stands for all, for a million would take a day."""
    if cast.printed is None:
        cast.printed = pressroom().make(LETTER, letter.values, letter.office.code)
    return store().put(cast.printed.pdf), cast.printed


Step = Callable[[Case, Cast, Random], None]
OPEN_STEPS: dict[str, tuple[Step, ...]] = {
    "received": (),
    "in_review": (give, look),
    "awaiting_supplement": (give, look, ask_applicant),
    "inspection": (give, look, visit),
    "recommended": (give, look, propose),
}
STEPS: dict[str, tuple[Step, ...]] = OPEN_STEPS | {
    "decided": (give, look, propose, decide),
    "closed": (give, look, propose, decide, close),
    "withdrawn": (give, look, take_back, close),
    "returned": (give, look, ask_applicant, ask_again, send_back, close),
}

"""How each action of the plain table is tried on a real case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.cases.operations import revise_facts, take
from kis.cases.queries import latest_revision
from kis.casework import endings, extensions, inspections, supplements, transfers
from kis.casework.handing_over import assign_by_hand, return_to_queue
from kis.casework.models import Transfer
from kis.casework.queries import open_request
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.decisions import operations as decisions
from kis.decisions import reversal
from kis.decisions.jobs import close_case
from kis.decisions.recusal import declare_conflict
from kis.letters.delivering import Noted, note_step
from kis.letters.models import Letter
from kis.letters.queries import decision_letter
from kis.precheck.operations import run
from tests import factories
from tests.casework.conftest import QUESTION
from tests.casework.plain import HERE, THERE, other_day


@dataclass
class Turn:
    """A case, who tries something on it, and the officer to whom it is given where it is given away."""

    case: Case
    viewer: Viewer
    to: Account


Try = Callable[[Turn], object]


def by(operation: Callable[..., object], *given: Any) -> Try:
    """Try an operation that takes the case, these arguments and the viewer."""
    return lambda turn: operation(turn.case, *given, turn.viewer)


def assign(turn: Turn) -> None:
    assign_by_hand(turn.case, turn.to, turn.viewer)


def approve(turn: Turn) -> None:
    if decisions.approve(turn.case, "", turn.viewer):
        raise Conflict("That was the decision.")


def decide(turn: Turn) -> None:
    if not decisions.approve(turn.case, "", turn.viewer):
        raise Conflict("That was not the last step.")


def revise(turn: Turn) -> None:
    """Correct the day of application, with all that the page does."""
    facts = dict(latest_revision(turn.case).facts)
    day = other_day(date.fromisoformat(facts["application"]["received_on"]))
    facts["application"] = facts["application"] | {"received_on": day.isoformat()}
    revise_facts(turn.case, facts, turn.case.revision, turn.viewer)
    decisions.void_for_change(turn.case, "facts", turn.viewer)
    run(turn.case, "revision", turn.viewer)


def reply(turn: Turn) -> None:
    everything = {item.id for item in open_request(turn.case).items}
    supplements.enter_reply(turn.case, everything, clock.today(), False, turn.viewer)


def send_in_vain(turn: Turn) -> None:
    letter = open_request(turn.case).letter
    if not letter.is_ready:
        print_out(letter)
    note_step(letter, "posted", Noted(clock.today(), reference="RR 1"), turn.viewer)
    note_step(letter, "returned", Noted(clock.today()), turn.viewer)


def print_out(letter: Letter) -> None:
    letter.sha256, letter.size, letter.rendered_at = "0" * 64, 1, clock.now()
    db.session.flush()


def propose(turn: Turn) -> None:
    to = THERE if turn.case.office.code == HERE else HERE
    transfers.propose(turn.case, factories.office(to), "Moved.", turn.viewer)


def pending(case: Case) -> Transfer:
    found = db.session.scalar(select(Transfer).where(Transfer.case_id == case.id, Transfer.answer.is_(None)))
    if found is None:
        raise Conflict("There is nothing to answer.")
    return found


def print_decision(turn: Turn) -> None:
    """The worker's part: the PDF is there, and the case closes."""
    letter = decision_letter(turn.case)
    watches = turn.viewer.can(Permission.CASE_DECIDE, turn.case.office_id)
    if letter is None or turn.case.state != "decided" or not watches:
        raise Conflict("There is no letter to print.")
    print_out(letter)
    close_case(letter)


def deliver(turn: Turn) -> None:
    letter = decision_letter(turn.case)
    if letter is None:
        raise Conflict("There is no letter to deliver.")
    noted = Noted(clock.today(), recipient="The applicant", identity="Passport")
    note_step(letter, "handed-over", noted, turn.viewer)


TRIES: dict[str, Try] = {
    "assign": assign,
    "take": by(take),
    "release": by(return_to_queue, "Too much else."),
    "recommend": by(decisions.recommend, "granted", [], ""),
    "take-back": by(decisions.take_back),
    "return": by(decisions.return_to_officer, "Look again."),
    "approve": approve,
    "decide": decide,
    "revise-facts": revise,
    "declare-conflict": by(declare_conflict, "The applicant is my neighbour."),
    "ask-supplement": by(supplements.ask, [QUESTION], 14),
    "supplement-arrived": reply,
    "extend-supplement": by(supplements.extend, 7, "By telephone."),
    "repeat-supplement": by(supplements.repeat, 10),
    "mail-came-back": send_in_vain,
    "return-application": by(endings.return_application, "No answer."),
    "treat-as-withdrawn": by(endings.treat_as_withdrawn, "Two addresses tried."),
    "open-inspection": by(inspections.open_inspection, "Home", "Guro-gu", date(2040, 1, 2)),
    "end-inspection": lambda turn: inspections.end_inspection(turn.case, "Seen.", clock.today(), turn.viewer),
    "extend": by(extensions.extend, 3, "abroad", "", "In writing."),
    "propose-transfer": propose,
    "cancel-transfer": by(transfers.cancel),
    "accept-transfer": lambda turn: transfers.accept(pending(turn.case), turn.viewer),
    "refuse-transfer": lambda turn: transfers.refuse(pending(turn.case), "Not ours.", turn.viewer),
    "withdraw": lambda turn: reversal.withdraw(turn.case, "Letter, signed.", clock.today(), turn.viewer),
    "print": print_decision,
    "hand-over": deliver,
    "undo": by(reversal.undo, "A mistake."),
    "set-aside": by(reversal.set_aside, "A mistake."),
    "reopen": by(endings.reopen, "A mistake."),
}

"""How some of the demo cases went on: asked for a supplement, inspected, extended, in transfer, ended."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kis.cases.models import Case
from kis.casework import endings, extensions, inspections, supplements, transfers
from kis.casework.queries import open_request
from kis.casework.supplements import Asked
from kis.core import clock
from kis.core.access import Viewer
from kis.decisions import reversal
from kis.documents.queries import checklist
from kis.letters.values import Bilingual
from kis.offices.queries import office_by_code

QUESTION = Asked(
    Bilingual(
        "최근 1년간의 소득을 증명하는 서류를 제출하여 주십시오.",
        "Please submit proof of your income of the past year.",
    )
)


@dataclass(frozen=True)
class Hands:
    """A case with those who work on it; days are counted back from today."""

    case: Case
    officer: Viewer
    supervisor: Viewer

    def ask(self, days_ago: int) -> None:
        entry = checklist(self.case).entries[0]
        wording = Bilingual(entry.label.in_language("ko"), entry.label.in_language("en"))
        with on_day(days_ago):
            supplements.ask(self.case, [Asked(wording, entry.document.id), QUESTION], 14, self.officer)

    def answer(self, days_ago: int) -> None:
        with on_day(days_ago):
            arrived = [item.id for item in open_request(self.case).items]
            supplements.enter_reply(self.case, arrived, clock.today(), True, self.officer)

    def ask_again(self, days_ago: int) -> None:
        with on_day(days_ago):
            supplements.repeat(self.case, 10, self.officer)

    def return_it(self, days_ago: int) -> None:
        with on_day(days_ago):
            endings.return_application(self.case, "두 차례의 보완요구에 응하지 않음", self.supervisor)

    def inspect(self, days_ago: int) -> None:
        with on_day(days_ago):
            planned = clock.today() + timedelta(days=14)
            inspections.open_inspection(
                self.case, "혼인의 진정성 및 동거 여부 확인", "서울특별시 구로구", planned, self.officer
            )

    def extend(self) -> None:
        extensions.extend(self.case, 15, "abroad", "", "", self.supervisor)

    def offer(self) -> None:
        transfers.propose(
            self.case, office_by_code("busan"), "신청인이 부산으로 체류지를 변경함", self.supervisor
        )

    def withdraw(self) -> None:
        reversal.withdraw(self.case, "신청인이 서명한 취하서 제출", clock.today(), self.officer)


def on_day(days_ago: int) -> AbstractContextManager[None]:
    """As if at ten in the morning of that day."""
    day = clock.today() - timedelta(days=days_ago)
    return clock.at(datetime.combine(day, time(10), clock.SEOUL))


def answered(hands: Hands) -> None:
    hands.ask(20)
    hands.answer(6)


def returned(hands: Hands) -> None:
    hands.ask(50)
    hands.ask_again(32)
    hands.return_it(15)


COURSES: dict[str, Callable[[Hands], None]] = {
    "asked": lambda hands: hands.ask(3),
    "unanswered": lambda hands: hands.ask(18),
    "answered": answered,
    "inspected": lambda hands: hands.inspect(2),
    "extended": Hands.extend,
    "in-transfer": Hands.offer,
    "withdrawn": Hands.withdraw,
    "returned": returned,
}

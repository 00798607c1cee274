"""What an officer wrote in one language stands in a letter once, as what it is, and never under the other one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kis.casework import endings, extensions, supplements, transfers
from kis.casework.queries import incoming
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Invalid
from kis.letters.composition import Part, compose
from kis.letters.models import Letter
from kis.letters.rendering import press
from tests import factories
from tests.casework.conftest import MONDAY, Work
from tests.letters.conftest import pdf_text

KOREAN = "본국의 회신이 늦어지고 있습니다."
MOVED = "The applicant works and lives in Busan now."


def grounds(kind: str) -> Part:
    letter = db.session.scalars(select(Letter).where(Letter.kind == kind)).one()
    (part,) = [each for each in compose(letter.values).parts if each.layout == "grounds"]
    return part


def alone(part: Part) -> list[str]:
    return [each.ko for each in part.paragraphs if each.ko == each.en]


def test_the_letter_of_an_extension_gives_its_reason_in_both_languages_and_the_note_once(work: Work) -> None:
    with transaction():
        extensions.extend(work.case, 10, "abroad", KOREAN, "", work.supervisor)
    part = grounds("extension")
    assert alone(part) == [KOREAN]
    assert KOREAN not in part.paragraphs[0].ko + part.paragraphs[0].en


def test_without_a_note_the_letter_of_an_extension_has_its_reason_alone(work: Work) -> None:
    with transaction():
        extensions.extend(work.case, 10, "abroad", "", "", work.supervisor)
    assert len(grounds("extension").paragraphs) == 1


def test_the_letter_of_a_return_gives_the_note_once(work: Work) -> None:
    work.ask()
    work.wait(15)
    with transaction():
        supplements.repeat(work.case, 10, work.officer)
    work.wait(11)
    with transaction():
        endings.return_application(work.case, KOREAN, work.supervisor)
    part = grounds("return")
    assert alone(part) == [KOREAN] and KOREAN not in part.paragraphs[0].en


def test_the_letter_of_a_transfer_gives_the_reason_that_the_supervisor_wrote(work: Work) -> None:
    boss = factories.viewer(Role.SUPERVISOR, at="busan")
    with transaction():
        transfers.propose(work.case, factories.office("busan"), MOVED, work.supervisor)
    work.travel(MONDAY + timedelta(days=4))
    with transaction():
        transfers.accept(incoming(boss)[0], boss)
    part = grounds("transfer")
    assert alone(part) == [MOVED] and part.paragraphs[0].is_only_english
    letter = db.session.scalars(select(Letter)).one()
    printed = "".join(pdf_text(press().pdf(letter.values)).split())
    assert printed.count("".join(MOVED.split())) == 1


def test_a_reason_for_a_transfer_that_no_letter_could_print_is_refused_when_it_is_written(work: Work) -> None:
    with pytest.raises(Invalid, match="U\\+0EAA"), transaction():
        transfers.propose(work.case, factories.office("busan"), "ສົມຊາຍ moved.", work.supervisor)

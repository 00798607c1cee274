"""The review record puts what a decision rests on into the file."""

import re
import tomllib
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden
from kis.decisions import record_words
from kis.decisions.operations import approve, decide_otherwise
from kis.decisions.queries import decision_of
from kis.decisions.reasons import GivenReason
from kis.decisions.review_record import make_record, record_values
from kis.letters.composition import compose, english_date
from kis.letters.models import Letter, UndeliveredLetter
from kis.letters.rendering import press
from kis.precheck.operations import run
from kis.precheck.queries import latest_run
from tests import factories
from tests.decisions.conftest import FAILED, OWN, STAY_ENDS, House
from tests.letters.conftest import pdf_text

HANGUL = re.compile("[가-힣]")


def text_of(house: House) -> str:
    return compose(record_values(house.case, house.officer)).text()


def titles(house: House) -> list[str]:
    return [table.title.en for table in record_values(house.case, house.officer).tables]


def test_the_record_holds_facts_findings_departures_recommendation_and_line(house: House) -> None:
    house.recommend()
    text = text_of(house)
    for told in (
        "사실 요약", "Facts in short", "품행 단정", "Good conduct", "All papers are in the paper file.",
        "After review of the file.", "출입국관리법", house.officer.full_name, "1. Officer", "not taken",
    ):  # fmt: skip
        assert told in text, told
    with transaction():
        approve(house.case, "Agreed with the officer.", house.viewer(house.supervisor))
    assert "Agreed with the officer." in text_of(house)


def table_of(house: House, title: str) -> str:
    (table,) = [t for t in record_values(house.case, house.officer).tables if t.title.en == title]
    told = [cell.en for row in table.rows for cell in row] + [table.note.en if table.note else ""]
    return "\n".join(told)


def test_the_record_tells_the_decision_why_it_is_another_and_its_deadline(house: House) -> None:
    house.recommend("granted")
    assert "Nothing has been decided yet." in table_of(house, "Decision")
    with transaction():
        decide_otherwise(
            house.case, "refused", "The receipt was forged.", [OWN], house.viewer(house.supervisor),
            clock.today() - timedelta(days=1),
        )  # fmt: skip
    decision, told = decision_of(house.case), table_of(house, "Decision")
    assert decision.departure_deadline is not None
    for part in (
        "refused", house.supervisor.full_name, "The receipt was forged.", OWN.wording_en,
        english_date(decision.departure_deadline),
    ):  # fmt: skip
        assert part in told, part


def test_the_record_of_a_refusal_tells_until_when_the_stay_lasts_and_what_the_officer_added(
    house: House,
) -> None:
    with transaction():
        house.propose("refused", [GivenReason(FAILED, "벌금을 내지 않았습니다.", "The fine is unpaid.")])
    assert "The fine is unpaid." in table_of(house, "Recommendation")
    with transaction():
        approve(house.case, "", house.viewer(house.supervisor))
    assert english_date(STAY_ENDS) in table_of(house, "Decision")


def test_a_departure_that_was_withdrawn_stays_in_the_record_as_withdrawn(house: House) -> None:
    with transaction():
        house.depart("conduct.removal", "not_met", "An order was found in the paper file.")
        house.depart("conduct.removal", "review", "The order names somebody else.")
    told = table_of(house, "Departures from the pre-check")
    assert "An order was found in the paper file." in told and "The order names somebody else." in told
    assert told.count(f"withdrawn, {house.officer.full_name}") == 1


def test_every_criterion_of_the_run_stands_in_the_record(house: House) -> None:
    house.recommend()
    text = text_of(house)
    found = latest_run(house.case)
    assert found is not None
    for finding in found.precheck.criteria:
        assert finding.label.ko in text and finding.label.en in text


def test_the_household_stands_in_the_annex(house: House) -> None:
    assert "Annex: household" in titles(house)


def test_the_points_of_a_person_of_ability_stand_in_the_annex_with_their_sums(app: Flask) -> None:
    officer = factories.account(Role.OFFICER)
    case = factories.case(assignee=officer, facts=factories.dossier("f511-thirty-and-fifty"))
    with transaction():
        run(case, "demand", viewer_of(officer))
    (points,) = [t for t in record_values(case, officer).tables if t.title.en == "Annex: points"]
    total = points.rows[-1]
    assert total[0].en == "Total" and int(total[2].en) == sum(int(r[2].en) for r in points.rows[:-3])


def test_the_record_before_any_recommendation_says_so(house: House) -> None:
    assert "Nothing has been recommended yet." in text_of(house)


def test_without_a_pre_check_there_is_nothing_to_record(app: Flask) -> None:
    officer = factories.account(Role.OFFICER)
    with pytest.raises(Conflict):
        record_values(factories.case(assignee=officer), officer)


def test_the_record_is_kept_like_a_letter_and_delivered_to_nobody(house: House, sign_in: Callable) -> None:
    browser = sign_in(house.officer)
    assert "Review record" in browser.get(f"/cases/{house.case.number}/letters").get_data(as_text=True)
    assert browser.post(f"/cases/{house.case.number}/decision/record").status_code == 302
    (letter,) = db.session.scalars(select(Letter))
    assert (letter.kind, letter.register) == ("review-record", "V")
    assert db.session.scalars(select(UndeliveredLetter)).all() == []


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.AUDITOR])
def test_who_only_reads_makes_no_record(house: House, role: Role, sign_in: Callable) -> None:
    browser = sign_in(factories.account(role))
    assert browser.post(f"/cases/{house.case.number}/decision/record").status_code == 403
    with pytest.raises(Forbidden):
        make_record(house.case, viewer_of(factories.account(role)))


def test_every_word_of_the_record_is_in_both_languages() -> None:
    for key, texts in tomllib.loads(record_words.SOURCE.read_text()).items():
        assert set(texts) == {"ko", "en"}, key
        assert HANGUL.search(texts["ko"]) and not HANGUL.search(texts["en"]), key


def test_the_printed_record_reads_back(house: House) -> None:
    house.recommend()
    values = record_values(house.case, house.officer).numbered("seoul-southern-2026-V-000001")
    printed = "".join(pdf_text(press().pdf(values)).split())
    assert "심사기록" in printed and "Annex:household" in printed and "내부문서" in printed


def test_what_no_font_draws_stands_in_the_record_by_its_code(house: House) -> None:
    with transaction():
        house.depart("conduct.removal", "not_met", "The order names him\tสม, a removal.")
    text = text_of(house)
    assert "The order names him [U+0E2A][U+0E21], a removal." in text
    assert make_record(house.case, house.viewer(house.officer)).number

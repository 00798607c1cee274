"""What a file holds: other applications of the person, who acts for them, fees, documents that run out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kis.accounts.sessions import viewer_of
from kis.audit.models import AccessRecord, AuditRecord
from kis.cases import fees, parties
from kis.cases.earlier import other_cases
from kis.cases.file_models import Fee, Party
from kis.cases.parties import Particulars
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.recusal import declare_conflict
from kis.desk.file_views import expiring_in
from kis.documents.models import CaseDocument
from kis.documents.queries import checklist
from kis.documents.validity import expiring, good_until
from kis.letters.parties import receiver, values_of
from tests import factories
from tests.robustness.pages import forms_of

TODAY = clock.today()


@pytest.fixture
def officer(app: Flask) -> Any:
    return factories.account(name="officer-kim")


@pytest.fixture
def case(officer: Any) -> Any:
    return factories.case(assignee=officer)


def another(at: str = "seoul-southern", **identity: Any) -> Any:
    dossier = factories.dossier()
    dossier["applicant"] |= identity
    return factories.case(at=at, facts=dossier)


def test_the_same_number_finds_the_person_under_another_name(officer: Any, case: Any) -> None:
    renamed = another(family_name="PARK", given_names="LAN", local_name=None)
    found = other_cases(case, viewer_of(officer))
    assert [(each.case.id, each.same_number, each.is_readable) for each in found] == [
        (renamed.id, True, True)
    ]


def test_the_same_name_and_birth_date_finds_the_person_without_a_number(officer: Any, case: Any) -> None:
    dossier = factories.dossier()
    for name in ("alien_registration_number", "passport_number"):
        dossier["applicant"].pop(name, None)
    namesake = factories.case(facts=dossier)
    found = other_cases(case, viewer_of(officer))
    assert [(each.case.id, each.same_number) for each in found] == [(namesake.id, False)]
    another(
        family_name="SOMEBODY",
        given_names="ELSE",
        local_name=None,
        alien_registration_number="640101-6554152",
        passport_number="X1",
    )
    assert len(other_cases(case, viewer_of(officer))) == 1


def test_of_another_office_only_the_outline_is_shown_and_the_look_is_logged(
    officer: Any, case: Any, sign_in: Any
) -> None:
    elsewhere = another(at="busan")
    browser = sign_in(officer)
    page = browser.get(f"/cases/{case.number}/file").text
    assert elsewhere.number in page
    assert f"/cases/{elsewhere.number}" not in page
    assert "Busan" in page
    tasks = db.session.scalars(select(AccessRecord.task).where(AccessRecord.case_id == case.id)).all()
    assert "other-applications" in tasks


def test_the_overview_loads_the_file_in_short(officer: Any, case: Any, sign_in: Any) -> None:
    browser = sign_in(officer)
    assert f'hx-get="/cases/{case.number}/file"' in browser.get(f"/cases/{case.number}").text
    part = browser.get(f"/cases/{case.number}/file", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<section")


AGENT = {
    "kind": "agent",
    "name": "Haneul Administrative Office",
    "authorised_on": TODAY.isoformat(),
    "from_on": TODAY.isoformat(),
    "address": "1 Mokdong-ro, Seoul",
}


def test_an_agent_comes_on_file_and_is_told_in_the_timeline(officer: Any, case: Any, sign_in: Any) -> None:
    browser = sign_in(officer)
    answer = browser.post(f"/cases/{case.number}/file/parties", data=AGENT, follow_redirects=True)
    assert "Haneul Administrative Office" in answer.text
    assert "Haneul Administrative Office was put on file" in browser.get(f"/cases/{case.number}/history").text
    assert parties.receiver_of_letters(case).name == "Haneul Administrative Office"


@pytest.mark.parametrize(
    "wrong",
    [
        {"authorised_on": ""},
        {"name": ""},
        {"kind": "friend"},
        {"until_on": (TODAY - timedelta(days=1)).isoformat()},
        {"authorised_on": (TODAY + timedelta(days=1)).isoformat()},
    ],
)
def test_an_agent_without_a_power_of_attorney_is_refused(
    officer: Any, case: Any, sign_in: Any, wrong: dict[str, str]
) -> None:
    answer = sign_in(officer).post(f"/cases/{case.number}/file/parties", data=AGENT | wrong)
    assert answer.status_code == 422
    assert f'value="{(AGENT | wrong)["name"]}"' in answer.text
    assert db.session.query(Party).count() == 0


@pytest.fixture
def minor(case: Any) -> date:
    """The applicant is eighteen; the day on which that ends."""
    of_age_on = TODAY + timedelta(days=20)
    born = of_age_on.replace(year=of_age_on.year - 19, day=min(of_age_on.day, 28))
    case.applicant.birth_date = born
    db.session.commit()
    return born.replace(year=of_age_on.year)


def test_a_guardian_gets_letters_until_the_applicant_is_of_age(officer: Any, case: Any, minor: date) -> None:
    with transaction():
        parties.add_party(case, Particulars("guardian", "Mother", TODAY), viewer_of(officer))
    last = minor - timedelta(days=1)
    assert [bool(parties.receiver_of_letters(case, day)) for day in (last, minor)] == [True, False]
    with pytest.raises(Invalid, match="of age"):
        parties.add_party(case, Particulars("guardian", "Father", minor), viewer_of(officer))


def test_who_was_born_on_the_last_of_february_is_of_age_on_the_first_of_march() -> None:
    born, stated = date(2008, 2, 29), Particulars("guardian", "Mother", date(2026, 1, 1))
    assert parties.until_of_age(stated, born).until_on == date(2027, 2, 28)


def test_who_no_longer_acts_gets_no_letters(officer: Any, case: Any, minor: date) -> None:
    yesterday = TODAY - timedelta(days=1)
    with transaction():
        ended = Particulars("agent", "Old", yesterday, authorised_on=yesterday, until_on=yesterday)
        parties.add_party(case, ended, viewer_of(officer))
        parties.add_party(case, Particulars("guardian", "Mother", yesterday), viewer_of(officer))
    assert parties.receiver_of_letters(case).name == "Mother"
    assert parties.receiver_of_letters(case, yesterday).name == "Old"


def sent_by(page: str, address: str) -> dict[str, str]:
    """What a browser sends of the page's form to that address as it stands."""
    form = next(form for form in forms_of(page, address) if form.action == address)
    return {name: values[-1] for name, values in form.values.items() if values}


def opened(browser: Any, address: str) -> dict[str, str]:
    return sent_by(browser.get(address).text, address)


def against(answer: Any) -> str:
    return sent_by(answer.text, answer.request.path)["against"]


@pytest.fixture
def address_of_agent(officer: Any, case: Any) -> str:
    with transaction():
        stated = Particulars("agent", "Haneul", TODAY, authorised_on=TODAY, phone="02-0")
        party = parties.add_party(case, stated, viewer_of(officer))
    return f"/cases/{case.number}/file/parties/{party.id}"


def test_what_two_change_of_a_party_comes_together(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str
) -> None:
    other = factories.account(name="officer-lee")
    mine, theirs = sign_in(officer), sign_in(other)
    sent = opened(mine, address_of_agent) | {"address": "1 Mokdong-ro"}
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"phone": "02-1"})
    told = mine.post(address_of_agent, data=sent)
    assert told.status_code == 409
    assert f"{other.named} saved on" in told.text
    assert mine.post(address_of_agent, data=sent | {"against": against(told)}).status_code == 302
    party = parties.parties_of(case)[0]
    assert (party.phone, party.address) == ("02-1", "1 Mokdong-ro")
    befores = select(AuditRecord.before).where(AuditRecord.action == "party.changed").order_by(AuditRecord.id)
    assert [before["phone"] for before in db.session.scalars(befores)] == ["02-0", "02-1"]


@pytest.mark.parametrize("kept, phone", [("mine", "02-2"), ("theirs", "02-1")])
def test_what_both_change_of_a_party_is_chosen_place_by_place(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str, kept: str, phone: str
) -> None:
    mine, theirs = sign_in(officer), sign_in(factories.account(name="officer-lee"))
    sent = opened(mine, address_of_agent) | {"phone": "02-2"}
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"phone": "02-1"})
    told = mine.post(address_of_agent, data=sent)
    for shown in ("02-0", "02-1", "02-2", "both changed it"):
        assert shown in told.text
    seen = sent | {"against": against(told)}
    assert mine.post(address_of_agent, data=seen).status_code == 409
    assert mine.post(address_of_agent, data=seen | {"keep:phone": kept}).status_code == 302
    assert parties.parties_of(case)[0].phone == phone


def test_a_choice_is_asked_anew_when_a_third_saves(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str
) -> None:
    mine, theirs = sign_in(officer), sign_in(factories.account(name="officer-lee"))
    sent = opened(mine, address_of_agent) | {"phone": "02-2"}
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"phone": "02-1"})
    chosen = sent | {"against": against(mine.post(address_of_agent, data=sent)), "keep:phone": "mine"}
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"phone": "02-3"})
    assert "02-3" in mine.post(address_of_agent, data=chosen).text
    assert parties.parties_of(case)[0].phone == "02-3"


def test_the_same_change_sent_twice_is_no_conflict(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str
) -> None:
    browser = sign_in(officer)
    sent = opened(browser, address_of_agent) | {"phone": "02-2"}
    assert [browser.post(address_of_agent, data=sent).status_code for _twice in range(2)] == [302, 302]


def test_what_was_only_offered_is_no_choice_once_a_third_has_saved(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str
) -> None:
    mine, theirs = sign_in(officer), sign_in(factories.account(name="officer-lee"))
    sent = opened(mine, address_of_agent) | {"phone": "02-2"}
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"address": "2 Mokdong-ro"})
    offered = sent_by(mine.post(address_of_agent, data=sent).text, address_of_agent)
    assert offered["keep:phone"] == "mine"
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"phone": "02-3"})
    told = mine.post(address_of_agent, data=offered)
    assert "keep:phone" not in sent_by(told.text, address_of_agent)
    assert mine.post(address_of_agent, data=sent_by(told.text, address_of_agent)).status_code == 409
    assert parties.parties_of(case)[0].phone == "02-3"


def test_what_does_not_go_together_is_not_saved(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str
) -> None:
    """One ends the authority early, the other lets it begin later: either alone is sound."""
    mine, theirs = sign_in(officer), sign_in(factories.account(name="officer-lee"))
    later = (TODAY + timedelta(days=9)).isoformat()
    sent = opened(mine, address_of_agent) | {"from_on": later}
    theirs.post(address_of_agent, data=opened(theirs, address_of_agent) | {"until_on": TODAY.isoformat()})
    seen = sent | {"against": against(mine.post(address_of_agent, data=sent))}
    answer = mine.post(address_of_agent, data=seen)
    assert answer.status_code == 422
    assert "The last day lies before the first." in answer.text
    assert f'value="{later}"' in answer.text
    assert parties.parties_of(case)[0].from_on == TODAY


@pytest.mark.parametrize(
    "shown", ["", "{", "[]", '{"kind": "friend"}', '{"from_on": "never"}', "[" * 100_000]
)
def test_a_made_up_mark_of_what_was_shown_overwrites_nothing(
    officer: Any, case: Any, sign_in: Any, address_of_agent: str, shown: str
) -> None:
    browser = sign_in(officer)
    sent = opened(browser, address_of_agent) | {"phone": "02-2", "shown": shown}
    assert browser.post(address_of_agent, data=sent).status_code == 409
    assert parties.parties_of(case)[0].phone == "02-0"


def test_two_who_record_the_same_fee_choose_between_them(officer: Any, case: Any, sign_in: Any) -> None:
    case.received_on = date(2026, 11, 2)
    db.session.commit()
    mine, theirs = sign_in(officer), sign_in(factories.account(name="officer-lee"))
    address = f"/cases/{case.number}/file/fees/change"
    before = opened(mine, address)
    paid = {
        "how": "paid",
        "paid_on": TODAY.isoformat(),
        "method": "cash",
        "receipt_number": "A-1",
        "exemption": "",
    }
    exempt = {"how": "exempt", "exemption": "merit", "exemption_note": "Medal", "method": ""}
    assert theirs.post(address, data=before | paid).status_code == 302
    told = mine.post(address, data=before | exempt)
    assert told.status_code == 409
    assert f"Paid, {TODAY.isoformat()}, Cash, A-1" in told.text
    seen = before | exempt | {"against": against(told)}
    assert mine.post(address, data=seen | {"keep:settlement": "theirs"}).status_code == 302
    fee = db.session.scalars(select(Fee)).one()
    assert (fee.method, fee.receipt_number, fee.exemption, fee.exemption_note) == ("cash", "A-1", None, "")


def test_who_reads_only_changes_no_file(case: Any) -> None:
    auditor = factories.viewer(Role.AUDITOR)
    with pytest.raises(Forbidden):
        parties.add_party(case, Particulars("guardian", "Mother", TODAY), auditor)
    with pytest.raises(Forbidden):
        fees.settle(case, "change", fees.Settlement(paid_on=TODAY, method="cash"), auditor)


def test_who_has_a_conflict_of_interest_changes_no_file(officer: Any, case: Any) -> None:
    """Else letters could go to a relative's friend, and a relative pay no fee."""
    with transaction():
        declare_conflict(case, "My cousin.", viewer_of(officer))
    with pytest.raises(Conflict, match="conflict of interest"):
        parties.add_party(case, Particulars("guardian", "Mother", TODAY), viewer_of(officer))
    with pytest.raises(Conflict, match="conflict of interest"):
        fees.settle(case, "change", fees.Settlement(paid_on=TODAY, method="cash"), viewer_of(officer))


@pytest.mark.parametrize("birth, filed", [("2009-11-22", True), ("2009-11-21", False), ("1990-01-01", False)])
def test_under_seventeen_on_the_day_of_application_others_file(case: Any, birth: str, filed: bool) -> None:
    """Immigration Act Art. 79: the day of the seventeenth birthday is no longer under seventeen."""
    case.applicant.birth_date, case.received_on = date.fromisoformat(birth), date(2026, 11, 21)
    assert parties.is_filed_by_others(case) is filed
    db.session.rollback()


def test_the_fee_follows_the_table_of_the_day_of_application(case: Any) -> None:
    assert fees.tariff_on("change", date(2025, 1, 1)).amount == 200_000
    assert fees.tariff_on("change", date(2025, 1, 1)).owed(online=True) == 160_000
    assert fees.tariff_on("card", date(2026, 1, 1)).owed(online=True) == 35_000
    # Online a change or an extension costs less, a grant does not.
    assert fees.tariff_on("grant", date(2026, 1, 1)).owed(online=True) == 80_000
    assert fees.tariff_on("change", date(2024, 12, 31)) is None


def test_a_fee_is_open_until_it_is_paid_and_corrections_keep_what_was(
    officer: Any, case: Any, sign_in: Any
) -> None:
    case.received_on = date(2026, 11, 2)
    db.session.commit()
    browser = sign_in(officer)
    hint = "The fee of the application is neither paid nor found exempt."
    assert hint in browser.get(f"/cases/{case.number}/decision").text
    address = f"/cases/{case.number}/file/fees/change"
    paid = {"how": "paid", "paid_on": TODAY.isoformat(), "method": "revenue-stamp", "receipt_number": "A-1"}
    assert browser.post(address, data=paid).status_code == 302
    assert "200,000 won" in browser.get(f"/cases/{case.number}/file").text
    assert hint not in browser.get(f"/cases/{case.number}/decision").text
    exempt = {"how": "exempt", "exemption": "status", "exemption_note": "D-8 holder"}
    assert browser.post(address, data=exempt).status_code == 409
    assert browser.post(address, data=opened(browser, address) | exempt).status_code == 302
    fee = db.session.scalars(select(Fee)).one()
    assert (fee.amount, fee.paid_on, fee.exemption) == (0, None, "status")
    told = select(AuditRecord.before).where(AuditRecord.action == "fee.settled").order_by(AuditRecord.id)
    befores = db.session.scalars(told).all()
    assert [before and before["receipt_number"] for before in befores] == [None, "A-1"]


def test_the_same_agent_sent_twice_is_on_file_once(officer: Any, case: Any, sign_in: Any) -> None:
    browser = sign_in(officer)
    answers = [browser.post(f"/cases/{case.number}/file/parties", data=AGENT) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert len(parties.parties_of(case)) == 1


@pytest.mark.parametrize(
    "day, told", [(TODAY + timedelta(days=1), "in the future"), (date(2024, 12, 31), "in force since")]
)
def test_a_day_on_which_the_fee_cannot_have_been_paid_is_told_in_the_form(
    officer: Any, case: Any, sign_in: Any, day: date, told: str
) -> None:
    case.received_on = date(2026, 11, 2)
    db.session.commit()
    paid = {"how": "paid", "paid_on": day.isoformat(), "method": "cash", "receipt_number": "A-1"}
    answer = sign_in(officer).post(f"/cases/{case.number}/file/fees/change", data=paid)
    assert answer.status_code == 422
    assert told in answer.text and 'value="A-1"' in answer.text


@pytest.mark.parametrize(
    "made_up, status",
    [
        ({"shown": '{"online": "y", "settlement": ""}'}, 302),
        ({"against": "0", "keep:settlement": "theirs"}, 422),
    ],
)
def test_a_choice_made_up_where_nothing_is_recorded_is_no_failure(
    officer: Any, case: Any, sign_in: Any, made_up: dict[str, str], status: int
) -> None:
    case.received_on = date(2026, 11, 2)
    db.session.commit()
    paid = {"how": "paid", "paid_on": TODAY.isoformat(), "method": "cash"}
    answer = sign_in(officer).post(f"/cases/{case.number}/file/fees/change", data=paid | made_up)
    assert answer.status_code == status
    assert [fee.method for fee in db.session.scalars(select(Fee))] == (["cash"] if status == 302 else [])


def test_before_the_table_begins_the_amount_is_entered(officer: Any, case: Any, sign_in: Any) -> None:
    case.received_on = date(2024, 12, 20)
    db.session.commit()
    browser, address = sign_in(officer), f"/cases/{case.number}/file/fees/change"
    assert address in browser.get(f"/cases/{case.number}/file").text
    paid = {"how": "paid", "paid_on": "2024-12-20", "method": "cash", "amount": ""}
    assert browser.post(address, data=paid).status_code == 422
    assert browser.post(address, data=paid | {"amount": "200,000"}).status_code == 302
    assert db.session.scalars(select(Fee.amount)).one() == 200_000


@pytest.mark.parametrize(
    "incomplete",
    [{"how": "paid"}, {"how": "exempt", "exemption": "other"}, {}, {"how": "paid", "paid_on": "x"}],
)
def test_a_fee_needs_the_whole_of_one_answer(officer: Any, case: Any, sign_in: Any, incomplete: Any) -> None:
    case.received_on = date(2026, 11, 2)
    db.session.commit()
    answer = sign_in(officer).post(f"/cases/{case.number}/file/fees/change", data=incomplete)
    assert answer.status_code == 422


def test_an_unknown_ground_or_method_is_refused(officer: Any, case: Any) -> None:
    case.received_on = date(2026, 11, 2)
    for wrong in (
        fees.Settlement(paid_on=TODAY, method="barter"),
        fees.Settlement(paid_on=TODAY + timedelta(days=1), method="cash"),
        fees.Settlement(exemption="status"),
        fees.Settlement(),
    ):
        with pytest.raises(Invalid):
            fees.settle(case, "change", wrong, viewer_of(officer))


def row(case: Any, code: str, **dates: Any) -> CaseDocument:
    document = CaseDocument(case_id=case.id, code=code, submitted=True, **dates)
    db.session.add(document)
    db.session.flush()
    return document


def test_documents_that_run_out_before_the_due_day_are_named(officer: Any, case: Any, sign_in: Any) -> None:
    case.due_on = date(2026, 12, 31)
    row(case, "common-02", expires_on=date(2026, 12, 30))
    row(case, "common-05", issued_on=date(2026, 6, 30))
    row(case, "common-07", issued_on=date(2026, 9, 30))
    row(case, "common-08", issued_on=date(2026, 10, 1))
    row(case, "common-01", issued_on=date(2020, 1, 1))
    db.session.commit()
    found = expiring(checklist(case), case.due_on)
    assert [(each.entry.document.code, each.good_until) for each in found] == [
        ("common-02", date(2026, 12, 30)),
        ("common-05", date(2026, 12, 30)),
        ("common-07", date(2026, 12, 30)),
    ]
    with clock.at(datetime(2026, 12, 1, tzinfo=UTC)):
        browser = sign_in(officer)
        for page in ("", "/documents"):
            assert "3 documents will have expired" in browser.get(f"/cases/{case.number}{page}").text


def test_what_expires_while_the_clock_stands_still_or_after_the_due_day_is_named_too(case: Any) -> None:
    document = row(case, "common-02", expires_on=TODAY - timedelta(days=1))
    shown = checklist(case)
    case.due_on, case.stopped_on = TODAY - timedelta(days=10), None
    assert len(expiring_in(shown, case)) == 1
    document.expires_on = TODAY + timedelta(days=5)
    case.due_on, case.stopped_on = TODAY + timedelta(days=2), TODAY
    assert expiring_in(shown, case) == []
    case.stopped_on = TODAY - timedelta(days=4)
    assert len(expiring_in(shown, case)) == 1
    db.session.rollback()


def test_the_day_printed_on_a_document_counts_before_its_age(case: Any) -> None:
    document = row(case, "common-05", issued_on=date(2026, 1, 1), expires_on=date(2027, 1, 1))
    assert good_until(document) == (date(2027, 1, 1), None)
    assert good_until(row(case, "common-03", issued_on=date(2026, 1, 1))) is None
    db.session.rollback()


def test_letters_name_who_takes_them_in_for_the_applicant(officer: Any, case: Any) -> None:
    assert receiver(case) == ""
    with transaction():
        agent = Particulars("agent", "Haneul", TODAY, address="1 Mokdong-ro", authorised_on=TODAY)
        parties.add_party(case, agent, viewer_of(officer))
    assert values_of(case, "receipt", officer).agent == "Haneul, 1 Mokdong-ro"


@pytest.mark.parametrize(
    "status, exempt",
    [("D-8", True), ("D-8-1", True), ("A-2", True), ("D-80", False), ("F-2-7", False), ("", False)],
)
def test_some_statuses_pay_no_fee(status: str, exempt: bool) -> None:
    assert fees.pays_no_fee(status) is exempt

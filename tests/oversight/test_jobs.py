"""Background work as administrators, supervisors and the shell see it."""

from typing import Any

import pytest
from flask import Flask

from kis.audit.models import AuditRecord
from kis.cli import background_jobs
from kis.core import jobs
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.factory import HOURLY, JOB_HANDLERS
from kis.oversight.jobs import KINDS
from tests import factories

SECRET = "IntegrityError: (NGUYEN THI LAN, M1234567)"


def made(kind: str = "letter.render", subject: int = 7, **columns: Any) -> int:
    with transaction():
        job = jobs.enqueue(kind, subject)
        for name, value in columns.items():
            setattr(job, name, value)
    return job.id


def failed(**columns: Any) -> int:
    return made(state="failed", attempts=jobs.MAX_ATTEMPTS, error=SECRET, **columns)


def test_every_kind_of_work_has_its_name() -> None:
    assert {*JOB_HANDLERS, *HOURLY} <= KINDS.keys()


def test_an_administrator_sees_all_work_with_progress_and_no_case_data(app: Flask, sign_in: Any) -> None:
    failed()
    made("casework.allocate", state="running", done=40, total=200)
    page = sign_in(factories.account(Role.ADMINISTRATOR)).get("/oversight/jobs").text
    for shown in (
        "Making the PDF of a letter",
        "IntegrityError",
        "40 of 200",
        "0 waiting, 1 running, 1 failed",
    ):
        assert shown in page
    assert "NGUYEN" not in page


def test_a_supervisor_sees_the_work_of_the_own_office_alone(app: Flask, sign_in: Any) -> None:
    own, strange = failed(office_id=factories.office().id), failed(office_id=factories.office("busan").id)
    common = failed()
    browser = sign_in(factories.account(Role.SUPERVISOR))
    page = browser.get("/oversight/jobs").text
    assert f"/oversight/jobs/{own}/retry" in page
    for other in (strange, common):
        assert f"/oversight/jobs/{other}/retry" not in page
        assert browser.post(f"/oversight/jobs/{other}/retry").status_code == 404


@pytest.mark.parametrize(
    ("role", "led"), [(Role.SUPERVISOR, True), (Role.ADMINISTRATOR, True), (Role.OFFICER, False)]
)
def test_who_may_read_it_is_led_to_it(app: Flask, sign_in: Any, role: Role, led: bool) -> None:
    assert ("Background work" in sign_in(factories.account(role)).get("/account").text) is led


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OFFICER, Role.HEADQUARTERS])
def test_others_do_not_see_it(app: Flask, sign_in: Any, role: Role) -> None:
    assert sign_in(factories.account(role)).get("/oversight/jobs").status_code == 403


def test_what_failed_is_repeated_on_record_and_what_did_not_is_not(app: Flask, sign_in: Any) -> None:
    job_id, browser = failed(), sign_in(factories.account(Role.ADMINISTRATOR))
    assert browser.post(f"/oversight/jobs/{job_id}/retry").status_code == 302
    job = db.session.get_one(Job, job_id)
    assert (job.state, job.attempts) == ("queued", 0)
    (told,) = db.session.query(AuditRecord).filter(AuditRecord.action == "job.retried")
    assert "NGUYEN" not in str(told.after)
    assert browser.post(f"/oversight/jobs/{job_id}/retry").status_code == 409


def test_the_list_is_asked_for_anew_while_something_runs(app: Flask, sign_in: Any) -> None:
    browser = sign_in(factories.account(Role.ADMINISTRATOR))
    assert "hx-trigger" not in browser.get("/oversight/jobs/list").text
    made(state="running")
    assert 'hx-trigger="every 3s"' in browser.get("/oversight/jobs/list").text


def test_the_list_goes_on_page_by_page(app: Flask, sign_in: Any) -> None:
    ids = [failed() for _each in range(52)]
    browser = sign_in(factories.account(Role.ADMINISTRATOR))
    first = browser.get("/oversight/jobs?state=failed").text
    assert f"before={ids[2]}" in first
    assert f"/jobs/{ids[1]}/retry" in browser.get(f"/oversight/jobs?state=failed&before={ids[2]}").text


def test_the_shell_lists_what_is_not_done_and_repeats_what_failed(app: Flask) -> None:
    job_id = failed()
    made("casework.allocate", state="running", done=40, total=200)
    made("letter.render", state="done")
    runner = app.test_cli_runner()
    shown = runner.invoke(background_jobs).output
    assert "0 queued, 1 running, 1 failed" in shown
    assert "40/200" in shown
    assert SECRET in shown
    assert len(shown.splitlines()) == 4
    assert "given to the workers" in runner.invoke(background_jobs, ["retry", str(job_id)]).output
    again = runner.invoke(background_jobs, ["retry", str(job_id)])
    assert again.exit_code == 1
    assert runner.invoke(background_jobs, ["retry", "99999"]).exit_code == 1
    assert "1 done" in runner.invoke(background_jobs, ["--state", "done"]).output

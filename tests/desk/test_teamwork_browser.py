"""Two who have the same case open, in Chromium, with the strict policy of the application."""

from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import update

from kis.accounts.models import SignInSession
from kis.cases.presence import see
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from tests import factories
from tests.cases.test_facts_browser import played
from tests.documents.test_browser import served


def test_a_page_hears_by_itself_who_else_is_here_and_lets_its_writer_write(app: Flask) -> None:
    officer = factories.account(name="officer-kim")
    case = factories.case(assignee=officer)
    other = factories.viewer(Role.SUPERVISOR)
    path = f"/cases/{case.number}/history"

    def scenes(page: Page) -> list[Any]:
        alone = page.inner_text("#presence")
        with app.app_context(), transaction():
            see(db.session.get_one(type(case), case.id), other)
        page.reload()
        page.wait_for_selector(".presence__who")
        page.click("#note-people a")
        page.click(f"[data-mention='@{other.name}']")
        with app.app_context(), transaction():
            db.session.execute(update(SignInSession).values(ended_at=clock.now()))
        heard = []
        page.on("response", lambda answer: heard.append(answer.url.rpartition("/")[2]))
        for _ in range(50):
            if "sign-in" in heard:
                break
            page.wait_for_timeout(500)
        page.wait_for_timeout(300)
        return [alone, "sign-in" in heard, page.url.endswith("/history"), page.input_value("#note-text")]

    with served(app) as address:
        seen, faults = played(address, path, scenes)
    assert seen == ["", True, True, f"@{other.name} "]
    assert not faults

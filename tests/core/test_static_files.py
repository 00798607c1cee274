"""Static files are kept by browsers for good, at addresses that change with their content."""

from pathlib import Path

from flask import Flask, url_for
from flask.testing import FlaskClient

from kis.core.static_files import version


def test_a_static_file_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = url_for("static", filename="icons/icons.svg")
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_that_is_not_there_is_not_kept(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = url_for("static", filename="icons/absent.svg")
    answer = client.get(address)
    assert (answer.status_code, "immutable" in answer.headers.get("Cache-Control", "")) == (404, False)


def test_pages_are_kept_by_nobody(client: FlaskClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_the_address_changes_with_a_content(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    sheet = tmp_path / "css" / "base.css"
    sheet.write_text("body {}")
    before = version(tmp_path)
    assert version(tmp_path) == before
    sheet.write_text("body { margin: 0 }")
    assert version(tmp_path) != before

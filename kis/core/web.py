"""One request, one transaction, one commit; and what a refusal looks like."""

import re
from functools import lru_cache
from typing import Any
from uuid import uuid4

from flask import Flask, Response, current_app, g, has_request_context, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from kis.core.addresses import Addresses
from kis.core.extensions import db
from kis.core.refusals import Refusal

# A form that was answered so is not shown again: what was written in it would be lost.
NOTHING_SAVED = (400, 403, 404, 409, 422, 429)
CODE = re.compile(r"[a-z0-9:_.-]{1,40}", re.ASCII)
NOT_SHOWN = {"csrf_token", "q", "seen", "shown", "was", "password", "current", "new"} | {
    "alien_registration_number", "registration_number", "passport_number",
}  # fmt: skip


class Application(Flask):
    """Flask that commits once, after the view has answered well, and else rolls back."""

    url_map_class = Addresses

    def __init__(self, *names: Any, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.built = lru_cache(maxsize=10_000)(self.build)

    def url_for(self, endpoint: str, **values: Any) -> str:  # type: ignore[override]
        """As Flask does; what depends on endpoint and plain values alone is built once: a page has some seventy."""
        if not has_request_context() or endpoint.startswith(".") or not all(map(is_plain, values.items())):
            return super().url_for(endpoint, **values)
        return self.built(request.script_root, endpoint, tuple(values.items()))

    def build(self, _root: str, endpoint: str, values: tuple[tuple[str, str | int], ...]) -> str:
        return super().url_for(endpoint, **dict(values))  # type: ignore[arg-type]

    def load_pages(self) -> None:
        """Load the templates and the texts of both languages, which each web worker would else do for itself."""
        for name in self.jinja_env.list_templates(extensions=["html"]):
            self.jinja_env.get_template(name)
        with self.app_context():
            for language in ("ko", "en"):
                with force_locale(language):
                    _("Sign in")

    def dispatch_request(self) -> Response:  # type: ignore[override]
        try:
            response: Response = self.make_response(super().dispatch_request())
            if response.status_code < 400 or g.get("keep_writes"):
                db.session.commit()
            else:
                db.session.rollback()
        except BaseException:
            db.session.rollback()
            raise
        return response


def is_plain(value: tuple[str, Any]) -> bool:
    return type(value[1]) in (str, int) and not value[0].startswith("_")


def keep_writes() -> None:
    """Commit although this request answers with an error: a failed sign-in is counted."""
    g.keep_writes = True


def wants_partial() -> bool:
    """Whether htmx asked, so that a part of the page is enough."""
    return request.headers.get("HX-Request") == "true"


def error_page(status: int, message: str, reference: str = "") -> tuple[str, int]:
    template = "errors/partial.html" if wants_partial() else "errors/error.html"
    written = texts_written() if status in NOTHING_SAVED else []
    return render_template(
        template, status=status, message=message, reference=reference, written=written
    ), status


def texts_written() -> list[str]:
    """What a person wrote into the form that was refused: what has letters and is no code of the page's own choices.

    The page does not know the form. What is not written by hand, or not to be shown, is left out by name.
    """
    try:
        sent = [value.strip() for name, value in request.form.items(multi=True) if name not in NOT_SHOWN]
    except HTTPException:  # too large to be read
        return []
    return [value for value in sent if any(map(str.isalpha, value)) and not CODE.fullmatch(value)]


def show_refusal(refusal: Refusal) -> tuple[str, int]:
    return error_page(refusal.status, refusal.message or default_message(refusal.status))


def show_http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code, default_message(error.code))


def show_lost_race(_error: Exception) -> tuple[str, int]:
    """The database refused what another request had done a moment earlier."""
    return error_page(
        409, _("Somebody else changed this at the same moment. Nothing was saved; load the page again.")
    )


def show_failure(error: Exception) -> tuple[str, int]:
    reference = uuid4().hex[:12]
    current_app.logger.error("failure %s at %s", reference, request.path, exc_info=error)
    return error_page(500, default_message(500), reference)


def default_message(status: int) -> str:
    messages = {
        400: _("The request could not be understood. Load the page again and repeat what you did."),
        403: _("Your account does not have the permission for this."),
        404: _("There is no such page or case, or none that you may see."),
        405: _("This address does not take such a request."),
        413: _("What was sent is too large. A file may have at most 20 MB."),
        429: _("Too many requests. Wait a moment."),
        500: _("Something failed here. Nothing was saved. Tell the administrator the reference below."),
    }
    return messages.get(status, _("The request was refused."))


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(StaleDataError, show_lost_race)
    app.register_error_handler(IntegrityError, show_lost_race)
    if not app.testing:
        app.register_error_handler(Exception, show_failure)

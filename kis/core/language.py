"""Which language a page is in: the account's choice, else the browser's, else that of the installation."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, has_request_context, request, session
from flask_babel import get_locale, get_translations
from markupsafe import Markup

from kis.core import clock
from kis.core.extensions import babel

LANGUAGES = {"ko": "한국어", "en": "English"}


def choose_language() -> str:
    usual = str(current_app.config.get("BABEL_DEFAULT_LOCALE", "ko"))
    if not has_request_context():
        return usual
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or usual


def current_language() -> str:
    """ "ko" or "en"."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "ko"


def in_language(text: Any) -> str:
    """A bilingual text or message of the rules, in the reader's language."""
    return str(text.in_language(current_language()))


def template_text(text: str, **values: Any) -> Markup:
    """`_` of the templates: a page asks for a hundred texts, so each is looked up once in a process."""
    language = current_language()
    return pattern(language, text) % values if values else plain(language, text)


@lru_cache(maxsize=10_000)
def pattern(_language: str, text: str) -> Markup:
    """The text in the language, which is the reader's."""
    return Markup(get_translations().ugettext(text))  # noqa: S704 - the catalogues are ours


@lru_cache(maxsize=10_000)
def plain(language: str, text: str) -> Markup:
    """The text without placeholders; "%%" is a percent sign in it too."""
    return pattern(language, text) % {}


def show_day(day: date | None) -> str:
    """Days are written as in official letters, "2026. 11. 21.", in Korean, ISO in English."""
    if day is None:
        return ""
    if current_language() == "ko":
        return f"{day.year}. {day.month}. {day.day}."
    return day.isoformat()


def show_instant(instant: datetime | None) -> str:
    """Day and time in Seoul."""
    if instant is None:
        return ""
    local = instant.astimezone(clock.SEOUL)
    return f"{show_day(local.date())} {local:%H:%M}"


def show_number(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def init_app(app: Flask) -> None:
    babel.init_app(
        app, locale_selector=choose_language, default_translation_directories=f"{app.root_path}/translations"
    )
    app.jinja_env.filters.update(
        {"in_language": in_language, "day": show_day, "instant": show_instant, "number": show_number}
    )
    app.jinja_env.globals.update(current_language=current_language, languages=LANGUAGES)
    app.jinja_env.globals.update(gettext=template_text, _=template_text)

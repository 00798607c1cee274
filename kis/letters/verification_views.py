"""The public page that says whether a letter is genuine; no session, no personal data."""

from flask import render_template, request

from kis.core.access import public
from kis.letters.verification import ask
from kis.letters.views import blueprint


@blueprint.get("/v")
@public
def verify_form() -> str | tuple[str, int]:
    typed = request.args.get("code", "")
    return verified(typed) if typed else render_template("letters/verify.html", typed="")


@blueprint.get("/v/<code>")
@public
def verify(code: str) -> str | tuple[str, int]:
    return verified(code)


def verified(typed: str) -> str | tuple[str, int]:
    answer = ask(typed, request.remote_addr or "")
    page = render_template("letters/verify.html", typed=typed[:20], answer=answer, asked=True)
    return page, 200 if answer else 404

"""Sign-in, sign-out, language."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kis.accounts.forms import SignInForm
from kis.accounts.operations import TooManyAttempts, set_language, sign_in
from kis.accounts.sessions import end_session
from kis.audit.operations import record
from kis.core.access import Permission, public, requires
from kis.core.language import LANGUAGES
from kis.core.refusals import Invalid
from kis.core.web import keep_writes

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public
def show_sign_in() -> Response | str | tuple[str, int]:
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form)
    try:
        account = sign_in(form.name.data, form.password.data, request.remote_addr or "")
    except (Invalid, TooManyAttempts) as refusal:
        keep_writes()
        form.password.errors = [refusal.message]
        return render_template("accounts/sign_in.html", form=form), refusal.status
    session["language"] = account.language
    return redirect(local_address(form.next.data))


def local_address(address: str | None) -> str:
    """The address, if it stays within this application; else the start page."""
    if not address or not address.isprintable() or not address.startswith("/"):
        return url_for("desk.start")
    leads_away = address.startswith(("//", "/\\")) or urlsplit(address).netloc
    return url_for("desk.start") if leads_away else address


@blueprint.post("/sign-out")
@requires(Permission.WORK)
def sign_out() -> Response:
    record("sign-out", subject=("account", current_user.viewer.account_id))
    end_session(current_user.session)
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/language")
@public
def change_language() -> Response:
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_user.is_authenticated:
            set_language(current_user.account, chosen)
    return redirect(local_address(request.form.get("next")))

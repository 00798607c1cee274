"""Pages of the administrator: accounts with their roles and offices; and everybody's own account."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from kis.accounts import operations
from kis.accounts.forms import AccountForm, GrantForm, ParticularsForm, PasswordForm
from kis.accounts.models import Account
from kis.accounts.queries import account_by_id, all_accounts, open_sessions
from kis.accounts.roles import IN_AN_OFFICE, ROLE_LABELS
from kis.accounts.views import blueprint
from kis.core.access import Permission, Role, current_viewer, requires
from kis.core.language import current_language
from kis.core.refusals import Invalid
from kis.offices.queries import all_offices, office_by_code


@blueprint.get("/accounts")
@requires(Permission.ACCOUNT_MANAGE)
def show_accounts() -> str:
    return render_template("accounts/list.html", accounts=all_accounts())


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def new_account() -> Response | str | tuple[str, int]:
    form = with_choices(AccountForm())
    if not form.validate_on_submit():
        return render_template("accounts/new.html", form=form), 422 if form.is_submitted() else 200
    created = operations.create_account(
        form.name.data,
        form.full_name.data,
        form.password.data,
        [asked_grant(form.role.data, form.office.data)],
        full_name_latin=form.full_name_latin.data or None,
        unit=form.unit.data or None,
        phone=form.phone.data or None,
    )
    flash(_("Account %(name)s was made.", name=created.name), "success")
    return redirect(url_for("accounts.show_account", account_id=created.id))


@blueprint.get("/accounts/<int:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show_account(account_id: int) -> str:
    account = account_by_id(account_id)
    return account_page(account, ParticularsForm(formdata=None, obj=account))


def account_page(account: Account, particulars: ParticularsForm) -> str:
    return render_template(
        "accounts/account.html",
        account=account,
        particulars=particulars,
        form=with_choices(GrantForm(formdata=None)),
        sessions=open_sessions(account.id),
    )


@blueprint.post("/accounts/<int:account_id>/particulars")
@requires(Permission.ACCOUNT_MANAGE)
def change_particulars(account_id: int) -> Response | tuple[str, int]:
    """Correct how a person is called and reached; letters that are issued stay as they are."""
    account, form = account_by_id(account_id), ParticularsForm()
    if not form.validate():
        return account_page(account, form), 422
    given = {key: form[key].data or None for key in ("full_name", "full_name_latin", "unit", "phone")}
    if operations.change_particulars(account, given):
        flash(_("The account is changed."), "success")
    return redirect(url_for("accounts.show_account", account_id=account_id))


def refuse_own_account(account: Account) -> None:
    """Nobody gives rights to, or shuts out, themselves. Raises Invalid."""
    if account.id == current_viewer().account_id:
        raise Invalid(_("Your own account can only be changed by another administrator."))


def asked_grant(role: str, office_code: str) -> tuple[Role, int | None]:
    """Role and office of a form. Raises Invalid when they do not go together."""
    try:
        asked = Role(role)
    except ValueError as error:
        raise Invalid(_("Choose the role.")) from error
    if asked not in IN_AN_OFFICE:
        return asked, None
    if not office_code:
        raise Invalid(_("This role is held in an office: choose it."))
    return asked, office_by_code(office_code).id


def with_choices(form: AccountForm | GrantForm) -> AccountForm | GrantForm:
    form.role.choices = [(role.value, str(ROLE_LABELS[role])) for role in Role]
    offices = [(office.code, office.in_language(current_language())) for office in all_offices()]
    form.office.choices = [("", _("none (the whole service)")), *offices]
    return form


@blueprint.route("/own-account", methods=["GET", "POST"])
@requires(Permission.WORK)
def own_account() -> Response | str | tuple[str, int]:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            operations.change_password(current_user.account, form.current.data, form.new.data)
        except Invalid as refusal:
            form.current.errors = [refusal.message]
        else:
            flash(_("Your password was changed. Sign in with it."), "success")
            return redirect(url_for("accounts.sign_in"))
    sessions = open_sessions(current_user.account.id)
    return render_template(
        "accounts/own.html", form=form, sessions=sessions
    ), 422 if form.is_submitted() else 200

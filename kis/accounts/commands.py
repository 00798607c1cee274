"""flask account …: the first account of an installation, and those that a script makes."""

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from kis.accounts.operations import create_account
from kis.accounts.passwords import MIN_LENGTH
from kis.accounts.roles import IN_AN_OFFICE
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.refusals import NotFound, Refusal
from kis.offices.queries import office_by_code

account = AppGroup("account", help="Accounts of persons.")


@account.command("create")
@click.argument("name")
@click.option("--full-name", required=True, help="As it stands on letters.")
@click.option("--latin-name", help="The same in Latin letters, for pages and letters in English.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--office", "office_code", help="Code of the office in which the role is held.")
@click.password_option(help="Asked for when it is not given.")
def create(
    name: str, full_name: str, latin_name: str | None, role: str, office_code: str | None, password: str
) -> None:
    """Make an account; the first one of an installation is an administrator's."""
    if (Role(role) in IN_AN_OFFICE) != bool(office_code):
        raise click.ClickException(
            "Reception, officers and supervisors need --office; the other roles take none."
        )
    if len(password) < MIN_LENGTH:
        raise click.ClickException(f"A password has at least {MIN_LENGTH} characters.")
    try:
        with force_locale("en"), transaction():
            office_id = office_by_code(office_code).id if office_code else None
            grants = [(Role(role), office_id)]
            create_account(name, full_name, password, grants, full_name_latin=latin_name)
    except NotFound as error:
        raise click.ClickException(f"There is no office {office_code}.") from error
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"Account {name} was made.")

"""flask approval-line: who approves after whom in an office."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.operations import act_as
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Refusal
from kis.decisions.operations import set_line
from kis.decisions.queries import roles_of_office
from kis.offices.models import Office

approval_line = AppGroup("approval-line", help="Who recommends, approves and decides in an office.")


@approval_line.command("show")
@click.argument("office")
def show(office: str) -> None:
    """Print the approval line of OFFICE, a code such as seoul-southern."""
    click.echo(" → ".join(roles_of_office(office_of_code(office).id)))


@approval_line.command("set")
@click.argument("office")
@click.argument("roles", nargs=-1, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--as", "name", required=True, help="Account of the administrator who sets it.")
def set_roles(office: str, roles: tuple[str, ...], name: str) -> None:
    """Set the line of OFFICE: the role that recommends, then those that approve; the last one decides.

    It holds for recommendations from now on; one that is made keeps the line of its day.
    """
    account = db.session.scalar(select(Account).where(Account.name == name, Account.active))
    if account is None:
        raise click.UsageError(f"There is no active account {name}.")
    viewer = viewer_of(account)
    try:
        with transaction():
            act_as(viewer)
            set_line(office_of_code(office), [Role(role) for role in roles], viewer)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(" → ".join(roles))


def office_of_code(code: str) -> Office:
    office = db.session.scalar(select(Office).where(Office.code == code))
    if office is None:
        raise click.UsageError(f"There is no office {code}.")
    return office

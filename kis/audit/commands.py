"""flask audit …"""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from kis.audit import chain
from kis.audit.models import AuditRecord
from kis.audit.operations import SEALED, access_digest, seal_access_log
from kis.core.database import transaction
from kis.core.extensions import db

audit = AppGroup("audit", help="The record of everything done.")


@audit.command("verify")
@click.option("--expect", help="Hash that the head must have, as an earlier run printed it.")
def verify(expect: str | None) -> None:
    """Walk the whole chain and every seal of the access log; exit 1 if something was altered."""
    verdict = chain.verify()
    if verdict.broken_at is not None:
        raise click.ClickException(f"The chain breaks at record {verdict.broken_at}: {verdict.problem}.")
    for after in db.session.scalars(select(AuditRecord.after).where(AuditRecord.action == SEALED)):
        if access_digest(after["from"], after["through"]) != after["sha256"]:
            raise click.ClickException(f"Access records {after['from']} to {after['through']} were altered.")
    if expect and verdict.head != expect:
        raise click.ClickException(
            f"The head is {verdict.head}, not {expect}: records are missing at the end."
        )
    click.echo(f"{verdict.records} records, chain whole, head {verdict.head}")


@audit.command("seal")
def seal() -> None:
    """Hash the access records since the last seal into the chain."""
    with transaction():
        sealed = seal_access_log()
    click.echo(f"{sealed} access records sealed")

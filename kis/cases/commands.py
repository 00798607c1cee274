"""flask search …"""

import click
from flask.cli import AppGroup

from kis.cases.name_parts import rebuild, wrong_cases

search = AppGroup("search", help="The parts of names by which cases are found.")


@search.command("check")
def check() -> None:
    """Compare all parts with the names; exit 1 if a case could be missed."""
    wrong = list(wrong_cases())
    if wrong:
        raise click.ClickException(
            f"{len(wrong)} cases are out of step, the first is case {wrong[0]}: run flask search rebuild."
        )
    click.echo("Every name is found by each of its parts.")


@search.command("rebuild")
def rebuild_parts() -> None:
    """Make all parts anew from the names."""
    click.echo(f"{rebuild()} cases with names")

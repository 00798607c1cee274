"""flask letters …"""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from kis.core.extensions import db
from kis.letters.models import Letter

letters = AppGroup("letters", help="Issued letters.")


@letters.command("verify")
@click.argument("numbers", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every letter that has its PDF.")
def verify(numbers: tuple[str, ...], everything: bool) -> None:
    """Compare stored letters with the register and check their signatures; exit 1 if any was changed."""
    # pyHanko comes in with it, which the web process has no use for.
    from kis.letters.integrity import fault_of, stored_letters

    if bool(numbers) == everything:
        raise click.UsageError("Name letters by their numbers, or say --all.")
    checked = faulty = 0
    for letter in stored_letters() if everything else [named(number) for number in numbers]:
        fault = fault_of(letter)
        checked, faulty = checked + 1, faulty + bool(fault)
        if fault:
            click.echo(f"{letter.number}: {fault}")
    if faulty:
        raise click.ClickException(f"{faulty} of {checked} letters are not as they were issued.")
    click.echo(f"{checked} letters are as they were issued.")


def named(number: str) -> Letter:
    letter = db.session.scalar(select(Letter).where(Letter.number == number))
    if letter is None or not letter.is_ready:
        raise click.UsageError(f"There is no letter {number}, or it has no PDF yet.")
    return letter

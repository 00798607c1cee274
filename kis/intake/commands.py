"""flask intake import: dossier files from the shell, each in a transaction of its own."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.operations import act_as
from kis.cases.states import STATE_LABELS
from kis.core.access import Permission, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.language import current_language
from kis.core.refusals import NotFound, Refusal
from kis.intake.examination import MAX_BYTES, PROCEDURE, Examination, examine_file, too_large
from kis.intake.operations import register
from kis.intake.queries import Duplicate, duplicates_of
from kis.offices.models import Office
from kis.offices.queries import office_by_code

intake = AppGroup("intake", help="Applications that come in.")


@intake.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--office", "code", required=True, help="Code of the office that registers; it wins over the files'."
)
@click.option(
    "--as", "name", required=True, help="Account that registers; it needs the permission in that office."
)
@click.option(
    "--accept-duplicates", is_flag=True, help="Register also what looks like an application already there."
)
def import_files(files: tuple[Path, ...], code: str, name: str, accept_duplicates: bool) -> None:
    """Register the dossiers of FILES; print each receipt number, or each error with its place.

    A bad file stops no other; the exit code is 1 if any was bad.
    """
    account, office = account_named(name), office_of_code(code)
    viewer = viewer_of(account)
    office_id, account_language = office.id, account.language
    if not viewer.can(Permission.CASE_REGISTER, office_id):
        raise click.UsageError(f"{name} may not register applications at {code}.")
    db.session.rollback()
    with force_locale(account_language):
        good = [imported(path, office_id, viewer, accept_duplicates) for path in files]
    if not all(good):
        raise SystemExit(1)


def account_named(name: str) -> Account:
    account = db.session.scalar(select(Account).where(Account.name == name, Account.active))
    if account is None:
        raise click.UsageError(f"There is no active account {name}.")
    return account


def office_of_code(code: str) -> Office:
    try:
        return office_by_code(code)
    except NotFound as error:
        raise click.UsageError(f"There is no office {code}.") from error


def imported(path: Path, office_id: int, viewer: Viewer, accept_duplicates: bool) -> bool:
    """Register one file, or say why not; whether it was registered."""
    try:
        with transaction():
            act_as(viewer)
            lines = list(registered(path, office_id, viewer, accept_duplicates))
    except Refusal as refusal:
        lines, done = [refusal.message], False
    else:
        done = True
    for line in lines:
        click.echo(f"{path}: {line}", err=not done)
    return done


def registered(path: Path, office_id: int, viewer: Viewer, accept_duplicates: bool) -> Iterator[str]:
    """The lines to print, the receipt number last; raises Refusal, which undoes the file."""
    office = db.session.get_one(Office, office_id)
    found = examination_of(path, office)
    if found.problems:
        raise Refusal("\n  ".join(located(problem.place, problem.reason) for problem in found.problems))
    yield from (notice.sentence for notice in found.notices)
    yield from (located(c.place, c.message.in_language(current_language())) for c in found.contradictions)
    twins = [duplicate_in_words(duplicate) for duplicate in duplicates_of(found.dossier, viewer)]
    if twins and not accept_duplicates:
        advice = _("Not registered. Repeat with --accept-duplicates to register it all the same.")
        raise Refusal("\n  ".join([*twins, advice]))
    yield from twins
    yield register(found.given, PROCEDURE, office, viewer, source="command").number


def examination_of(path: Path, office: Office) -> Examination:
    """A file is not even read when it is larger than any dossier."""
    if path.stat().st_size > MAX_BYTES:
        return Examination({}, problems=(too_large(),))
    return examine_file(path.read_bytes(), PROCEDURE, office)


def located(place: str, reason: str) -> str:
    return f"{place}: {reason}" if place else reason


def duplicate_in_words(duplicate: Duplicate) -> str:
    """Of another office's case no number: only that it exists, its category, state and office."""
    case = duplicate.case
    if duplicate.closed:
        return _("A restricted case may be of the same person. Ask the supervisor before you register.")
    return _(
        "Likely duplicate: %(number)s (%(category)s, %(state)s, %(office)s).",
        number=case.number if duplicate.readable else _("a case of another office"),
        category=case.category,
        state=STATE_LABELS[case.state],
        office=case.office.in_language(current_language()),
    )

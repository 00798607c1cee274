"""Commands: flask serve, flask worker, flask demo, and those of the features."""

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app

from config import ROOT
from kis.accounts import demo as demo_accounts
from kis.accounts.commands import account
from kis.audit.commands import audit
from kis.cases import name_parts
from kis.cases.commands import search
from kis.core import jobs
from kis.core.database import transaction
from kis.core.extensions import db
from kis.decisions.commands import approval_line
from kis.desk.commands import demo
from kis.desk.demo import load_demo
from kis.figures.operations import load_reference_figures
from kis.intake.commands import intake
from kis.letters.commands import letters
from kis.offices.operations import load_reference_data
from kis.oversight.commands import background_jobs
from kis.precheck.commands import precheck

if TYPE_CHECKING:
    from flask_migrate import Migrate


@click.command("worker")
def worker() -> None:
    """Do background work until told to stop."""
    # Warm from the start: a library or certificate that is missing is found here, not in a letter.
    from kis.letters.pressroom import WARM, pressroom

    pressroom().make(WARM)
    jobs.prepare_queue()
    jobs.sweep()
    current_app.extensions["queue"].create_consumer(workers=1, worker_type="thread", initial_delay=0.05).run()


@click.command("prepare")
def prepare() -> None:
    """Bring the database to the present schema and load the reference data; repeat after each update."""
    from flask_migrate import upgrade

    upgrade()
    jobs.prepare_queue()
    with transaction():
        load_reference_data()
        load_reference_figures()
    if name_parts.never_built():
        name_parts.rebuild()


@click.command("serve")
@click.option("--port", default=5000, show_default=True)
@click.pass_context
def serve(context: click.Context, port: int) -> None:
    """Prepare the database, load demo data where allowed, and run web process and worker together."""
    context.invoke(prepare)
    if current_app.config["DEMO"]:
        load_demo()
    announce(port)
    web = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
           "--log-level", "warning", "app:app"]  # fmt: skip
    run_together(web, [sys.executable, "-m", "flask", "worker"])


def announce(port: int) -> None:
    click.echo(f"\nKIS Permanent Residence Desk: http://127.0.0.1:{port}\n")
    if current_app.config["DEMO"]:
        click.echo(f"Demo accounts (invented people), password {demo_accounts.PASSWORD}:")
        for person in demo_accounts.ACCOUNTS:
            click.echo(
                f"  {person.name:<14} {person.role:<14} {person.office or 'whole service':<16} {person.full_name_latin}"
            )
    click.echo("\nStop with Ctrl-C.", nl=True)


def run_together(*commands: list[str]) -> None:
    """Run the commands until one ends or a signal comes; then end them all."""
    processes = [subprocess.Popen(command, cwd=ROOT) for command in commands]  # noqa: S603

    def end(*_: object) -> None:
        for process in processes:
            process.terminate()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    first_to_end(processes)
    end()
    for process in processes:
        process.wait(timeout=20)


def first_to_end(processes: list[subprocess.Popen[bytes]]) -> None:
    while True:
        for process in processes:
            try:
                process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
            return


COMMANDS = (
    account,
    approval_line,
    audit,
    demo,
    background_jobs,
    intake,
    letters,
    precheck,
    prepare,
    search,
    serve,
    worker,
)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
    if "FLASK_RUN_FROM_CLI" in os.environ:
        migrations_of(app)


def migrations_of(app: Flask) -> "Migrate":
    """Make `flask db` and `prepare` work. Alembic takes memory for which the web process has no use."""
    from flask_migrate import Migrate

    return Migrate(app, db, directory=str(ROOT / "migrations"))

"""Commands: flask audit, flask worker, flask demo, …"""

import click
from flask import Flask, current_app

from kis.audit.commands import audit
from kis.core import jobs


@click.command("worker")
def worker() -> None:
    """Do background work until told to stop."""
    jobs.sweep()
    current_app.extensions["queue"].create_consumer(workers=1, worker_type="thread", initial_delay=0.05).run()


COMMANDS = (audit, worker)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)

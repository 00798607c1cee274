"""flask demo …"""

import click
from flask.cli import AppGroup

from kis.core.refusals import Refusal
from kis.desk.scale import Scale
from kis.desk.scale import load as load_scale

demo = AppGroup("demo", help="Invented cases to try the system out with; never in production.")


@demo.command("load")
@click.option("--cases", type=click.IntRange(1, 5_000_000), required=True, help="How many cases.")
@click.option(
    "--offices",
    type=click.IntRange(1, 99),
    default=60,
    show_default=True,
    help="Spread over so many offices.",
)
@click.option(
    "--officers", type=click.IntRange(4), default=600, show_default=True, help="Worked on by so many people."
)
@click.option(
    "--seed", type=click.IntRange(0, 99), default=0, show_default=True, help="What all is drawn from."
)
def load(cases: int, offices: int, officers: int, seed: int) -> None:
    """Load invented cases with their documents, runs and events, and the offices and people they need."""
    try:
        load_scale(Scale(cases, offices, officers, seed), click.echo)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal

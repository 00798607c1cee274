"""Pages of the reference figures."""

from itertools import groupby

from flask import Blueprint, Response, render_template

from kis.core.access import Permission, current_viewer, requires
from kis.figures import queries, words
from kis.figures.export import FIGURE_COLUMNS, MEMBERSHIP_COLUMNS, as_csv

blueprint = Blueprint("figures", __name__, url_prefix="/figures")


@blueprint.get("/")
@requires(Permission.FIGURE_READ)
def show_figures() -> str:
    found = queries.figures(current_viewer())
    kinds = [(kind, list(rows)) for kind, rows in groupby(found, key=lambda row: row.figure)]
    return render_template("figures/figures.html", kinds=kinds, words=words)


@blueprint.get("/apostille")
@requires(Permission.FIGURE_READ)
def show_apostille() -> str:
    return render_template(
        "figures/apostille.html", memberships=queries.memberships(current_viewer()), words=words
    )


@blueprint.get("/figures.csv")
@requires(Permission.FIGURE_READ)
def download_figures() -> Response:
    return csv_file("figures.csv", as_csv(queries.figures(current_viewer()), FIGURE_COLUMNS))


@blueprint.get("/apostille.csv")
@requires(Permission.FIGURE_READ)
def download_apostille() -> Response:
    return csv_file("apostille.csv", as_csv(queries.memberships(current_viewer()), MEMBERSHIP_COLUMNS))


def csv_file(name: str, content: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(content, mimetype="text/csv", headers=headers)

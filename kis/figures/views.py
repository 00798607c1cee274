"""Pages of the reference figures."""

from itertools import groupby

from flask import Blueprint, Response, render_template

from kis.core.access import Permission, current_viewer, requires
from kis.figures import queries, words
from kis.figures.export import as_csv
from kis.figures.subjects import APOSTILLE, EMBASSY, FIGURE

blueprint = Blueprint("figures", __name__, url_prefix="/figures")


@blueprint.context_processor
def shared() -> dict[str, object]:
    """What every page of the blueprint shows."""
    viewer = current_viewer()
    waiting = queries.waiting(viewer) if viewer.can(Permission.FIGURE_READ) else 0
    return {"words": words, "waiting": waiting, "can_edit": viewer.can(Permission.FIGURE_EDIT)}


@blueprint.get("/")
@requires(Permission.FIGURE_READ)
def show_figures() -> str:
    found = queries.figures(current_viewer())
    kinds = [(kind, list(rows)) for kind, rows in groupby(found, key=lambda row: row.figure)]
    return render_template("figures/figures.html", kinds=kinds)


@blueprint.get("/apostille")
@requires(Permission.FIGURE_READ)
def show_apostille() -> str:
    return render_template("figures/apostille.html", memberships=queries.memberships(current_viewer()))


@blueprint.get("/embassies")
@requires(Permission.FIGURE_READ)
def show_embassies() -> str:
    return render_template("figures/embassies.html", embassies=queries.embassies(current_viewer()))


@blueprint.get("/figures.csv")
@requires(Permission.FIGURE_READ)
def download_figures() -> Response:
    return csv_file("figures.csv", as_csv(queries.figures(current_viewer()), FIGURE.columns))


@blueprint.get("/apostille.csv")
@requires(Permission.FIGURE_READ)
def download_apostille() -> Response:
    return csv_file("apostille.csv", as_csv(queries.memberships(current_viewer()), APOSTILLE.columns))


@blueprint.get("/embassies.csv")
@requires(Permission.FIGURE_READ)
def download_embassies() -> Response:
    return csv_file("embassies.csv", as_csv(queries.embassies(current_viewer()), EMBASSY.columns))


def csv_file(name: str, content: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(content, mimetype="text/csv", headers=headers)

"""The workload board."""

from flask import render_template

from kis.casework.board import board
from kis.casework.views import blueprint
from kis.core.access import Permission, current_viewer, requires
from kis.offices.queries import offices_of


@blueprint.get("/workload")
@requires(Permission.CASE_ASSIGN)
def show_board() -> str:
    viewer = current_viewer()
    names = {office.id: office for office in offices_of(viewer, Permission.CASE_ASSIGN)}
    return render_template("casework/board.html", boards=board(viewer), offices=names)

"""The search: one box in the bar of every page, and a form with all that may be known."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kis.audit.models import LONGEST_TASK
from kis.audit.operations import log_access
from kis.cases.search import Criteria, search
from kis.core.access import Permission, Viewer, current_viewer, requires
from kis.core.forms import posted_text
from kis.core.refusals import Invalid
from kis.desk.rows import lines
from kis.desk.sealed_search import Search, opened, sealed
from kis.desk.search_bounds import SEARCH, is_over_bound, require_patience
from kis.desk.search_forms import MIN_REASON, NUMBERS, PLAIN, SearchForm, birth_date_of, read_box, sound
from kis.desk.views import blueprint


@blueprint.get("/search")
@requires(Permission.CASE_READ)
def search_form() -> str:
    return search_page(SearchForm(current_viewer().must_state_reason, formdata=None))


@blueprint.post("/search")
@requires(Permission.CASE_READ)
def start_search() -> Response | str | tuple[str, int]:
    """From the box or the form to the address of the results, which holds the search sealed."""
    viewer = current_viewer()
    if "q" in request.form:
        return search_from_box(viewer)
    form = SearchForm(viewer.must_state_reason)
    if not form.validate():
        return search_page(form), 422
    try:
        criteria = sound(form.criteria())
    except Invalid as refusal:
        form.form_errors.append(refusal.message)
        return search_page(form), 422
    return to_results(Search(criteria, form.reason.data if form.asks_reason else ""), viewer)


def search_from_box(viewer: Viewer) -> Response | tuple[str, int]:
    """Straight to a case that a number names; an account over its bound is told by the page of results."""
    typed = read_box(posted_text("q"))
    must_wait = typed.points_at_few and is_over_bound(viewer)
    criteria = typed if must_wait else or_birth_date(typed, viewer)
    if viewer.must_state_reason and criteria.is_personal:
        form = SearchForm(True, formdata=None, data=known(criteria))
        form.reason.errors = [_("Write a reason of at least %(count)s characters.", count=MIN_REASON)]
        return search_page(form), 422
    if criteria.points_at_few and not criteria.birth_date and not must_wait:
        log_access(task_of(criteria))
        found = search(criteria, viewer).rows
        if len(found) == 1:
            return redirect(url_for("desk.case_page", number=found[0].number), 303)
    return to_results(Search(criteria), viewer)


def or_birth_date(criteria: Criteria, viewer: Viewer) -> Criteria:
    """The criteria; or the birth date that six digits spell, where no receipt number ends in them."""
    born = birth_date_of(criteria.receipt)
    if born is None or search(criteria, viewer).rows:
        return criteria
    flash(
        _("No receipt number ends in %(digits)s. It is read as a date of birth.", digits=criteria.receipt),
        "info",
    )
    return Criteria(birth_date=born)


def to_results(asked: Search, viewer: Viewer) -> Response:
    return redirect(results_address(asked, viewer), 303)


def results_address(asked: Search, viewer: Viewer) -> str:
    return url_for("desk.search_results", token=sealed(asked, viewer.account_id))


@blueprint.get("/search/<token>")
@requires(Permission.CASE_READ)
def search_results(token: str) -> str:
    viewer = current_viewer()
    asked = opened(token, viewer.account_id)
    criteria = asked.criteria
    require_patience(viewer)
    log_access(task_of(criteria), reason=asked.reason or None)
    page = search(criteria, viewer, asked.after, asked.before)
    form = SearchForm(
        viewer.must_state_reason, formdata=None, data=known(criteria) | {"reason": asked.reason}
    )
    return search_page(
        form,
        found=lines(page.rows),
        hidden_numbers=[form[name].label.text for name, index in NUMBERS.items() if getattr(criteria, index)],
        newer=results_address(replace(asked, after=None, before=page.newer), viewer) if page.newer else None,
        older=results_address(replace(asked, after=page.older, before=None), viewer) if page.older else None,
    )


def task_of(criteria: Criteria) -> str:
    """What the access log says of a search: which kinds of facts were looked for, never the facts.

    Those of the person first: they fit in always, of the others as many as the log has room for.
    """
    asked = [name.split("_")[0] for name in (*NUMBERS.values(), *PLAIN) if getattr(criteria, name)]
    task = SEARCH + "+".join(dict.fromkeys(asked))
    return task if len(task) <= LONGEST_TASK else task[: LONGEST_TASK + 1].rpartition("+")[0]


def known(criteria: Criteria) -> dict[str, object]:
    return {name: getattr(criteria, name) for name in PLAIN}


def search_page(form: SearchForm, **results: object) -> str:
    shows_names = not current_viewer().must_state_reason
    return render_template("desk/search.html", form=form, shows_names=shows_names, **results)


@blueprint.app_context_processor
def search_words() -> dict[str, object]:
    return {"may_search": may_search}


def may_search() -> bool:
    return current_viewer().can(Permission.CASE_READ)

"""create_app: the one place where the parts come together."""

from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, settings
from kis import cli
from kis.core import access, addresses, headers, jobs, language, static_files, web
from kis.core.database import check_locale
from kis.core.extensions import csrf, db, login_manager

# Every feature with pages; models come in with them.
FEATURES = (
    "offices",
    "accounts",
    "figures",
    "letters",
    "precheck",
    "casework",
    "decisions",
    "quality",
    "intake",
    "desk",
    "statistics",
    "oversight",
)
# Modules that add pages to the blueprint of their feature.
FEATURE_PAGES = (
    "accounts.administration",
    "figures.proposal_views",
    "casework.allocation_views",
    "casework.board_views",
    "casework.bulk_views",
    "casework.restriction_views",
    "casework.staff_views",
    "letters.delivery_views",
    "letters.correction_views",
    "letters.paragraph_views",
    "letters.printout_views",
    "letters.register_views",
    "decisions.reissue_views",
    "letters.verification_views",
    "precheck.figure_views",
    "casework.transfer_views",
    "desk.account_views",
    "desk.case_views",
    "desk.conflict_views",
    "desk.facts",
    "desk.file_views",
    "desk.documents",
    "desk.filter_views",
    "desk.queue_views",
    "desk.search_views",
    "desk.step_views",
    "desk.teamwork_views",
    "desk.what_if",
    "oversight.job_views",
)
# Kind of background job: "module:function" that takes the subject's id. Imported by workers only.
JOB_HANDLERS = {
    "casework.allocate": "kis.casework.allocation:allocate_all",
    "letters.printout": "kis.letters.binding:make",
    "letter.render": "kis.decisions.jobs:render_and_close",
    "figures.plan": "kis.precheck.rechecking:plan",
    "figures.recheck": "kis.precheck.rechecking:work",
    "statistics.count": "kis.statistics.counting:recount",
    "clock.recount": "kis.cases.recounting:recount_office",
}
HOURLY = (
    "kis.casework.standing_in:carry_out_absences",
    "kis.casework.handing_over:release_left_behind",
    "kis.casework.restricting:name_successors",
    "kis.quality.operations:draw_last_month",
    "kis.audit.operations:seal_access_log",
    "kis.cases.presence:leave_stale",
    "kis.casework.overdue:mark_overdue",
    "kis.casework.overdue:remind_ahead",
    "kis.statistics.counting:refresh",
    "kis.oversight.files:sweep_files",
    "kis.letters.printing:let_go",
    "kis.letters.verification:forget_misses",
)


def create_app(changes: dict[str, Any] | None = None) -> Flask:
    """The application, with `changes` over the settings of the environment."""
    app = web.Application(
        "kis",
        root_path=str(ROOT / "kis"),
        template_folder=str(ROOT / "templates"),
        static_url_path=f"/static/{static_files.version(ROOT / 'kis' / 'static')}",
    )
    app.config.from_mapping(settings() | (changes or {}))
    app.config["VAR"].mkdir(parents=True, exist_ok=True)
    bind_extensions(app)
    for part in (addresses, headers, access, language, web):
        part.init_app(app)
    jobs.init_app(app, JOB_HANDLERS, HOURLY)
    for pages in FEATURE_PAGES:
        import_module(f"kis.{pages}")
    for feature in FEATURES:
        app.register_blueprint(import_module(f"kis.{feature}.views").blueprint)
    cli.init_app(app)
    trust_proxies(app)
    with app.app_context():
        check_locale()
    return app


def bind_extensions(app: Flask) -> None:
    db.init_app(app)
    login_manager.init_app(app)
    csrf.init_app(app)


def trust_proxies(app: Flask) -> None:
    """Take the client's address from X-Forwarded-For only behind the given number of proxies."""
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]

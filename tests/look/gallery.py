"""A small application which shows every component, with invented cases and without a database."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Flask, Response, flash, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from kis.core import headers, language
from kis.core.extensions import csrf
from kis.desk.teamwork_views import Waiting
from tests.look import scans
from tests.look.gallery_forms import FactsForm, SignInForm

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
OUTCOMES = ("met", "not_met", "exempt", "review", "unknown")
STATES = (
    ("received", "Received"),
    ("in_review", "In review"),
    ("recommended", "Awaiting decision"),
    ("decided", "Decided"),
)
PEOPLE = ("NGUYEN Thi Hoa", "김영희", "WANG Xiuying", "PETROV Sergei", "SANTOS Maria Clara Dela Cruz", "李明")
CATEGORIES = ("F-5-1", "F-5-2", "F-5-9", "F-5-10", "F-5-16")
AREAS = (
    ("eligibility", "Eligibility", "met", "3 criteria"),
    ("conduct", "Conduct", "not_met", "5 criteria, 1 not met"),
    ("livelihood", "Livelihood", "review", "4 criteria, 1 to review"),
    ("competency", "Basic competency", "exempt", "1 criterion"),
    ("criminal_record", "Overseas criminal record", "unknown", "2 criteria"),
    ("documents", "Documents", "met", "17 criteria"),
)
DOCUMENTS = (
    ("①", "Integrated Application Form", True, True, "2026-10-20"),
    ("②", "Passport", True, True, "2026-10-20"),
    ("③", "Alien Registration Card", True, True, "2026-10-20"),
    ("④", "Document proving place of stay", True, False, "2026-09-02"),
    ("⑤", "Overseas Criminal Record Certificate", True, False, "2026-03-11"),
    ("⑦", "Official documents related to tax payment for national and local taxes", False, False, ""),
    ("⑧", "Certificate of Income Amount", True, False, ""),
    ("", "Copy of degree certificate or technical qualification certificate", True, False, ""),
)

blueprint = Blueprint("gallery", __name__)
desk = Blueprint("desk", __name__)
accounts = Blueprint("accounts", __name__)


def queue_rows(count: int = 40) -> list[SimpleNamespace]:
    return [queue_row(number) for number in range(count)]


def queue_row(number: int) -> SimpleNamespace:
    return SimpleNamespace(
        number=f"SEO-2026-{number * 37 + 1204:06d}",
        applicant=PEOPLE[number % len(PEOPLE)],
        category=CATEGORIES[number % len(CATEGORIES)],
        state=STATES[number % len(STATES)],
        outcome=OUTCOMES[number % len(OUTCOMES)],
        received=TODAY - timedelta(days=90 - number),
        due=TODAY + timedelta(days=number - 4),
        paused=number % 4 == 2,
        assignee="박지훈" if number % 3 else "",
        note="Certificate of income requested from the applicant",
    )


@blueprint.context_processor
def sample() -> dict[str, Any]:
    now = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    return {
        "today": TODAY,
        "now": now,
        "outcomes": OUTCOMES,
        "states": STATES,
        "areas": AREAS,
        "documents": DOCUMENTS,
        "cases": queue_rows(),
    }


@blueprint.route("/review/<name>")
def review(name: str) -> str:
    kind = "pdf" if name.startswith("pdf") else "image"
    return render_template("review.html", scan=name, kind=kind)


@blueprint.route("/<any(components, queue, case, checklist):name>")
def page(name: str) -> str:
    if name == "components":
        flash("The dossier was saved as revision 4.", "success")
    return render_template(f"{name}.html")


@blueprint.route("/form", methods=["GET", "POST"])
def form() -> str | tuple[str, int]:
    facts = FactsForm()
    if "add-row" in request.form:
        facts[request.form["add-row"]].append_entry()
        return render_template("form.html", form=facts)
    if "remove-row" in request.form:
        remove_row(facts, request.form["remove-row"])
        return render_template("form.html", form=facts)
    valid = facts.validate_on_submit()
    return render_template("form.html", form=facts), 200 if valid or request.method == "GET" else 422


def remove_row(facts: FactsForm, name: str) -> None:
    entries = facts[name.rpartition("-")[0]].entries
    entries[:] = [entry for entry in entries if entry.name != name]


@blueprint.route("/sign-in")
def sign_in() -> str:
    return render_template("sign_in.html", form=SignInForm(), nobody=True)


@blueprint.route("/error/<int:status>")
def error(status: int) -> tuple[str, int]:
    message = "Somebody else saved this case a moment ago. Nothing was lost: load the page again and compare."
    template = "errors/partial.html" if "HX-Request" in request.headers else "errors/error.html"
    written = (
        ["The applicant called: the lease is extended.\nThe contract follows by mail."]
        if status < 500
        else []
    )
    return render_template(
        template, status=status, message=message, reference="5f2c9a10be44", written=written
    ), status


@blueprint.route("/scan/<name>")
def scan(name: str) -> Response:
    content, media_type = scans.KINDS[name]()
    return Response(content, mimetype=media_type)


@desk.route("/")
def start() -> str:
    return render_template("queue.html", **sample())


@desk.post("/search")
def start_search() -> str:
    return ""


@desk.route("/search")
def search_form() -> str:
    return ""


@desk.route("/reminders")
def my_reminders() -> str:
    return ""


@desk.route("/mentions")
def mentions() -> str:
    return ""


@accounts.route("/account")
def own_account() -> str:
    return ""


@accounts.post("/language")
def change_language() -> str:
    return ""


@accounts.post("/sign-out")
def sign_out() -> str:
    return ""


def navigation() -> dict[str, list[dict[str, Any]]]:
    links = [
        {"label": "My cases", "url": "/queue", "active": request.path != "/form"},
        {"label": "Unassigned", "url": "/case", "active": False},
        {"label": "Register", "url": "/form", "active": request.path == "/form"},
        {"label": "Reference figures", "url": "/components", "active": False},
    ]
    return {"in_sight": links[:3], "more": links[3:]}


def posting() -> str:
    return "서울남부출입국·외국인사무소 · 심사관"


def person() -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, account=SimpleNamespace(named="박지훈"))


def create_gallery() -> Flask:
    app = Flask("gallery", root_path=str(ROOT / "kis"), template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="gallery", TESTING=True, SEND_FILE_MAX_AGE_DEFAULT=3600)
    pages = FileSystemLoader(Path(__file__).with_name("pages"))
    app.jinja_loader = ChoiceLoader([pages, FileSystemLoader(ROOT / "templates")])
    app.jinja_env.undefined = StrictUndefined
    language.init_app(app)
    headers.init_app(app)
    csrf.init_app(app)
    frame = {
        "current_user": person(),
        "navigation": navigation,
        "account_posting": posting,
        "may_search": lambda: True,
        "reads_cases": lambda: True,
        "waiting_for_me": lambda: Waiting(reminders=2),
    }
    app.context_processor(lambda: frame)
    for each in (blueprint, desk, accounts):
        app.register_blueprint(each)
    return app

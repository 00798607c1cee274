"""Every argument of an address and every field of a form, with values on the boundaries: never a failure, never markup."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from kis.core.access import Role
from tests.robustness.conftest import Office, address_of, is_open_to, rules_of
from tests.robustness.corpus import NEVER_SHOWN, VALUES, WHOLE_NUMBERS
from tests.robustness.pages import Form, forms_of

# Names of arguments behind the question mark; a page that reads another one adds it here.
QUERY_NAMES = (
    "after", "before", "next", "draft", "year", "category", "state", "assignee", "outcome", "language",
    "person", "action", "case", "since", "until",
)  # fmt: skip
ASKING = (Role.OFFICER, Role.SUPERVISOR, Role.RECEPTION, Role.HEADQUARTERS, Role.AUDITOR, Role.ADMINISTRATOR)
# Values that are put into all fields of a form at once.
EVERYWHERE = (
    "NUL",
    "lone surrogate",
    "superscript digit",
    "2^63",
    "script",
    "ten kilobytes",
    "first day",
    "overflow",
)
READS_ITS_QUERY = {"desk.queue", "desk.history", "precheck.show_comparison"}
NUMBER = re.compile(r"\d+")
ENDS_THE_SESSION = {"accounts.sign_out", "accounts.own_account"}


def quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def complaint(browser: FlaskClient, address: str, **request: Any) -> str | None:
    """What is wrong with the answer: a failure, or the value shown as markup."""
    try:
        answer = browser.open(address, **request)
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {str(error)[:300]}"
    page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    shown = [value for value in NEVER_SHOWN if value in page]
    headers = [name for name in answer.headers if name == "X-Probe"]
    if answer.status_code >= 500 or shown or headers:
        return f"{answer.status_code} {shown} {headers}"
    return None


def told(complaints: dict[str, str | None]) -> str:
    return "\n".join(f"{place[:200]}: {wrong}" for place, wrong in complaints.items() if wrong)


def test_no_argument_of_an_address_makes_a_page_fail(app: Flask, seoul: Office, sign_in: Any) -> None:
    """Each address is asked for by one of those to whom it is open."""
    browsers, found = {role: sign_in(seoul.people[role]) for role in Role}, {}
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            if rule.endpoint not in ENDS_THE_SESSION:
                role = next(each for each in ASKING if is_open_to(app, rule, each))
                found |= {
                    f"{method} {address}": complaint(browsers[role], address, method=method)
                    for address in odd_addresses(rule, seoul)
                }
    assert not any(found.values()), told(found)
    assert len(found) > 300


def odd_addresses(rule: Rule, office: Office) -> Iterator[str]:
    """The rule's address with each argument in turn odd, and with odd arguments behind the question mark."""
    samples = office.samples()
    for argument in sorted(rule.arguments):
        for value in values_for(rule, argument):
            yield address_of(rule, samples | {argument: quoted(value)})
    if reads_its_query(rule):
        for value in VALUES.values():
            query = "&".join(f"{name}={quoted(value)}" for name in QUERY_NAMES)
            yield f"{address_of(rule, samples)}?{query}"


def values_for(rule: Rule, argument: str) -> list[str]:
    """All whole numbers for a whole number; for a name a few texts, others at each rule."""
    if isinstance(rule._converters[argument], IntegerConverter):  # noqa: SLF001
        return list(WHOLE_NUMBERS.values())[:-1]
    texts = [value for value in VALUES.values() if len(value) < 5_000]
    start = len(rule.rule) % len(texts)
    return ["a\x00b", *(texts + texts)[start : start + 5]]


def reads_its_query(rule: Rule) -> bool:
    """Pages of a list, and the others that take something behind the question mark."""
    return "GET" in (rule.methods or ()) and (not rule.arguments or rule.endpoint in READS_ITS_QUERY)


def test_no_field_of_a_form_makes_a_page_fail(app: Flask, seoul: Office, sign_in: Any) -> None:
    """Each form is sent by the first who is offered it, those of rows for one row."""
    known: set[tuple[str, ...]] = set()
    found = {}
    for role in ASKING:
        browser = sign_in(seoul.people[role])
        for form in offered_forms(app, browser, seoul, role):
            key = (NUMBER.sub("#", form.action), form.method, *sorted(form.values))
            if key not in known:
                known.add(key)
                for name, values in odd_sendings(form):
                    found[f"{form.method} {form.action} {name}"] = sent(browser, form, values)
    assert not any(found.values()), told(found)
    assert len(found) > 200


def offered_forms(app: Flask, browser: FlaskClient, office: Office, role: Role) -> list[Form]:
    """Every form of every page that is open to the role."""
    forms: list[Form] = []
    for rule in rules_of(app, "GET"):
        if not is_open_to(app, rule, role):
            continue
        address = address_of(rule, office.samples())
        page = browser.get(address)
        if page.mimetype == "text/html":
            forms += forms_of(page.get_data(as_text=True), address)
    return [form for form in forms if not form.action.endswith(("/sign-out", "/own-account"))]


def odd_sendings(form: Form) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each field in turn with an odd value; then all of them with some."""
    odd = cycle(VALUES.items())
    for name in form.values:
        label, value = next(odd)
        yield f"{name} {label}", form.values | {name: [value]}
    for label in EVERYWHERE:
        value = VALUES[label]
        kept = {name: form.values[name] for name in form.values if name in {"version", "based_on"}}
        yield f"all {label}", dict.fromkeys(form.values, [value]) | kept


def sent(browser: FlaskClient, form: Form, values: dict[str, list[str]]) -> str | None:
    pairs = [
        (name.encode(), value.encode("utf-8", "surrogatepass"))
        for name, many in values.items()
        for value in many
    ]
    if form.method == "GET":
        path, _, _query = form.action.partition("?")
        return complaint(browser, f"{path}?{urlencode(pairs)}")
    if form.files:
        files = {name: (BytesIO(b"%PDF-1.7 no"), "scan.pdf") for name in form.files}
        texts = {
            name: [value.encode("utf-8", "replace").decode() for value in many]
            for name, many in values.items()
        }
        return complaint(browser, form.action, method="POST", data=texts | files)
    return complaint(
        browser,
        form.action,
        method="POST",
        data=urlencode(pairs),
        content_type="application/x-www-form-urlencoded",
    )

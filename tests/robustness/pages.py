"""What a page offers to be sent: its forms with the values that stand in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NOT_SENT = {"submit", "button", "reset", "image"}


@dataclass
class Form:
    """A form as it stands: where it goes, and name to values (file fields apart)."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def put(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class FormReader(HTMLParser):
    """Collects the forms of a page, controls with form="…" among them."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.by_id = address, [], {}
        self.current: Form | None = None
        self.select: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open_form(given)
        elif tag == "option" and self.select and "value" in given:
            self.choose(given)
        elif given.get("name") and tag in {"input", "textarea", "select", "button"}:
            self.control(tag, given)

    def open_form(self, given: dict[str, str]) -> None:
        action = given.get("action") or self.address
        self.current = Form(action, given.get("method", "get").upper())
        self.forms.append(self.current)
        if "id" in given:
            self.by_id[given["id"]] = self.current

    def control(self, tag: str, given: dict[str, str]) -> None:
        form = self.by_id.get(given.get("form", ""), self.current)
        kind = given.get("type", "")
        if form is None or "disabled" in given:
            return
        if kind == "file":
            form.files.append(given["name"])
        elif tag == "select":
            self.select = form, given["name"]
            form.values.setdefault(given["name"], [""])
        elif kind not in NOT_SENT and (kind not in {"checkbox", "radio"} or "checked" in given):
            form.put(given["name"], given.get("value", ""))
        elif kind in {"checkbox", "radio"} or tag == "button":
            form.values.setdefault(given["name"], [])

    def choose(self, given: dict[str, str]) -> None:
        form, name = self.select or (Form("", ""), "")
        if "selected" in given or form.values[name] == [""]:
            form.values[name] = [given["value"]]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None
        elif tag == "select":
            self.select = None


def forms_of(page: str, address: str) -> list[Form]:
    """All forms of a page that was got from the address."""
    reader = FormReader(address)
    reader.feed(page)
    return reader.forms

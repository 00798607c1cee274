"""A pre-check for others to read: one line of data, or a page of text."""

from typing import Any

from kis.rules.findings import Finding, PreCheck, area_label
from kis.rules.texts import Text

_WARNING = Text("Note", "참고")
_BASIS = Text("Basis", "근거")
_REMEDY = Text("What would settle it", "해결 방법")


def as_line(precheck: PreCheck, language: str = "en") -> dict[str, Any]:
    """The pre-check as one JSON object, its sentences in the language asked."""
    return {
        "reference": precheck.reference,
        "category": precheck.category,
        "edition": precheck.edition,
        "as_of": precheck.as_of,
        "overall": precheck.overall.value,
        "areas": {area: outcome.value for area, outcome in precheck.areas.items()},
        "criteria": [_criterion(finding, language) for finding in precheck.criteria],
        "figures": [figure.to_json() for figure in precheck.figures],
        "warnings": [warning.in_language(language) for warning in precheck.warnings],
    }


def _criterion(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "id": finding.id,
        "area": finding.area,
        "outcome": finding.outcome.value,
        "finding": finding.finding.in_language(language),
        "basis": finding.basis._asdict(),
        "inputs": list(finding.inputs),
        "rule": finding.rule.in_language(language),
        "remedy": finding.remedy.in_language(language) if finding.remedy else None,
    }


def as_text(precheck: PreCheck, language: str = "en") -> str:
    """The pre-check as text for people."""
    head = f"{precheck.reference} {precheck.category} {precheck.as_of} ({precheck.edition})"
    lines = [f"{head}: {precheck.overall.label.in_language(language)}"]
    lines += [f"  {_WARNING.in_language(language)}: {one.in_language(language)}" for one in precheck.warnings]
    for area, outcome in precheck.areas.items():
        lines.append(f"{area_label(area).in_language(language)}: {outcome.label.in_language(language)}")
        for finding in precheck.criteria:
            if finding.area == area:
                lines += _lines(finding, language)
    return "\n".join(lines)


def _lines(finding: Finding, language: str) -> list[str]:
    outcome = finding.outcome.label.in_language(language)
    lines = [
        f"  [{outcome}] {finding.label.in_language(language)}: {finding.finding.in_language(language)}",
        f"      {_BASIS.in_language(language)}: {'; '.join(part for part in finding.basis if part)}",
    ]
    if finding.remedy:
        lines.append(f"      {_REMEDY.in_language(language)}: {finding.remedy.in_language(language)}")
    return lines

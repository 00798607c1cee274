"""A pre-check as plain text for people."""

from collections.abc import Iterator

from flask_babel import gettext as _

from kis.figures.words import figure_name
from kis.precheck.presentation import with_places
from kis.rules import Basis, Figure, Finding, PreCheck, area_label
from kis.rules.citations import citation


def as_text(precheck: PreCheck, language: str) -> str:
    """The whole pre-check, area by area, in the words of the language; ends in an empty line."""
    return "\n".join([*lines_of(precheck, language), ""])


def lines_of(precheck: PreCheck, language: str) -> Iterator[str]:
    yield _(
        "%(reference)s · %(category)s · as of %(day)s · edition %(edition)s",
        reference=precheck.reference or "–",
        category=precheck.category,
        day=precheck.as_of,
        edition=precheck.edition,
    )
    yield _("Overall: %(outcome)s", outcome=precheck.overall.label.in_language(language))
    for warning in precheck.warnings:
        yield f"! {warning.in_language(language)}"
    for area, outcome in precheck.areas.items():
        yield f"\n{area_label(area).in_language(language)}: {outcome.label.in_language(language)}"
        for finding in precheck.criteria:
            if finding.area == area:
                yield from finding_lines(finding, language)
    if precheck.figures:
        yield "\n" + _("Figures used:")
    for figure in precheck.figures:
        yield f"  {figure_line(figure)}"


def finding_lines(finding: Finding, language: str) -> Iterator[str]:
    yield f"  [{finding.outcome.label.in_language(language)}] {finding.label.in_language(language)} ({finding.id})"
    yield "      " + with_places(finding.finding.in_language(language))
    if finding.remedy:
        yield "      → " + with_places(finding.remedy.in_language(language))
    yield "      " + basis_line(finding.basis, language)


def basis_line(basis: Basis, language: str) -> str:
    """The section of the guide, and the article where one is named."""
    named = [basis.section, citation(basis.article)] if basis.article else [basis.section]
    return "; ".join(text.in_language(language) for text in named)


def figure_line(figure: Figure) -> str:
    values = {
        "figure": figure_name(figure.figure),
        "year": figure.year,
        "amount": f"{figure.amount_krw:,}",
        "day": figure.applies_from.isoformat(),
    }
    if figure.verified:
        return _("%(figure)s %(year)s: %(amount)s won, applies from %(day)s", **values)
    return _("%(figure)s %(year)s: %(amount)s won, applies from %(day)s, unverified", **values)

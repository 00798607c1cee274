"""Looking a dossier through before it is registered: what stands against it, and what the clerk should know."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kis.cases.identifiers import against_registration_number
from kis.core import clock
from kis.intake.notices import Notice, notices_of
from kis.intake.soundness import tidied, unsound
from kis.offices.models import Office
from kis.precheck.dossiers import InvalidDossier, Problem, parse, problems_of
from kis.rules import procedure as procedure_named
from kis.rules.contradictions import Contradiction, contradictions

# The one procedure there is so far.
PROCEDURE = "permanent-residence"
MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Examination:
    """A dossier as it came (`given`) and as it would be registered (`dossier`).

    With problems it is not registered; contradictions keep it a draft, for nothing passes on such facts.
    """

    dossier: dict[str, Any]
    given: Any = None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def examine_file(content: bytes, procedure: str, office: Office) -> Examination:
    """Look a file through; one that is no dossier at all has problems and an empty dossier."""
    if len(content) > MAX_BYTES:
        return Examination({}, problems=(too_large(),))
    try:
        given = parse(content)
    except InvalidDossier as error:
        return Examination({}, problems=tuple(error.problems))
    return examine(given, procedure, office)


def too_large() -> Problem:
    return Problem(
        "", _("The file is larger than %(limit)s MB, which no dossier is.", limit=MAX_BYTES // 1024 // 1024)
    )


def examine(given: Any, procedure: str, office: Office) -> Examination:
    """Look a dossier through, as it would be registered at the office."""
    dossier = tidied(given)
    problems = problems_with(dossier, procedure)
    if problems:
        return Examination({}, given, tuple(problems))
    return Examination(
        at_office(dossier, office),
        given,
        notices=tuple(notices_of(dossier, office)),
        contradictions=tuple(contradictions(dossier)),
    )


def problems_with(dossier: Any, procedure: str) -> list[Problem]:
    """Everything for which a dossier cannot be kept: of the first kind that is found."""
    return problems_of(dossier) or unsound(dossier) or unacceptable(dossier, procedure)


def unacceptable(dossier: dict[str, Any], procedure: str) -> list[Problem]:
    """What neither schema nor storage know: categories, days to come, numbers that nobody can have."""
    problems = []
    application, number = dossier["application"], dossier["applicant"].get("alien_registration_number")
    if application["category"] not in procedure_named(procedure).categories:
        problems.append(Problem("application.category", _("There is no such category.")))
    if date.fromisoformat(application["received_on"]) > clock.today():
        problems.append(Problem("application.received_on", _("The day of application lies in the future.")))
    reason = against_registration_number(number) if number else None
    if reason:
        problems.append(Problem("applicant.alien_registration_number", reason))
    return problems


def at_office(dossier: dict[str, Any], office: Office) -> dict[str, Any]:
    """The dossier with the office it is registered at, and without anybody's review marks."""
    placed = deepcopy(dossier)
    placed["application"]["office"] = office.code
    for mark in placed.get("documents", ()):
        mark.pop("reviewed", None)
    return placed

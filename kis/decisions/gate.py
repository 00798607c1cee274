"""What an outcome must agree with before it can be recommended or decided.

A refusal names every requirement that failed, with its legal basis (Administrative Procedures Act, article 23);
a permission leaves none failed, unless an officer departed from the finding with a reason.
"""

from collections.abc import Collection, Iterable, Sequence

from flask_babel import gettext as _

from kis.cases.models import Case
from kis.core.language import in_language
from kis.core.refusals import Invalid
from kis.decisions.reasons import grounds_of
from kis.precheck.effective import Effective, alternatives_come_to
from kis.precheck.queries import FailedCriterion, effective_outcomes, failed_criteria, latest_run
from kis.rules import Finding, Outcome

UNSETTLED = {Outcome.REVIEW, Outcome.UNKNOWN}


def against(case: Case, outcome: str, named: Collection[str] = ()) -> Sequence[FailedCriterion]:
    """The failed requirements that the outcome passes over; `named` are the criteria among its reasons."""
    if outcome == "granted":
        return against_granting(case)
    return [each for each in grounds_of(case) if each.finding.id not in named]


def against_granting(case: Case) -> Sequence[FailedCriterion]:
    """The failed criteria for which no alternative is met; one that is merely not established does not do."""
    outcomes, grounds = effective_outcomes(case), grounds_of(case)
    return [
        each
        for each in failed_criteria(case)
        if each in grounds or (outcomes and not is_settled_by_another(each.finding.id, outcomes))
    ]


def outdated(case: Case, named: Collection[str]) -> Sequence[Finding]:
    """Criteria among the reasons of a refusal that do not fail, or not any more."""
    run, failing = latest_run(case), {each.finding.id for each in grounds_of(case)}
    findings = run.precheck.criteria if run else ()
    return [finding for finding in findings if finding.id in named and finding.id not in failing]


def require_agreement(case: Case, outcome: str, named: Collection[str] = ()) -> None:
    """Raises Invalid, with every requirement that stands against the outcome by its name."""
    passed_over = against(case, outcome, named)
    if passed_over:
        raise Invalid(passing_over(outcome, labels(each.finding for each in passed_over)))
    if outcome == "refused" and (wrongly := outdated(case, named)):
        raise Invalid(
            _(
                "A refusal rests only on what fails. These reasons do not hold any more: %(criteria)s.",
                criteria=labels(wrongly),
            )
        )


def passing_over(outcome: str, criteria: str) -> str:
    if outcome == "granted":
        return _(
            "Not to be granted while these requirements are not met: %(criteria)s. "
            "Depart from the finding with a reason, or refuse.",
            criteria=criteria,
        )
    return _(
        "A refusal names every requirement that has failed. Missing among the reasons: %(criteria)s.",
        criteria=criteria,
    )


def unsettled(case: Case) -> Sequence[Finding]:
    """Criteria that a permission leaves to judgement or not established, unless an alternative carries them."""
    outcomes, run = effective_outcomes(case), latest_run(case)
    if outcomes is None or run is None:
        return []
    return [
        finding
        for finding in run.precheck.criteria
        if outcomes.criteria[finding.id] in UNSETTLED
        and outcomes.areas[finding.area] not in (Outcome.MET, Outcome.EXEMPT)
        and not is_settled_by_another(finding.id, outcomes)
    ]


def is_settled_by_another(criterion: str, outcomes: Effective) -> bool:
    """Whether an alternative of the criterion passes, so that nothing hangs on it."""
    return alternatives_come_to(criterion, outcomes) in (Outcome.MET, Outcome.EXEMPT)


def labels(findings: Iterable[Finding]) -> str:
    return ", ".join(f"“{in_language(finding.label)}”" for finding in findings)

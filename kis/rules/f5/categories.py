"""The categories of permanent residence: each lists its criteria and its standards."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from kis.rules.books import Category
from kis.rules.f5.competency import BASIC_COMPETENCY
from kis.rules.f5.conduct import CONDUCT
from kis.rules.f5.criminal_record import CERTIFICATE
from kis.rules.f5.documents import Paper, document_criteria
from kis.rules.f5.livelihood import Standard, carried
from kis.rules.f5.livelihood_criteria import livelihood_criteria
from kis.rules.f5.residents import GENERAL_RESIDENT, SINGLE_NATIONALITY
from kis.rules.findings import Criterion
from kis.rules.texts import Text


def with_livelihood(
    code: str,
    label: Text,
    eligibility: Sequence[Criterion],
    standard: Standard,
    routes: tuple[str, ...] = (),
    *,
    degree_required: bool = False,
) -> Category:
    """A category that asks for livelihood by a standard, and for all else as usual."""
    criteria = (
        *eligibility,
        SINGLE_NATIONALITY,
        *CONDUCT,
        *livelihood_criteria(standard, degree_required=degree_required),
        BASIC_COMPETENCY,
        CERTIFICATE,
        *document_criteria(Paper(standard, degree_required=degree_required)),
    )
    return Category(code, label, criteria, routes, {"livelihood": partial(carried, standard=standard)})


CATEGORIES: Final = (
    with_livelihood(
        "F-5-1",
        Text("General permanent resident", "일반 영주자"),
        GENERAL_RESIDENT,
        Standard(income=Decimal(2), assets=Decimal("1.5"), resident_training=True),
    ),
)

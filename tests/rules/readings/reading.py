"""A reading of the specification: a known dossier, what changes in it, and what must come out."""

from copy import deepcopy
from typing import Any, NamedTuple

from tests.rules.cases import ABSENT, Dossier, dossier, put

Facts = dict[str, Any]


class Reading(NamedTuple):
    """One case: why, the dossier it starts from, its changes by path, and the outcomes expected.

    A criterion or area that must be left out is expected as None.
    """

    why: str
    base: str
    changes: Facts
    expected: dict[str, str | None]

    def dossier(self) -> Dossier:
        """The dossier with its changes."""
        vector, *more = BASES[self.base]
        found = dossier(vector)
        for changes in (*more, self.changes):
            for path, value in changes.items():
                # A later change may reach inside an earlier one, which others start from as well.
                _change(found, path, value if value is ABSENT else deepcopy(value))
        return found


def _change(found: Dossier, path: str, value: Any) -> None:
    if path == "without":
        found["documents"] = [one for one in found["documents"] if one["code"] not in value]
    elif path == "with":
        found["documents"] += [{"code": code, "submitted": True, "reviewed": True} for code in value]
    elif path == "replaced":
        own = {one["code"]: one for one in value}
        found["documents"] = [own.get(one["code"], one) for one in found["documents"]]
    elif path == "status":
        put(found, "applicant.current_status", value)
    elif path == "since":
        status = found["applicant"].get("current_status")
        found["stays"] = [{"status": status, "from": value}]
    else:
        put(found, path, value)


def person(ref: str, **facts: Any) -> Facts:
    """A family member who has long lived with the applicant, unless said otherwise."""
    relation = facts.pop("relation", ref)
    known = {"ref": ref, "relation": relation, "co_resident_from": "2020-01-01", "shares_livelihood": True}
    return {name: fact for name, fact in {**known, **facts}.items() if fact is not ABSENT}


def income(amount: int, earner: str = "applicant", year: int = 2024, **facts: Any) -> Facts:
    """Taxed domestic income, unless said otherwise."""
    known = {"earner": earner, "year": year, "amount": amount, "taxed": True, "domestic": True, **facts}
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def asset(value: int, owner: str = "applicant", kind: str = "real_estate", **facts: Any) -> Facts:
    """Assets long held in Korea, unless said otherwise."""
    known = {
        "owner": owner,
        "kind": kind,
        "value": value,
        "acquired_on": "2020-01-01",
        "domestic": True,
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def job(start: str = "2019-03-01", end: str | None = None, **facts: Any) -> Facts:
    """Full-time permanent work at a domestic company in the field, unless said otherwise."""
    known = {
        "from": start,
        "to": end,
        "domestic_company": True,
        "full_time_permanent": True,
        "related_to_qualification": True,
        "permitted": True,
        "industry": "general",
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def degree(level: str, country: str, field: str = "other", /, **facts: Any) -> Facts:
    """A degree by regular course, awarded long ago, unless said otherwise."""
    known = {
        "level": level,
        "country": country,
        "field": field,
        "regular_course": True,
        "awarded_on": "2015-02-20",
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def stay(status: str, start: str, end: str | None = None, **facts: Any) -> Facts:
    """A registered stay."""
    return {"status": status, "from": start, "to": end, **facts}


def invested(scheme: str, start: str, end: str | None = None, **facts: Any) -> Facts:
    """An investment kept whole, unless said otherwise."""
    known = {
        "scheme": scheme,
        "from": start,
        "to": end,
        "amount": 3_000_000_000,
        "lapses": [],
        "principal_recovered": False,
        "pledged_as_collateral": False,
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def employee(ref: str, **facts: Any) -> Facts:
    """A Korean employee who counts, unless said otherwise."""
    known = {
        "ref": ref,
        "nationality": "KOR",
        "from": "2024-01-01",
        "to": None,
        "full_time_permanent": True,
        "direct_contract": True,
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def certificate(country: str = "VNM", **facts: Any) -> Facts:
    """A criminal record certificate without a defect, unless said otherwise."""
    known = {
        "country": country,
        "issued_on": "2025-02-20",
        "issuer": "national_authority",
        "covers_whole_country": True,
        "authentication": "consular",
        "original": True,
        "notarised_translation": True,
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def _category(code: str, route: str | None = None) -> Facts:
    return {"application.category": code} | ({"application.route": route} if route else {})


_SPONSORED = {
    "status": "F-2-71",
    "since": "2023-05-12",
    "family": [person("spouse", nationality="VNM", status="F-5-16", status_granted_on="2023-05-12")],
}
_CHILD = {
    "applicant.birth_date": "2010-01-10",
    "applicant.marital_status": "single",
    "family": [
        person("mother", nationality="VNM", status="F-5-1", status_granted_on="2023-05-12", has_custody=True)
    ],
}
_FORMER = [stay("F-2", "1995-01-01", "2010-12-31", complete_departure=True)]
BASES: dict[str, tuple[Any, ...]] = {
    "f51": ("f51-meets-all",),
    "d8": ("f51-d8-turnover",),
    "d9": ("f51-d8-turnover", {"status": "D-9-1", "since": "2019-01-01"}),
    "d10": (
        "f51-meets-all",
        {"status": "D-10-1", "since": "2019-03-01"},
        {"job_offer": {"target_status": "E-7-1", "meets_guideline": True, "entertainment_worker": False}},
        {"without": ["degree"], "with": ["job-offer"]},
    ),
    "e5": (
        "f51-meets-all",
        {"status": "E-5", "since": "2019-03-01", "income": [income(49_955_000)]},
        {"employment": [job(medical_residency_training=True)], "without": ["degree"]},
    ),
    "household": ("household-income",),
    "assets": ("assets-six-months",),
    "f52": ("f52-married-meets-all",),
    "f52-child": ("f52-married-meets-all", _category("F-5-2", "child_raised"), {"child_raising": True}),
    "f52-ended": (
        "f52-married-meets-all",
        _category("F-5-2", "marriage_ended"),
        {"with": ["marriage-end"]},
        {
            "marriage": {
                "spouse": "spouse",
                "registered_on": "2015-06-01",
                "ended_on": "2025-01-10",
                "ended_by": "divorce",
                "fault": "korean_spouse",
            }
        },
        {"income": [income(49_955_000)]},
    ),
    "f53": ("f53-ten-enrolled",),
    "f54": ("f54-sponsor-two-years",),
    "f54-child": ("f54-sponsor-two-years", _category("F-5-4", "child"), _CHILD),
    "f55": ("f55-meets-all",),
    "f56": ("f51-meets-all", _category("F-5-6"), {"status": "F-4", "since": "2023-05-12"}),
    "f57": ("f51-meets-all", _category("F-5-7"), {"status": "F-4", "since": "2023-05-12"}),
    "f58": ("f58-deposit",),
    "f58-two": (
        "f58-deposit",
        _category("F-5-8", "returned_two_years"),
        {"stays": [*_FORMER, stay("F-2", "2023-05-12")]},
    ),
    "f58-four": (
        "f58-deposit",
        _category("F-5-8", "returned_four_years"),
        {"status": "F-1", "stays": [*_FORMER, stay("F-1", "2021-05-12")]},
    ),
    "f59": ("f59-doctor",),
    "f510": ("f510-meets-all",),
    "f510-master": ("f510-best-qualification",),
    "f511": ("f511-thirty-and-fifty",),
    "f512": (
        "f511-thirty-and-fifty",
        _category("F-5-12", "merit_recipient"),
        {"special_ability": ABSENT, "merit": {"relation": "self", "acknowledged_by_minister": True}},
    ),
    "f512-descendant": (
        "f511-thirty-and-fifty",
        _category("F-5-12", "merit_descendant"),
        {"education": []},
        {"special_ability": ABSENT, "merit": {"relation": "grandchild", "domestic_activity_years": 1}},
    ),
    "f513": ("f513-pension",),
    "f514": ("f51-meets-all", _category("F-5-14"), {"status": "H-2-1", "since": "2021-05-12"}),
    "f515": ("f59-doctor", _category("F-5-15"), {"education": [degree("doctorate", "KOR")]}),
    "f516": ("f516-exactly-three-years",),
    "f517": ("f517-collateral", {"investments": [invested("tourism_facility", "2020-05-12")]}),
    "f518": ("f54-sponsor-two-years", _category("F-5-18", "spouse"), _SPONSORED),
    "f518-child": (
        "f54-sponsor-two-years",
        _category("F-5-18", "child"),
        _CHILD,
        {"status": "F-2-71"},
        {"since": "2023-05-12", "family.0.status": "F-5-16"},
    ),
    "f519": (
        "f522-filed-together",
        _category("F-5-19", "spouse"),
        {"since": "2020-05-12", "family": [person("spouse", status="F-5-17", investment_maintained=True)]},
    ),
    "f519-child": (
        "f522-filed-together",
        _category("F-5-19", "child"),
        {"status": "F-2-81", "since": "2020-05-12"},
        {"family": [person("father", status="F-5-17", investment_maintained=True)], "with": ["unmarried"]},
    ),
    "f520": ("f520-infant",),
    "f521": (
        "f517-collateral",
        _category("F-5-21"),
        {"investments": [invested("public_project", "2020-05-12")]},
    ),
    "f522": (
        "f522-filed-together",
        {"family": [person("spouse", status="F-5-21", investment_maintained=True)], "since": "2020-05-12"},
    ),
    "f522-child": (
        "f522-filed-together",
        _category("F-5-22", "child"),
        {"since": "2020-05-12", "with": ["unmarried"]},
        {"family": [person("father", status="F-5-23", investment_maintained=True)]},
    ),
    "f523": (
        "f517-collateral",
        _category("F-5-23"),
        {"assets": [asset(300_000_000)], "with": ["domestic-assets"]},
        {"investments": [invested("retired_public_project", "2020-05-12")]},
    ),
    "f524": (
        "f55-meets-all",
        _category("F-5-24"),
        {"status": "D-8-4", "since": "2022-05-12"},
        {"funding_attracted": 300_000_000, "employees": [employee("k0"), employee("k1")]},
        {"without": ["fie-registration"], "with": ["funding", "common-05"]},
    ),
    "f525": ("f525-three-billion",),
    "f526": ("f526-research",),
    "f527": ("f527-separate-guideline",),
}

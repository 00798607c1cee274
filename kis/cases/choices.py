"""The answers that the fields of a dossier offer, and the countries."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

# By the place of the field, or by its name alone where the same answers are offered in several.
CHOICES: dict[str, dict[str, Any]] = {
    "application.route": {
        "married": _l("Married to a Korean national"),
        "child_raised": _l("Raises the child of a Korean national"),
        "marriage_ended": _l("Marriage to a Korean national ended without the applicant's fault"),
        "spouse": _l("Spouse"),
        "child": _l("Child"),
        "merit_recipient": _l("Recipient of an award for merit"),
        "merit_family": _l("Family of a person of merit"),
        "special_naturalised_family": _l("Family of a person naturalised by special permission"),
        "merit_descendant": _l("Descendant of a person of merit"),
        "current_stay": _l("Present stay"),
        "returned_two_years": _l("Returned, stay of two years"),
        "returned_four_years": _l("Returned, stay of four years"),
    },
    "sex": {"F": _l("Female"), "M": _l("Male"), "X": _l("Not specified")},
    "marital_status": {
        "single": _l("Single"),
        "married": _l("Married"),
        "divorced": _l("Divorced"),
        "widowed": _l("Widowed"),
        "common_law": _l("In a common-law marriage"),
    },
    "industry": {
        "general": _l("General"),
        "entertainment": _l("Entertainment"),
        "gambling": _l("Gambling"),
        "against_morals": _l("Against good morals"),
    },
    "level": {"bachelor": _l("Bachelor"), "master": _l("Master"), "doctorate": _l("Doctorate")},
    "field": {
        "advanced_technology": _l("Advanced technology"),
        "science_engineering": _l("Science and engineering"),
        "other": _l("Other"),
    },
    "programme": {"D-2-7": _l("Work-linked study programme"), "GKS": _l("Global Korea Scholarship")},
    "qualifications.kind": {
        "technical_engineer": _l("Engineer or higher"),
        "mra_equivalent": _l("Recognised by a mutual agreement"),
        "other": _l("Other"),
    },
    "family.relation": {
        "spouse": _l("Spouse"),
        "common_law_spouse": _l("Common-law spouse"),
        "father": _l("Father"),
        "mother": _l("Mother"),
        "child": _l("Child"),
        "sibling": _l("Sibling"),
        "spouse_father": _l("Spouse's father"),
        "spouse_mother": _l("Spouse's mother"),
        "grandparent": _l("Grandparent"),
        "grandchild": _l("Grandchild"),
        "other": _l("Other relative"),
    },
    "f5_application": {"pending": _l("Pending"), "granted": _l("Granted"), "refused": _l("Refused")},
    "ended_by": {
        "death": _l("Death of the spouse"),
        "disappearance": _l("Disappearance of the spouse"),
        "divorce": _l("Divorce"),
        "other": _l("Something else"),
    },
    "fault": {
        "korean_spouse": _l("The Korean spouse"),
        "applicant": _l("The applicant"),
        "neither": _l("Neither of them"),
    },
    "income.kind": {
        "earned": _l("Earned income"),
        "business": _l("Business income"),
        "interest": _l("Interest"),
        "dividend": _l("Dividend"),
        "pension": _l("Pension"),
        "other": _l("Other income"),
    },
    "assets.kind": {
        "deposit": _l("Deposit"),
        "fund": _l("Fund"),
        "insurance": _l("Insurance"),
        "stock": _l("Shares"),
        "bond": _l("Bonds"),
        "rental_deposit": _l("Rental deposit"),
        "real_estate": _l("Real estate"),
    },
    "arrears.kind": {
        "national_tax": _l("National tax"),
        "local_tax": _l("Local tax"),
        "customs": _l("Customs duties"),
        "health_insurance": _l("Health insurance"),
        "fine": _l("Fine"),
        "other": _l("Other dues"),
    },
    "sentence": {
        "imprisonment": _l("Imprisonment"),
        "suspended_imprisonment": _l("Suspended imprisonment"),
        "fine": _l("Fine"),
    },
    "offence": {
        "specific_violent_crime": _l("Specific violent crime"),
        "threats": _l("Threats"),
        "extortion": _l("Extortion"),
        "fraud": _l("Fraud"),
        "drunk_driving": _l("Drunk driving"),
        "voice_phishing": _l("Voice phishing"),
        "drugs": _l("Drugs"),
        "immigration": _l("Offence against the Immigration Act"),
        "other": _l("Other offence"),
    },
    "penalty": {
        "penalty_payment": _l("Penalty payment"),
        "administrative_fine": _l("Administrative fine"),
        "criminal": _l("Criminal sentence"),
        "warning": _l("Warning"),
        "none": _l("No penalty"),
    },
    "removals.kind": {"deportation": _l("Deportation order"), "departure": _l("Departure order")},
    "issuer": {
        "national_authority": _l("National authority"),
        "state_authority": _l("Authority of a state or province"),
        "local_authority": _l("Local authority"),
        "embassy": _l("Embassy in Korea"),
    },
    "authentication": {
        "apostille": _l("Apostille"),
        "consular": _l("Confirmed by a consul"),
        "none": _l("None"),
    },
    "ground": {
        "issuer_restriction": _l("The issuer restricts it"),
        "disaster_or_war": _l("Disaster or war"),
    },
    "scheme": {
        "foreign_investment": _l("Foreign investment"),
        "tourism_facility": _l("Tourism or recreation facility"),
        "public_project": _l("Public project"),
        "retired_public_project": _l("Public project, retired immigrant"),
        "pledged": _l("Investment under a pledge"),
        "real_estate": _l("Real estate"),
    },
    "merit.relation": {
        "self": _l("The person of merit"),
        "spouse": _l("Spouse"),
        "child": _l("Child"),
        "grandchild": _l("Grandchild"),
        "great_grandchild": _l("Great-grandchild"),
        "further_descendant": _l("Further descendant"),
    },
    "special_ability.mandatory.item": {
        "renowned_figure": _l("Figure of renown"),
        "research": _l("Research"),
        "sports": _l("Sports"),
        "university_teaching": _l("Teaching at a university"),
        "company_employment": _l("Employment at a company"),
        "major_corporation": _l("Major corporation"),
        "intellectual_property": _l("Intellectual property"),
        "talent": _l("Talent"),
    },
    "special_ability.bonus.item": {
        "korean_employment": _l("Employment of Korean nationals"),
        "business_management": _l("Management of a business"),
        "recommendation": _l("Recommendation"),
        "tax_payment": _l("Payment of taxes"),
        "social_service": _l("Service to society"),
        "study_in_korea": _l("Study in Korea"),
        "work_study_programme": _l("Work and study programme"),
    },
}
# Passports carry these beside the codes of ISO 3166 (ICAO Doc 9303, part 3, section 5).
PASSPORT_CODES = {
    "D": _l("Germany (passport code)"),
    "GBD": _l("British overseas territories citizen"),
    "GBN": _l("British national (overseas)"),
    "GBO": _l("British overseas citizen"),
    "GBP": _l("British protected person"),
    "GBS": _l("British subject"),
    "RKS": _l("Kosovo"),
    "EUE": _l("European Union (laissez-passer)"),
    "UNO": _l("United Nations"),
    "UNA": _l("Specialised agency of the United Nations"),
    "UNK": _l("United Nations mission in Kosovo"),
    "XOM": _l("Order of Malta"),
    "XXA": _l("Stateless person"),
    "XXB": _l("Refugee (Convention of 1951)"),
    "XXC": _l("Refugee (other)"),
    "XXX": _l("Nationality unknown"),
}
# Codes that CLDR still maps: states that are gone, and reserved ones that no passport carries.
WITHDRAWN = {
    "ANT",
    "ASC",
    "BUR",
    "CPT",
    "DDR",
    "DGA",
    "FXX",
    "NTZ",
    "SCG",
    "SUN",
    "TAA",
    "TMP",
    "YMD",
    "YUG",
    "ZAR",
}
# Regions of CLDR that are no states, or that passports write otherwise: no state, test languages, unions, Kosovo.
NO_STATES = {"EU", "EZ", "QO", "UN", "XA", "XB", "XK", "ZZ"}


def choice_labels(place: str) -> dict[str, Any]:
    """The answers a field offers, each with its wording. Raises KeyError."""
    return CHOICES[place] if place in CHOICES else CHOICES[place.rpartition(".")[2]]


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """(alpha-3 code, name) of every country in that language, by name."""
    names = Locale(language).territories
    aliases = get_global("territory_aliases")
    found = {
        code: names[targets[0]]
        for code, targets in aliases.items()
        if len(code) == 3 and code.isalpha() and code not in WITHDRAWN
        if targets[0] in names and targets[0] not in NO_STATES
    }
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def nationalities(language: str) -> list[tuple[str, str]]:
    """The countries, then the codes that only passports carry and a dossier can hold."""
    return [
        *countries(language),
        *((code, str(name)) for code, name in PASSPORT_CODES.items() if len(code) == 3),
    ]


def country_name(code: str, language: str) -> str:
    """The name of a country; a code without one stays as it is."""
    return country_names(language).get(code, code)


@cache
def country_names(language: str) -> dict[str, str]:
    """{code: name} of what `nationalities` lists."""
    with force_locale(language):
        return dict(nationalities(language))


def with_unknown(choices: Iterable[tuple[str, Any]], value: str | None) -> list[tuple[str, Any]]:
    """The choices, with the present value among them although it is not offered any more."""
    listed = list(choices)
    if value and value not in {code for code, _label in listed}:
        listed.append((value, value))
    return listed

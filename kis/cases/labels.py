"""What the pages, sections and fields of a dossier are called, with hints on units and on what is counted."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

PAGES = {
    "application": _l("Application and applicant"),
    "residence": _l("Residence in and outside Korea"),
    "work": _l("Employment and business"),
    "education": _l("Education and qualifications"),
    "integration": _l("Social integration"),
    "family": _l("Family and marriage"),
    "livelihood": _l("Income, assets and dues"),
    "conduct": _l("Offences, removals and proceedings"),
    "certificates": _l("Criminal record certificates"),
    "investment": _l("Investments and employees"),
    "merit": _l("Merit and special ability"),
    "statements": _l("Statements of the applicant"),
}
# Sections that join several parts of the dossier; every other is called as its one part.
SECTIONS = {
    "employment": _l("Employment"),
    "business": _l("Business of the applicant"),
    "marriage": _l("Marriage and children"),
    "statements": _l("Statements in the applicant's words"),
}
# Parts of the dossier.
PARTS = {
    "reference": _l("Reference of the sender"),
    "application": _l("Application"),
    "applicant": _l("Applicant"),
    "stays": _l("Registered stays in Korea"),
    "abroad": _l("Residence of six months or more outside Korea"),
    "trips": _l("Trips out of Korea"),
    "employment": _l("Positions"),
    "economic_activity_maintained": _l("Keeps the economic activity that the present status permits"),
    "job_offer": _l("Job offer"),
    "business_results": _l("Results of the company by year"),
    "business_exempt_activity": _l("Equipment or shipbuilding activity that is exempt from the amounts"),
    "company_capital": _l("Paid-in capital of the applicant's company"),
    "funding_attracted": _l("Investment attracted from investors"),
    "education": _l("Degrees"),
    "qualifications": _l("Technical qualifications"),
    "schools": _l("Schools attended"),
    "korean_schooling": _l("Schooling in Korea"),
    "integration": _l("Integration programme and tests"),
    "family": _l("Family members"),
    "marriage": _l("Marriage"),
    "child_raising": _l("Raises in Korea a child born of the relationship with the Korean spouse"),
    "parents_marriage_registered_on": _l("Day on which the applicant's parents married"),
    "income": _l("Income"),
    "pension": _l("Pension"),
    "assets": _l("Assets"),
    "liabilities": _l("Debts"),
    "arrears": _l("Unpaid public dues"),
    "criminal_record": _l("Sentences"),
    "immigration_violations": _l("Violations of the Immigration Act"),
    "removals": _l("Deportation and departure orders"),
    "humanitarian_stay": _l("Stays permitted although deportable"),
    "pending_proceedings": _l("Investigations and trials under way"),
    "criminal_record_certificates": _l("Criminal record certificates handed in"),
    "certificate_relief": _l("Relief from the certificate"),
    "earlier_certificate": _l("Certificate submitted earlier"),
    "investments": _l("Investments"),
    "employees": _l("Employees"),
    "merit": _l("Merit"),
    "special_ability": _l("Special ability"),
    "identity_changes": _l("Illegal entry or exit; changes of nationality, name or birth date"),
    "penalties_stated": _l("Penalties of the last five years"),
    "reason": _l("Reason for applying"),
    "documents": _l("Documents"),
}
# Fields that are called the same wherever they stand.
COMMON = {
    "amount": _l("Amount"),
    "birth_date": _l("Date of birth"),
    "country": _l("Country"),
    "domestic": _l("In Korea"),
    "from": _l("From"),
    "to": _l("To"),
    "kind": _l("Kind"),
    "name": _l("Full name"),
    "nationality": _l("Nationality"),
    "item": _l("Item"),
    "points": _l("Points"),
    "location": _l("Location"),
    "status": _l("Status of residence"),
    "awarded_on": _l("Awarded on"),
    "issued_on": _l("Issued on"),
    "year": _l("Year"),
}
FIELDS = {
    "application.category": _l("Category applied for"),
    "application.received_on": _l("Day of application"),
    "application.office": _l("Office"),
    "application.route": _l("Limb of the category"),
    "application.income_certificate_issued": _l("Income certificate of last year issued"),
    "application.obliged_under_article_79": _l("Applies by a duty under Article 79 of the Act"),
    "applicant.family_name": _l("Family name"),
    "applicant.given_names": _l("Given names"),
    "applicant.local_name": _l("Name in Hangul or in the own script"),
    "applicant.sex": _l("Sex"),
    "applicant.alien_registration_number": _l("Alien registration number"),
    "applicant.passport_number": _l("Passport number"),
    "applicant.phone": _l("Contact number"),
    "applicant.email": _l("E-mail"),
    "applicant.address": _l("Place of stay in Korea"),
    "applicant.home_address": _l("Address in the country of nationality"),
    "applicant.current_status": _l("Present status of residence"),
    "applicant.born_in_korea": _l("Born in Korea"),
    "applicant.first_entry_on": _l("First entry to Korea"),
    "applicant.holds_korean_nationality": _l("Holds Korean nationality as well"),
    "applicant.marital_status": _l("Marital status"),
    "applicant.raises_minor_children": _l("Raises minor children"),
    "applicant.birth_registered": _l("Birth registered as Korean law asks"),
    "applicant.descends_from_pre_1948_entrant": _l(
        "Ethnic Korean who entered before 15 August 1948, or a direct descendant, on a residence status"
    ),
    "applicant.descends_from_korean_spouse_of_japanese": _l(
        "Spouse from Korea of a Japanese national, or a direct descendant, on a residence status"
    ),
    "stays.complete_departure": _l("Ended by complete departure"),
    "abroad.purpose": _l("Purpose"),
    "employment.employer": _l("Company"),
    "employment.domestic_company": _l("Domestic company"),
    "employment.full_time_permanent": _l("Full-time and permanent"),
    "employment.related_to_qualification": _l("Related to the degree or certificate"),
    "employment.permitted": _l("Permitted by the status held"),
    "employment.industry": _l("Industry"),
    "employment.medical_residency_training": _l("Residency training at a Korean hospital"),
    "employment.research_facility_key_personnel": _l("Key personnel of a research facility"),
    "employment.monthly_salary": _l("Monthly salary"),
    "employment.location": _l("Place and contact number"),
    "employment.description": _l("What the company does"),
    "employment.duties": _l("Duties"),
    "job_offer.target_status": _l("Status the offer is for"),
    "job_offer.meets_guideline": _l("The contract meets the guideline of that status"),
    "job_offer.entertainment_worker": _l("Entertainment work"),
    "business_results.sales": _l("Sales"),
    "business_results.exports": _l("Exports"),
    "education.level": _l("Degree"),
    "education.regular_course": _l("Regular course completed there"),
    "education.field": _l("Field"),
    "education.programme": _l("Exchange programme"),
    "qualifications.kind": _l("Kind of qualification"),
    "schools.name": _l("School"),
    "schools.from_year": _l("From year"),
    "schools.to_year": _l("To year"),
    "schools.remark": _l("Remarks"),
    "korean_schooling.graduated": _l("Graduated from a Korean or accredited school"),
    "korean_schooling.equivalency_passed": _l("Passed the high-school equivalency examination"),
    "korean_schooling.enrolled": _l("Enrolled now"),
    "korean_schooling.years_enrolled": _l("Years enrolled"),
    "integration.kiip_level_completed": _l("Level of the Social Integration Program completed"),
    "integration.permanent_residency_test_score": _l("Score of the permanent residence test"),
    "integration.naturalization_test_score": _l("Score of the naturalization test"),
    "integration.topik_level": _l("TOPIK level"),
    "family.ref": _l("Reference"),
    "family.relation": _l("Relation to the applicant"),
    "family.status_granted_on": _l("Present status granted on"),
    "family.co_resident_from": _l("Lives with the applicant since"),
    "family.shares_livelihood": _l("Shares the livelihood"),
    "family.deceased": _l("Deceased"),
    "family.address": _l("Address, occupation and contact number"),
    "family.residing_in_korea": _l("Lives in Korea"),
    "family.has_custody": _l("Has parental rights and custody over the applicant"),
    "family.investment_maintained": _l("Keeps the investment behind the status"),
    "family.f5_application": _l("Own application for permanent residence"),
    "marriage.spouse": _l("Spouse"),
    "marriage.registered_on": _l("Registered on"),
    "marriage.maintained": _l("Married life is really kept up"),
    "marriage.ended_on": _l("Ended on"),
    "marriage.ended_by": _l("Ended by"),
    "marriage.fault": _l("Fault for the end"),
    "income.earner": _l("Earner"),
    "income.taxed": _l("Tax assessed and paid"),
    "income.non_taxable": _l("Not taxable by law"),
    "income.domestic": _l("Earned in Korea"),
    "pension.annual": _l("Received last year"),
    "pension.from_abroad": _l("Paid from abroad"),
    "assets.owner": _l("Owner"),
    "assets.value": _l("Value"),
    "assets.acquired_on": _l("Acquired on"),
    "liabilities.owner": _l("Debtor"),
    "arrears.person": _l("Debtor"),
    "criminal_record.sentence": _l("Sentence"),
    "criminal_record.offence": _l("Offence"),
    "criminal_record.sentenced_on": _l("Sentenced on"),
    "criminal_record.completed_on": _l("Completed on"),
    "immigration_violations.on": _l("Day"),
    "immigration_violations.articles": _l("Articles of the Act"),
    "immigration_violations.penalty": _l("How it ended"),
    "removals.kind": _l("Order"),
    "removals.departed_on": _l("Left on"),
    "humanitarian_stay.decided_on": _l("Decided on"),
    "pending_proceedings.authority": _l("Investigating authority or court"),
    "pending_proceedings.law": _l("Law violated"),
    "criminal_record_certificates.issuer": _l("Issuer"),
    "criminal_record_certificates.covers_whole_country": _l("Covers the whole country"),
    "criminal_record_certificates.authentication": _l("Authentication"),
    "criminal_record_certificates.original": _l("Original"),
    "criminal_record_certificates.notarised_translation": _l("Notarised translation"),
    "certificate_relief.ground": _l("Ground"),
    "certificate_relief.evidenced": _l("Evidence handed in"),
    "earlier_certificate.submitted_on": _l("Submitted on"),
    "earlier_certificate.with_visa_issued_on": _l("For a visa issued on"),
    "investments.scheme": _l("Scheme"),
    "investments.amount_usd": _l("Amount in US dollars"),
    "investments.lapses": _l("Interruptions"),
    "investments.principal_recovered": _l("Principal taken back"),
    "investments.pledged_as_collateral": _l("Pledged as collateral"),
    "investments.five_year_pledge": _l("Pledge to keep it for five years"),
    "employees.ref": _l("Reference"),
    "employees.full_time_permanent": _l("Full-time and permanent"),
    "employees.direct_contract": _l("The applicant is the contracting party"),
    "employees.counted_for_other_application_on": _l("Counted for another investor's application on"),
    "merit.award": _l("Medal or award"),
    "merit.relation": _l("Relation to the person of merit"),
    "merit.domestic_activity_years": _l("Years of employment, investment or trade in Korea"),
    "merit.acknowledged_by_minister": _l("Acknowledged by the Minister of Justice"),
    "special_ability.mandatory": _l("Mandatory items"),
    "special_ability.bonus": _l("Bonus items"),
    "documents.code": _l("Document"),
    "documents.submitted": _l("Submitted"),
    "documents.reviewed": _l("Reviewed"),
    "documents.expires_on": _l("Expires on"),
    "documents.person": _l("Person"),
}
WON = _l("Korean won, whole")
LAST_DAY = _l("The last day counts as well.")
HINTS = {
    "application.income_certificate_issued": _l("If not, the certificate of the year before counts."),
    "applicant.family_name": _l("In Latin letters, as in the passport"),
    "applicant.given_names": _l("In Latin letters, as in the passport"),
    "applicant.alien_registration_number": _l("13 digits"),
    "applicant.current_status": _l("Code, such as E-7-1"),
    "stays": _l("Each status held, in any order"),
    "stays.status": _l("Code, such as E-7-1"),
    "stays.to": LAST_DAY,
    "trips": _l("Every departure: from the first to the last day away"),
    "trips.from": _l("First day away"),
    "trips.to": _l("Last day away"),
    "abroad": _l("The country of nationality included"),
    "abroad.to": LAST_DAY,
    "employment.to": LAST_DAY,
    "employment.monthly_salary": _l("Korean won a month"),
    "job_offer.target_status": _l("Code, such as E-7-1"),
    "business_results.sales": WON,
    "business_results.exports": WON,
    "company_capital": WON,
    "funding_attracted": WON,
    "integration.kiip_level_completed": _l("0 to 5"),
    "integration.permanent_residency_test_score": _l("Of 100"),
    "integration.naturalization_test_score": _l("Of 100"),
    "integration.topik_level": _l("0 to 6"),
    "family": _l("Within the fourth degree"),
    "family.ref": _l("Other sections point to the person by it."),
    "income.amount": _l("Korean won in that calendar year"),
    "pension.annual": _l("Korean won in the year before the application"),
    "assets.value": _l("Korean won, official or appraised"),
    "liabilities.amount": WON,
    "arrears.amount": WON,
    "criminal_record.sentenced_on": _l("Of a suspended sentence, the day the judgment became final"),
    "criminal_record.completed_on": _l("Of a fine, the day it was paid; empty while not completed"),
    "immigration_violations.amount": WON,
    "immigration_violations.articles": _l("Such as 18(1)"),
    "investments.amount": WON,
    "investments.amount_usd": _l("US dollars, whole"),
    "investments.to": LAST_DAY,
    "employees.to": LAST_DAY,
}


def page_label(name: str) -> Any:
    return PAGES[name]


def section_label(name: str) -> Any:
    return SECTIONS.get(name) or PARTS[name]


def field_label(place: str) -> Any:
    """What the field at a place without numbers is called ("income.amount"). Raises KeyError."""
    if place in PARTS:
        return PARTS[place]
    return FIELDS.get(place) or COMMON[place.rpartition(".")[2]]


def hint(place: str) -> Any:
    """What helps to fill the field in, or an empty text."""
    return HINTS.get(place, "")


def place_label(place: str) -> str:
    """A place of a dossier for people: "income[0].amount" is "Income › row 1 › Amount"."""
    words, path = [], ""
    for name, row in re.findall(r"([^.\[\]]+)|\[(\d+)\]", place):
        if row:
            words.append(_("row %(number)s", number=int(row) + 1))
        else:
            path = f"{path}.{name}" if path else name
            words.append(str(label_or_name(path)))
    return " › ".join(words)


def label_or_name(place: str) -> Any:
    """A file may hold names that no schema knows; they are shown as they are."""
    try:
        return field_label(place)
    except KeyError:
        return place.rpartition(".")[2]

"""The pre-check as one plain function, without the rule engine: what the bench compares with.

It judges the categories of the worked dossiers straight down, with every rule, figure and citation
written where it is used, and makes the same findings: (id, outcome, key, values, inputs, basis).
"""

# Straight down on purpose: this is what the engine is measured against.
# ruff: noqa: C901

from datetime import date

from tests.bench import plain_eligibility as others
from tests.bench.plain_dates import ANY_OF, DAY, as_whole, both, is_in, months_before, months_later

NUMBERS = (1, 2, 3, 4, 5, 8, 9, 10, 11, 13, 16, 17, 20, 22, 25, 26, 27)
CATEGORIES = tuple(f"F-5-{number}" for number in NUMBERS)
RELEASED = {"F-5-5", "F-5-11", "F-5-17", "F-5-20", "F-5-22", "F-5-25"}
NO_TEST = {f"F-5-{number}" for number in (5, 8, 9, 11, 13, 17, 20, 22, 25, 26)}
W = ("D-7", "D-8", "D-9", "D-10", "E-1", "E-2", "E-3", "E-4", "E-5", "E-6", "E-7", "F-2")
ACT1 = "Immigration Act Art. 10-3(2)1; Enforcement Rules Art. 18-4(1)1"
ACT2 = "Immigration Act Art. 10-3(2)2; Enforcement Rules Art. 18-4(1)2"
G1 = "1. Good Conduct Requirement, "
G2 = "2. Livelihood Maintenance Requirement"
AMOUNTS = "Annual Income Requirements by Type of Permanent Residency"
F51 = ("1. General Permanent Resident [F-5-1]", "Enforcement Decree Annex 1-3 item 1")
ADULT = (F51[0], F51[1] + "; Civil Code Art. 4, 158")
F52 = (
    "2. Marriage Migrant (F-5-2), Minor Child of Korean National (F-5-3)",
    "Enforcement Decree Annex 1-3 item 2",
)
F59 = (
    "6. Advanced Industry Doctoral Holder [F-5-9] and General Doctoral Holder [F-5-15]",
    "Enforcement Decree Annex 1-3 item 7(a)",
)
F510 = (
    "7. Bachelor's/Master's Degree Holder and Technical Certificate Holder [F-5-10]",
    "Enforcement Decree Annex 1-3 item 8",
)
F516 = (
    "11. Points-Based Permanent Resident [F-5-16] and Their Spouse and Minor Child [F-5-18]",
    "Enforcement Decree Annex 1-3 item 13",
)
SINGLE = (
    "Eligible Persons; Detailed Requirements by Type of Permanent Residency",
    "Immigration Act Art. 10-3(1)",
)
VIOLENT = (G1 + "1) A)", ACT1 + "; Act on Special Cases concerning Specific Violent Crimes Art. 2")
PRISON, SUSPENDED, FINE = (G1 + "1) B)", ACT1), (G1 + "1) C)", ACT1), (G1 + "1) D)", ACT1)
ENTRY = (G1 + "1) E)", ACT1 + "; Immigration Act Art. 7(1), 7(4), 12(1), 12(2)")
REPEAT = (G1 + "1) F)", ACT1)
REMOVAL = (G1 + "1) G)", ACT1 + "; Immigration Act Art. 59(2), 68")
PENALTY = (G1 + "1) H)", ACT1)
HUMANE = (G1 + "1) I)", ACT1 + "; Immigration Act Art. 46(1)")
SERIOUS, ABROAD = (G1 + "2) A)", ACT1), (G1 + "2) B)", ACT1)
PENDING = ("Basic Information for Permanent Residency (F-5) Applicants G)", ACT1)
DUES, INCOME = (G2 + " H", ACT2), (G2 + " A, B, D, F; " + AMOUNTS, ACT2)
ASSETS, OWN, RELEASE = (G2 + " A, C; " + AMOUNTS, ACT2), (G2, ACT2), (G2 + " I", ACT2)
COMPETENCY = (
    "3. Basic Competency Requirement",
    "Immigration Act Art. 10-3(2)3; Enforcement Decree Art. 48(2)3",
)
RECORD = (
    "Submission Criteria for Overseas Criminal Record Certificate;"
    " Requirements for Overseas Criminal Record Certificate",
    "Immigration Act Art. 10-3(2)1",
)
PAPERS = (
    "Common Documents; 3) Please indicate whether you have submitted the following documents",
    "Immigration Act Art. 24; Enforcement Rules Annex",
)


def precheck(dossier, tables):
    """(overall, areas, findings) of one dossier; `tables` holds plain figures and accessions."""
    application, applicant = dossier["application"], dossier["applicant"]
    as_of = date.fromisoformat(application["received_on"])
    category = application["category"]
    birth = date.fromisoformat(applicant["birth_date"])
    found = []
    stays, stay_inputs, present = read_stays(dossier, as_of)
    status = present[2] if present else applicant.get("current_status")
    status_inputs = list(stay_inputs) if present else [*stay_inputs, "applicant.current_status"]
    if present:
        status_inputs += used(present)
    if category == "F-5-1":
        general(dossier, as_of, birth, stays, stay_inputs, present, status, status_inputs, found)
    elif category == "F-5-2":
        marriage(dossier, as_of, stays, stay_inputs, present, found)
    elif category == "F-5-9":
        doctor(dossier, as_of, found)
    elif category == "F-5-10":
        employee(dossier, as_of, found)
    elif category == "F-5-16":
        residence(as_of, stays, stay_inputs, present, 3, ("F-2-7",), F516, dossier, found)
        no_entertainment(dossier, as_of, found)
    else:
        other(
            dossier, as_of, birth, category, stays, stay_inputs, present, status, status_inputs, tables, found
        )
    both_national = applicant.get("holds_korean_nationality")
    path = "applicant.holds_korean_nationality"
    if both_national is None:
        lacking(found, "eligibility.single_nationality", [path], [path], SINGLE)
    else:
        key = "stated.single_nationality.not_met" if both_national else "stated.single_nationality.met"
        outcome = "not_met" if both_national else "met"
        found.append(("eligibility.single_nationality", outcome, key, {"fact": path}, (path,), SINGLE))
    conduct(dossier, as_of, found)
    carried = livelihood(dossier, as_of, birth, category, tables, found)
    if category == "F-5-27":
        found.append(
            (
                "competency.separate_guideline",
                "review",
                "separate_guideline",
                others.REFUGEES,
                (),
                others.SEPARATE,
            )
        )
        ground = "separate"
    else:
        ground = competency(dossier, as_of, birth, category, status, status_inputs, found)
    asks = criminal_record(dossier, as_of, birth, category, stays, stay_inputs, present, tables, found)
    documents(dossier, as_of, category, status, carried, ground, asks, found)
    areas = {}
    for name, outcome, *_ in found:
        areas.setdefault(name.partition(".")[0], []).append((name, outcome))
    whole = {}
    for area, outcomes in areas.items():
        if area == "livelihood" and carried is not None and carried[0] is not None:
            kept = {"livelihood.public_dues", "livelihood.own_share", carried[0]}
            outcomes = [one for one in outcomes if one[0] in kept]
        whole[area] = as_whole([outcome for _, outcome in outcomes])
    return as_whole(whole.values()), whole, found


def other(dossier, as_of, birth, category, stays, stay_inputs, present, status, status_inputs, tables, found):
    """Eligibility of the categories that are judged in plain_eligibility."""

    def resident(years, codes, basis):
        residence(as_of, stays, stay_inputs, present, years, codes, basis, dossier, found)

    if category == "F-5-3":
        others.child_of_korean(dossier, as_of, birth, found)
        resident(2, ("F-2",), others.F52)
    elif category == "F-5-4":
        others.resident_family(dossier, as_of, status, status_inputs, found)
        resident(2, (*W, "F-4", "H-2"), others.F54)
    elif category == "F-5-5":
        others.founder(dossier, as_of, found)
    elif category == "F-5-8":
        others.born_here(dossier, as_of, stays, stay_inputs, used, found)
    elif category == "F-5-11":
        others.points(dossier, as_of, tables, found)
    elif category == "F-5-13":
        others.pensioner(as_of, birth, found)
    elif category == "F-5-17":
        others.tourism(dossier, as_of, found)
    elif category == "F-5-20":
        others.infant(dossier, as_of, birth, found)
    elif category == "F-5-22":
        others.investor_family(dossier, found)
        resident(5, ("F-2",), others.PUBLIC)
    elif category == "F-5-25":
        others.conditional(dossier, as_of, tables, found)
    elif category == "F-5-26":
        resident(3, ("D-8",), others.F526)
        degree(dossier, as_of, [], found, others.F526)
        outcome, key, values, inputs = worked(dossier, as_of, 3, ("research_facility_key_personnel",))
        found.append(("eligibility.employment", outcome, key, values, tuple(inputs), others.F526))
    else:
        resident(2, ("F-2-4", "F-2"), others.F527)
        found.append(
            (
                "eligibility.separate_guideline",
                "review",
                "separate_guideline",
                others.REFUGEES,
                (),
                others.SEPARATE,
            )
        )


def lacking(found, name, facts, inputs, basis):
    found.append((name, "unknown", "missing", {"facts": facts}, tuple(inputs), basis))


def read_stays(dossier, as_of):
    inputs, rows, present = ["stays"], [], None
    for place, row in enumerate(dossier.get("stays") or ()):
        inputs.append(f"stays[{place}].from")
        start = date.fromisoformat(row["from"])
        if start > as_of:
            continue
        end = date.max if row.get("to") is None else date.fromisoformat(row["to"])
        rows.append((start, end, row["status"], row.get("complete_departure") is True, place, row))
        if end >= as_of and (present is None or rows[-1][:3] > present[:3]):
            present = rows[-1]
    return (rows if dossier.get("stays") is not None else None), inputs, present


def used(stay):
    path = f"stays[{stay[4]}]"
    return [f"{path}.{name}" for name in ("status", "from", "to", "complete_departure") if name in stay[5]]


def chain(stays, present, codes):
    if present is None or (codes and not is_in(present[2], codes)):
        return None, used(present) if present else []
    first, inputs = present[0], used(present)
    for stay in sorted(stays, key=lambda one: (one[1], one[0], one[2]), reverse=True):
        if stay[1] < first - DAY:
            break
        if stay[0] < first and not stay[3] and (not codes or is_in(stay[2], codes)):
            first = stay[0]
            inputs += used(stay)
    return first, inputs


def residence(as_of, stays, stay_inputs, present, years, codes, basis, dossier, found):
    if stays is None:
        status = dossier["applicant"].get("current_status")
        inputs = ("stays", "applicant.current_status")
        if status is not None and not is_in(status, codes):
            values = {"status": status, "statuses": list(codes)}
            found.append(("eligibility.residence", "not_met", "residence.status", values, inputs, basis))
        else:
            lacking(found, "eligibility.residence", ["stays"], inputs, basis)
        return
    since, inputs = chain(stays, present, codes)
    if since is None:
        inputs = [*stay_inputs, *(path for stay in stays for path in used(stay))]
        values = {"statuses": list(codes), "years": years, "as_of": as_of.isoformat()}
        found.append(("eligibility.residence", "not_met", "residence.none", values, tuple(inputs), basis))
        return
    full = months_later(since, 12 * years)
    values = {"since": since.isoformat(), "years": years, "full": full.isoformat(), "statuses": list(codes)}
    outcome, key = ("met", "residence.long_enough") if full <= as_of else ("not_met", "residence.too_short")
    found.append(("eligibility.residence", outcome, key, values, (*stay_inputs, *inputs), basis))


def general(dossier, as_of, birth, stays, stay_inputs, present, status, status_inputs, found):
    grown = months_later(birth, 228) <= as_of
    values = {"birth": birth.isoformat(), "age": 19}
    outcome, key = ("met", "age.reached") if grown else ("not_met", "age.not_reached")
    found.append(("eligibility.adult", outcome, key, values, ("applicant.birth_date",), ADULT))
    residence(as_of, stays, stay_inputs, present, 5, W, F51, dossier, found)
    path = "economic_activity_maintained"
    kept = dossier.get(path)
    if kept is None:
        lacking(found, "eligibility.activity", [path], [path], F51)
    else:
        outcome = "met" if kept else "not_met"
        found.append(
            ("eligibility.activity", outcome, f"stated.activity.{outcome}", {"fact": path}, (path,), F51)
        )
    if status is not None and is_in(status, ("D-8", "D-9")):
        turnover(dossier, as_of, status, status_inputs, found)
    if status is not None and is_in(status, ("D-10", "E-7")):
        degree(dossier, as_of, status_inputs, found)


def turnover(dossier, as_of, status, status_inputs, found):
    name, rows = "eligibility.turnover", dossier.get("business_results")
    inputs = [*status_inputs]
    standards = {"sales": 1_000_000_000}
    if is_in(status, ("D-9",)):
        inputs.append("business_exempt_activity")
        if dossier.get("business_exempt_activity") is True:
            found.append((name, "exempt", "turnover.exempt", {}, tuple(inputs), F51))
            return
        standards = {"exports": 500_000_000, "sales": 1_000_000_000}
    inputs.append("business_results")
    if rows is None:
        lacking(found, name, ["business_results"], inputs, F51)
        return
    first, last, open_years, failed = as_of.year - 2, as_of.year - 1, False, None
    for measure, standard in standards.items():
        total = 0
        for year in (first, last):
            amounts = []
            for place, row in enumerate(rows):
                if row["year"] == year:
                    inputs.append(f"business_results[{place}].{measure}")
                    amounts.append(row.get(measure))
            amount = amounts[0] if len(amounts) == 1 else None
            open_years = open_years or (amount is None and bool(rows))
            total += amount or 0
        values = {"measure": measure, "mean": total // 2, "standard": standard, "first": first, "last": last}
        failed = failed or values
        if total >= 2 * standard:
            found.append((name, "met", "turnover.reached", values, tuple(inputs), F51))
            return
    if open_years:
        lacking(found, name, [f"business_results {first}", f"business_results {last}"], inputs, F51)
    else:
        found.append((name, "not_met", "turnover.not_reached", failed, tuple(inputs), F51))


def degree(dossier, as_of, status_inputs, found, basis=F51):
    rows, inputs = dossier.get("education"), [*status_inputs, "education"]
    if rows is None:
        lacking(found, "eligibility.degree", ["education"], inputs, basis)
        return
    held = None
    for place, row in enumerate(rows):
        if row.get("awarded_on") is not None:
            inputs.append(f"education[{place}].awarded_on")
            if date.fromisoformat(row["awarded_on"]) > as_of:
                continue
        inputs.append(f"education[{place}].level")
        held = held or {"level": row["level"], "country": row["country"], "entry": f"education[{place}]"}
    if held:
        found.append(("eligibility.degree", "met", "degree.held", held, tuple(inputs), basis))
    else:
        found.append(("eligibility.degree", "not_met", "degree.none", {}, tuple(inputs), basis))


def marriage(dossier, as_of, stays, stay_inputs, present, found):
    application, part = dossier["application"], dossier.get("marriage")
    route = application.get("route")
    if route == "married":
        inputs = ["applicant.marital_status"]
        family = dossier.get("family") or ()
        spouse = (part or {}).get("spouse")
        inputs += ["marriage.spouse", "marriage.maintained", "family"]
        if part.get("ended_on") is None:
            inputs.append("marriage.ended_by")
        inputs.append("marriage.ended_on")
        since = part.get("registered_on")
        inputs.append("marriage.registered_on")
        korean, lawful = False, part.get("ended_by") is None and part.get("ended_on") is None
        for place, row in enumerate(family):
            inputs += [f"family[{place}].deceased", f"family[{place}].relation"]
            if row.get("birth_date") is not None:
                inputs.append(f"family[{place}].birth_date")
            if (
                row["relation"] == "spouse"
                and spouse in {None, row["ref"]}
                and row.get("deceased") is not True
            ):
                inputs.append(f"family[{place}].nationality")
                code = row.get("nationality")
                korean = True if code == "KOR" else (None if code is None else korean)
        kept = both(lawful, part.get("maintained"), korean)
        outcome, key = ("met", "marriage.kept") if kept else ("not_met", "marriage.not_kept")
        values = {"since": since, "years": 0}
        found.append(("eligibility.marriage", outcome, key, values, tuple(inputs), F52))
    else:
        routes = ["route:married", "route:child_raised", "route:marriage_ended"]
        values = {"route": route, "routes": routes}
        found.append(("eligibility.route", "unknown", "route.open", values, ("application.route",), F52))
    residence(as_of, stays, stay_inputs, present, 2, ("F-6",), F52, dossier, found)


def worked(dossier, as_of, years, conditions, award=None, dated=True):
    """(outcome, key, values, inputs) of continuous employment under conditions."""
    rows, inputs = dossier.get("employment"), ["employment"]
    if rows is None:
        return "unknown", "missing", {"facts": ["employment"]}, inputs
    sure, possible, open_fields = [], [], []
    for place, row in enumerate(rows):
        path = f"employment[{place}]"
        inputs.append(f"{path}.from")
        start = date.fromisoformat(row["from"])
        if start > as_of:
            continue
        inputs.append(f"{path}.to")
        end = as_of if row.get("to") is None else min(as_of, date.fromisoformat(row["to"]))
        facts = []
        for name in conditions:
            inputs.append(f"{path}.{name}")
            fact = row.get(name)
            facts.append(fact if name != "industry" or fact is None else fact != "entertainment")
        kept, span = both(*facts), (max(start, award or start), end)
        if kept is not False and span[0] <= span[1]:
            possible.append(span)
        if kept and span[0] <= span[1]:
            sure.append(span)
        elif kept is None:
            open_fields.append(path)
    certain = lasted(sure if dated else [], years, as_of)
    hoped = lasted(possible, years, as_of)
    tolerated = 30 if years == 1 else 90
    outcome = "met" if certain[2] else ("unknown" if hoped[2] else "not_met")
    since, gap, _ = certain if certain[2] else hoped
    values = {"years": years, "gap": gap, "tolerated": tolerated}
    if outcome == "unknown":
        return outcome, "employment.open", values | {"facts": open_fields or ["awarded_on"]}, inputs
    if since is None:
        return outcome, "employment.none", values, inputs
    values |= {"since": since.isoformat(), "full": months_later(since, 12 * years).isoformat()}
    return outcome, f"employment.{'long_enough' if outcome == 'met' else 'too_short'}", values, inputs


def lasted(spans, years, as_of):
    joined = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    if not joined or joined[-1][1] < as_of:
        return None, 0, False
    window, tolerated = months_before(as_of, 12 * years), 30 if years == 1 else 90
    since, gap = joined[-1][0], 0
    for start, end in reversed(joined[:-1]):
        between = max((since - max(end + DAY, window)).days, 0)
        if gap + between > tolerated:
            break
        gap, since = gap + between, start
    return since, gap, months_later(since, 12 * years) <= as_of


def is_advanced_doctor(dossier, as_of):
    """(outcome, key, values, inputs) of the foreign doctorate in advanced technology."""
    rows, inputs = dossier.get("education"), ["education"]
    if rows is None:
        return "unknown", "missing", {"facts": ["education"]}, inputs
    held, open_rows = None, []
    for place, row in enumerate(rows):
        path, day = f"education[{place}]", row.get("awarded_on")
        inputs.append(f"{path}.awarded_on")
        if day is not None and date.fromisoformat(day) > as_of:
            continue
        inputs += [f"{path}.field", f"{path}.level", f"{path}.country"]
        field = row.get("field")
        fits = both(
            row["level"] == "doctorate",
            row["country"] != "KOR",
            None if field is None else field == "advanced_technology",
            None if day is None else date.fromisoformat(day) < as_of,
        )
        if fits and held is None:
            held = {"level": row["level"], "country": row["country"], "entry": path}
        elif fits is None:
            open_rows.append(f"{path}.awarded_on")
    if held:
        return "met", "degree.held", held, inputs
    if open_rows:
        return "unknown", "missing", {"facts": open_rows}, inputs
    return "not_met", "degree.none", {}, inputs


RELATED = ("domestic_company", "full_time_permanent", "related_to_qualification")
ANY_FIELD = ("domestic_company", "full_time_permanent", "industry")


def doctor(dossier, as_of, found):
    outcome, key, values, inputs = is_advanced_doctor(dossier, as_of)
    found.append(("eligibility.degree", outcome, key, values, tuple(inputs), F59))
    outcome, key, values, inputs = worked(dossier, as_of, 1, RELATED)
    found.append(("eligibility.employment", outcome, key, values, tuple(inputs), F59))


def employee(dossier, as_of, found):
    grounds, inputs = [], ["education", "qualifications", "employment"]
    for place, row in enumerate(dossier.get("education") or ()):
        path, day = f"education[{place}]", row.get("awarded_on")
        inputs.append(f"{path}.awarded_on")
        if day is not None and date.fromisoformat(day) > as_of:
            continue
        inputs += [f"{path}.country", f"{path}.field"]
        korean, field = row["country"] == "KOR", row.get("field")
        inputs += [f"{path}.regular_course", f"{path}.level"]
        regular = both(korean, row.get("regular_course"))
        science = None if field is None else field in {"science_engineering", "advanced_technology"}
        long = ("domestic_company", "permitted", "industry") if korean else (RELATED[0], RELATED[2])
        award = date.fromisoformat(day) if day is not None else None
        advanced = None if field is None else field == "advanced_technology"
        grounds.append(("a", advanced, award, long, RELATED, path))
        grounds.append(("b", both(regular, science), award, long, ANY_FIELD, path))
        grounds.append(
            ("c", both(regular, row["level"] in {"master", "doctorate"}), award, long, ANY_FIELD, path)
        )
    for place, row in enumerate(dossier.get("qualifications") or ()):
        inputs.append(f"qualifications[{place}].kind")
        if row["kind"] in {"technical_engineer", "mra_equivalent"}:
            inputs.append(f"qualifications[{place}].awarded_on")
            award = date.fromisoformat(row["awarded_on"]) if row.get("awarded_on") else None
            grounds.append(("d", True, award, (RELATED[0], RELATED[2]), RELATED, f"qualifications[{place}]"))
    best = None
    for letter, holds, award, long, short, path in grounds:
        if holds is False:
            continue
        three = worked(dossier, as_of, 3, long, award, award is not None)
        one = worked(dossier, as_of, 1, short)
        inputs += [*three[3], *one[3]]
        first = "met" if holds else "unknown"
        each = (ANY_OF[first], ANY_OF[three[0]], ANY_OF[one[0]])
        place = (ANY_OF[as_whole((first, three[0], one[0]))], letter, each, award or date.max)
        if best is None or place < best[0]:
            best = (place, letter, holds, award, path, three, one)
    read = tuple(dict.fromkeys(inputs))
    if best is None:
        found.append(("eligibility.qualification", "not_met", "qualification.none", {}, read, F510))
        return
    _, letter, holds, award, path, three, one = best
    values = {"ground": f"ground:{letter}", "entry": path, "day": award.isoformat() if award else None}
    found.append(("eligibility.qualification", "met", "qualification.held", values, read, F510))
    found.append(("eligibility.long_employment", three[0], three[1], three[2], read, F510))
    found.append(("eligibility.employment", one[0], one[1], one[2], read, F510))


def no_entertainment(dossier, as_of, found):
    name, rows, inputs = "eligibility.no_barred_industry", dossier.get("employment"), ["employment"]
    if rows is None:
        lacking(found, name, ["employment"], inputs, F516)
        return
    start, barred, absent = months_before(as_of, 36), [], []
    for place, row in enumerate(rows):
        path = f"employment[{place}]"
        inputs.append(f"{path}.from")
        if date.fromisoformat(row["from"]) > as_of:
            continue
        inputs.append(f"{path}.to")
        if (as_of if row.get("to") is None else date.fromisoformat(row["to"])) >= start:
            inputs.append(f"{path}.industry")
            if row.get("industry") == "entertainment":
                barred.append(path)
            elif row.get("industry") is None:
                absent.append(f"{path}.industry")
    values = {"start": start.isoformat(), "entries": barred}
    if barred:
        found.append((name, "not_met", "industry.barred", values, tuple(inputs), F516))
    elif absent:
        lacking(found, name, absent, inputs, F516)
    else:
        found.append((name, "met", "industry.clear", values, tuple(inputs), F516))


def barred_by(name, bars, undated, inputs, basis, as_of, found):
    """Append the finding of a bar: (path, start, years) each."""
    running, longest = False, None
    for path, start, years in bars:
        over = months_later(start, 12 * years)
        running = running or as_of < over
        if longest is None or (over, path) > (longest[3], longest[0]):
            longest = (path, start, years, over)
    if undated and not running:
        lacking(found, name, undated, inputs, basis)
    elif longest is None:
        found.append((name, "met", "conduct.none", {}, tuple(inputs), basis))
    else:
        path, start, years, over = longest
        values = {
            "entry": path,
            "start": start.isoformat(),
            "through": (over - DAY).isoformat(),
            "over": over.isoformat(),
            "years": years,
        }
        outcome, key = ("not_met", "bar.running") if running else ("met", "bar.over")
        found.append((name, outcome, key, values, tuple(inputs), basis))


def sentences(dossier, as_of, korean):
    inputs, rows = ["criminal_record"], []
    for place, row in enumerate(dossier["criminal_record"]):
        path = f"criminal_record[{place}]"
        inputs.append(f"{path}.country")
        if (row["country"] == "KOR") is not korean:
            continue
        if row.get("sentenced_on") is not None:
            inputs.append(f"{path}.sentenced_on")
            if date.fromisoformat(row["sentenced_on"]) > as_of:
                continue
        rows.append((path, row))
    return rows, inputs


def completed(dossier, as_of, sentence, years, name, basis, found):
    rows, inputs = sentences(dossier, as_of, True)
    bars, uncompleted = [], []
    for path, row in rows:
        inputs.append(f"{path}.sentence")
        if row["sentence"] == sentence:
            inputs.append(f"{path}.completed_on")
            day = row.get("completed_on")
            if day is None or date.fromisoformat(day) > as_of:
                uncompleted.append(path)
            else:
                bars.append((path, date.fromisoformat(day), years))
    if uncompleted:
        found.append(
            (name, "not_met", f"conduct.{sentence}_open", {"entries": uncompleted}, tuple(inputs), basis)
        )
    else:
        barred_by(name, bars, [], inputs, basis, as_of, found)


def conduct(dossier, as_of, found):
    if dossier.get("criminal_record") is None:
        for name, basis in (
            ("violent_crime", VIOLENT),
            ("imprisonment", PRISON),
            ("suspended_sentence", SUSPENDED),
            ("fine", FINE),
        ):
            lacking(found, f"conduct.{name}", ["criminal_record"], ["criminal_record"], basis)
    else:
        rows, inputs = sentences(dossier, as_of, True)
        grave = []
        for path, row in rows:
            inputs.append(f"{path}.offence")
            if row["offence"] == "specific_violent_crime":
                grave.append(path)
        if grave:
            found.append(
                (
                    "conduct.violent_crime",
                    "not_met",
                    "conduct.sentenced",
                    {"entries": grave},
                    tuple(inputs),
                    VIOLENT,
                )
            )
        else:
            found.append(("conduct.violent_crime", "met", "conduct.none", {}, tuple(inputs), VIOLENT))
        completed(dossier, as_of, "imprisonment", 5, "conduct.imprisonment", PRISON, found)
        rows, inputs = sentences(dossier, as_of, True)
        bars, undated = [], []
        for path, row in rows:
            inputs.append(f"{path}.sentence")
            if row["sentence"] == "suspended_imprisonment":
                inputs.append(f"{path}.sentenced_on")
                day = row.get("sentenced_on")
                if day is None:
                    undated.append(f"{path}.sentenced_on")
                else:
                    bars.append((path, date.fromisoformat(day), 5))
        barred_by("conduct.suspended_sentence", bars, undated, inputs, SUSPENDED, as_of, found)
        completed(dossier, as_of, "fine", 3, "conduct.fine", FINE, found)
    violations(dossier, as_of, found)
    if dossier.get("criminal_record") is None:
        for name, basis in (("overseas_serious", SERIOUS), ("overseas_imprisonment", ABROAD)):
            lacking(found, f"conduct.{name}", ["criminal_record"], ["criminal_record"], basis)
    else:
        overseas(dossier, as_of, found)
    rows = dossier.get("pending_proceedings")
    inputs = ["pending_proceedings"]
    if rows is None:
        lacking(found, "conduct.pending", inputs, inputs, PENDING)
    elif not rows:
        found.append(("conduct.pending", "met", "conduct.none", {}, ("pending_proceedings",), PENDING))
    else:
        names = []
        for place, row in enumerate(rows):
            inputs.append(f"pending_proceedings[{place}].authority")
            names.append(row.get("authority") or f"pending_proceedings[{place}]")
        found.append(
            ("conduct.pending", "review", "conduct.pending", {"authorities": names}, tuple(inputs), PENDING)
        )


def violations(dossier, as_of, found):
    rows = dossier.get("immigration_violations")
    if rows is None:
        for name, basis in (("entry_violation", ENTRY), ("repeat_violation", REPEAT)):
            lacking(found, f"conduct.{name}", ["immigration_violations"], ["immigration_violations"], basis)
        removals(dossier, as_of, found)
        lacking(
            found, "conduct.penalty_payment", ["immigration_violations"], ["immigration_violations"], PENALTY
        )
        humane(dossier, as_of, found)
        return
    base, known = ["immigration_violations"], []
    for place, row in enumerate(rows):
        base.append(f"immigration_violations[{place}].on")
        day = date.fromisoformat(row["on"])
        if day <= as_of:
            known.append((f"immigration_violations[{place}]", day, row))
    inputs, bars, open_entries = list(base), [], []
    for path, day, row in known:
        inputs.append(f"{path}.articles")
        articles = row.get("articles")
        if articles is None:
            if as_of < months_later(day, 60):
                open_entries.append(f"{path}.articles")
        elif any(one.replace(" ", "") in {"7(1)", "7(4)", "12(1)", "12(2)"} for one in articles):
            bars.append((path, day, 5))
    barred_by("conduct.entry_violation", bars, open_entries, inputs, ENTRY, as_of, found)
    inputs, start, counted, open_entries = list(base), months_before(as_of, 60), [], []
    for path, day, row in known:
        inputs.append(f"{path}.penalty")
        penalty = row.get("penalty")
        if day >= start and penalty != "administrative_fine":
            (counted if penalty else open_entries).append(path)
    values = {"count": len(counted), "start": start.isoformat(), "entries": counted}
    if len(counted) >= 3:
        found.append(
            ("conduct.repeat_violation", "not_met", "conduct.repeated", values, tuple(inputs), REPEAT)
        )
    elif len(counted) + len(open_entries) >= 3:
        lacking(
            found, "conduct.repeat_violation", [f"{path}.penalty" for path in open_entries], inputs, REPEAT
        )
    else:
        found.append(
            ("conduct.repeat_violation", "met", "conduct.not_repeated", values, tuple(inputs), REPEAT)
        )
    removals(dossier, as_of, found)
    inputs, start, paid, doubtful = list(base), months_before(as_of, 36), [], False
    for path, day, row in known:
        if day < start:
            continue
        inputs.append(f"{path}.penalty")
        if row.get("penalty") == "penalty_payment":
            inputs.append(f"{path}.amount")
            paid.append(row.get("amount"))
        doubtful = doubtful or row.get("penalty") is None or (paid and paid[-1] is None)
    sure = [amount for amount in paid if amount is not None]
    values = {"largest": max(sure, default=0), "total": sum(sure), "start": start.isoformat()}
    if values["largest"] >= 5_000_000 or values["total"] >= 7_000_000:
        found.append(
            ("conduct.penalty_payment", "not_met", "conduct.penalties", values, tuple(inputs), PENALTY)
        )
    else:
        found.append(
            ("conduct.penalty_payment", "met", "conduct.penalties_low", values, tuple(inputs), PENALTY)
        )
    humane(dossier, as_of, found)


def removals(dossier, as_of, found):
    rows, inputs, bars, undated = dossier.get("removals"), ["removals"], [], []
    if rows is None:
        lacking(found, "conduct.removal", ["removals"], inputs, REMOVAL)
        return
    for place, row in enumerate(rows):
        path, day = f"removals[{place}]", row.get("departed_on")
        inputs.append(f"{path}.departed_on")
        if day is None:
            undated.append(f"{path}.departed_on")
        elif date.fromisoformat(day) <= as_of:
            inputs.append(f"{path}.kind")
            bars.append((path, date.fromisoformat(day), 7 if row["kind"] == "deportation" else 5))
    barred_by("conduct.removal", bars, undated, inputs, REMOVAL, as_of, found)


def humane(dossier, as_of, found):
    rows, inputs, bars = dossier.get("humanitarian_stay"), ["humanitarian_stay"], []
    if rows is None:
        lacking(found, "conduct.humanitarian_stay", ["humanitarian_stay"], inputs, HUMANE)
        return
    for place, row in enumerate(rows):
        inputs.append(f"humanitarian_stay[{place}].decided_on")
        day = date.fromisoformat(row["decided_on"])
        if day <= as_of:
            bars.append((f"humanitarian_stay[{place}]", day, 5))
    barred_by("conduct.humanitarian_stay", bars, [], inputs, HUMANE, as_of, found)


def overseas(dossier, as_of, found):
    listed = {"specific_violent_crime", "threats", "extortion", "fraud", "voice_phishing", "drugs"}
    rows, inputs = sentences(dossier, as_of, False)
    inputs += [f"{path}.offence" for path, _ in rows]
    drunk = sum(row["offence"] == "drunk_driving" for _, row in rows)
    if drunk >= 3:
        listed = listed | {"drunk_driving"}
    grave = [path for path, row in rows if row["offence"] in listed]
    if grave:
        found.append(
            (
                "conduct.overseas_serious",
                "not_met",
                "conduct.sentenced",
                {"entries": grave},
                tuple(inputs),
                SERIOUS,
            )
        )
    else:
        found.append(("conduct.overseas_serious", "met", "conduct.none", {}, tuple(inputs), SERIOUS))
    bars, undated = [], []
    for path, row in rows:
        if row["offence"] in listed:
            continue
        inputs.append(f"{path}.sentence")
        if row["sentence"] == "imprisonment":
            inputs.append(f"{path}.sentenced_on")
            if row.get("sentenced_on") is None:
                undated.append(f"{path}.sentenced_on")
            else:
                bars.append((path, date.fromisoformat(row["sentenced_on"]), 10))
    barred_by("conduct.overseas_imprisonment", bars, undated, inputs, ABROAD, as_of, found)


STANDARDS = {
    "F-5-4": ("1", "1"),
    "F-5-26": ("2", "1.5"),
    "F-5-8": ("0.7", "real"),
    "F-5-1": ("2", "1.5"),
    "F-5-2": ("1", "1"),
    "F-5-9": ("1", "1"),
    "F-5-10": ("1", None),
    "F-5-16": ("2", "1.5"),
}


def members(dossier, as_of, category, year):
    """{ref: counts} of the household, with what was read."""
    counts, inputs = {"applicant": True}, ["family"]
    if category == "F-5-10":
        return counts, []
    wide = category == "F-5-2"
    part = dossier.get("marriage")
    for place, row in enumerate(dossier.get("family") or ()):
        path, relation = f"family[{place}]", row["relation"]
        inputs += [f"{path}.relation", f"{path}.deceased"]
        if row.get("birth_date") is not None:
            inputs.append(f"{path}.birth_date")
        inputs.append("arrears")
        if row.get("deceased") is True:
            counts[row["ref"]] = False
            continue
        owes = False
        for other, one in enumerate(dossier.get("arrears") or ()):
            inputs.append(f"arrears[{other}].person")
            owes = owes or one["person"] == row["ref"]
        if owes:
            counts[row["ref"]] = False
            continue
        if relation == "spouse":
            inputs.append("marriage.ended_by" if part is not None else "marriage")
            if part is not None and part.get("ended_by") is not None:
                counts[row["ref"]] = False
                continue
        close = {"spouse", "child", "father", "mother"}
        if wide:
            close = close | {"grandparent", "grandchild", "spouse_father", "spouse_mother"}
        if relation not in close:
            counts[row["ref"]] = False
            continue
        inputs += [f"{path}.co_resident_from", f"{path}.shares_livelihood"]
        since = row.get("co_resident_from")
        if since is None:
            lives = None
        elif wide:
            lives = months_later(date.fromisoformat(since), 12) <= as_of
        else:
            inputs.append("application.income_certificate_issued")
            lives = date.fromisoformat(since) <= date(year, 1, 1)
        minor = True
        if relation == "child" and not wide:
            born = row.get("birth_date")
            minor = None if born is None else months_later(date.fromisoformat(born), 228) > as_of
        clear = True if dossier.get("arrears") is not None else None
        counts[row["ref"]] = both(row.get("shares_livelihood"), lives, minor, clear)
    for one in dossier.get("arrears") or ():
        counts.setdefault(one["person"], False)
    return counts, inputs


def verdict(sure, judged, hoped, most, standard):
    worst = "met" if sure >= standard else "review" if judged >= standard else "not_met"
    best = "met" if hoped >= standard else "review" if most >= standard else "not_met"
    return worst if worst == best else "unknown"


def livelihood(dossier, as_of, birth, category, tables, found):
    """Append the findings; return (carrying criterion, those relied on), None where released."""
    read = []
    if category in RELEASED:
        found.append(("livelihood.exemption", "exempt", "livelihood.exempt_category", {}, (), RELEASE))
        return None
    if category == "F-5-3":
        return None
    if category == "F-5-27":
        guideline = others.REFUGEES
        found.append(
            ("livelihood.separate_guideline", "review", "separate_guideline", guideline, (), others.SEPARATE)
        )
        return None
    if category in {"F-5-9", "F-5-10"}:
        read = ["education"]
        for place, row in enumerate(dossier.get("education") or ()):
            read.append(f"education[{place}].programme")
            if row.get("programme") is not None:
                found.append(
                    ("livelihood.exemption", "exempt", "livelihood.exempt_graduate", {}, tuple(read), RELEASE)
                )
                return None
        read = []
    public_dues(dossier, as_of, read, found)
    if category == "F-5-13":
        pension(dossier, as_of, tables, found)
        return None, ["applicant"]
    gni_multiple, asset_multiple = STANDARDS[category]
    eased = ["employment"] if category == "F-5-1" else []
    year = as_of.year - (2 if dossier["application"].get("income_certificate_issued") is False else 1)
    counts, family_inputs = members(dossier, as_of, category, year)
    share, share_inputs = category != "F-5-10", []
    if share:
        share_inputs = ["applicant.raises_minor_children"]
        share = dossier["applicant"].get("raises_minor_children") is not True
        if share:
            share_inputs.append("applicant.birth_date")
            share = months_later(birth, 228) <= as_of
    tests = [income(dossier, as_of, year, gni_multiple, counts, family_inputs, share, tables)]
    if asset_multiple == "real":
        tests.append(real_assets(dossier, as_of, counts, family_inputs))
    elif asset_multiple is not None:
        survey = "net_assets_median" if category == "F-5-2" else "net_assets_mean"
        tests.append(assets(dossier, as_of, asset_multiple, survey, counts, family_inputs, share, tables))
    best = None
    for name, outcome, key, values, inputs, own, basis in tests:
        asked = () if asset_multiple == "real" and name == "livelihood.assets" else share_inputs
        inputs = tuple(dict.fromkeys([*read, *eased, *inputs, *asked]))
        found.append((name, outcome, key, values, inputs, basis))
        pair = outcome if own is None else as_whole((outcome, own[0]))
        place = (ANY_OF[pair], ANY_OF[outcome])
        if best is None or place < best[0]:
            best = (place, name, own, inputs)
    if best[2] is not None:
        outcome, key, values = best[2]
        found.append(("livelihood.own_share", outcome, key, values, best[3], OWN))
    if best[1] == "livelihood.assets":
        people = [row["owner"] for row in dossier.get("assets") or ()]
    else:
        people = [
            row["earner"]
            for row in dossier.get("income") or ()
            if row["year"] == year and row.get("taxed") is True and row["amount"] > 0
        ]
    return best[1], sorted({ref for ref in people if counts.get(ref)}) or ["applicant"]


def public_dues(dossier, as_of, read, found):
    arrears, jobs, inputs = (
        dossier.get("arrears"),
        dossier.get("employment"),
        [*read, "arrears", "employment"],
    )
    owed, barred, unpermitted = [], [], []
    absent = [name for name, rows in (("arrears", arrears), ("employment", jobs)) if rows is None]
    for place, row in enumerate(arrears or ()):
        inputs.append(f"arrears[{place}].person")
        if row["person"] == "applicant":
            owed.append(f"arrears[{place}]")
    if owed:
        found.append(
            (
                "livelihood.public_dues",
                "not_met",
                "livelihood.arrears",
                {"entries": owed},
                tuple(inputs),
                DUES,
            )
        )
        return
    today = as_of.isoformat()
    for place, row in enumerate(jobs or ()):
        path = f"employment[{place}]"
        inputs.append(f"{path}.from")
        if row["from"] > today or (row.get("to") is not None and row["to"] < today):
            continue
        inputs += [f"{path}.industry", f"{path}.permitted"]
        if row.get("industry") in {"gambling", "entertainment", "against_morals"}:
            barred.append(path)
        if row.get("permitted") is False:
            unpermitted.append(path)
        absent += [f"{path}.{name}" for name in ("industry", "permitted") if row.get(name) is None]
    for entries, key in ((barred, "barred_industry"), (unpermitted, "no_permission")):
        if entries:
            values = {"entries": entries}
            found.append(
                ("livelihood.public_dues", "not_met", f"livelihood.{key}", values, tuple(inputs), DUES)
            )
            return
    if absent:
        lacking(found, "livelihood.public_dues", absent, inputs, DUES)
    else:
        inputs.append("family")
        found.append(("livelihood.public_dues", "met", "livelihood.dues_clear", {}, tuple(inputs), DUES))


def income(dossier, as_of, year, multiple, counts, family_inputs, share, tables):
    rows, name, inputs = dossier.get("income"), "livelihood.income", ["income"]
    if rows is None:
        values = {"facts": ["income"]}
        own = ("unknown", "missing", values) if share else None
        return name, "unknown", "missing", values, inputs, own, INCOME
    inputs += ["application.income_certificate_issued", *family_inputs]
    totals = [0, 0, 0, 0]
    mine = [0, 0, 0, 0]
    for place, row in enumerate(rows):
        if row["year"] != year:
            continue
        inputs.append(f"income[{place}].earner")
        standing = counts.get(row["earner"])
        if standing is False:
            continue
        inputs += [f"income[{place}].taxed", f"income[{place}].amount"]
        taxed = row.get("taxed")
        judged = taxed is not True and row.get("non_taxable") is True
        if taxed is not True:
            inputs.append(f"income[{place}].non_taxable")
        if taxed is False and not judged:
            inputs.remove(f"income[{place}].amount")
            continue
        parts = (taxed is True, taxed is True or judged, taxed is not False, True)
        for number, part in enumerate(parts):
            if part and (standing or number > 1):
                totals[number] += row["amount"]
            if part and row["earner"] == "applicant":
                mine[number] += row["amount"]
    figure = None
    for one in tables["gni_per_capita"]:
        if one[0] <= as_of:
            figure = one
    if figure is None or as_of.year - figure[1] not in {1, 2}:
        values = {"figure": "gni_per_capita", "years": [as_of.year - 1, as_of.year - 2]}
        own = ("unknown", "livelihood.no_figure", values) if share else None
        return name, "unknown", "livelihood.no_figure", values, inputs, own, INCOME
    needed = figure[2] * int(multiple) if multiple != "0.7" else -(-figure[2] * 7 // 10)
    outcome = verdict(*totals, needed)
    values = {
        "amount": totals[0],
        "most": totals[3],
        "year": year,
        "multiple": multiple,
        "figure": figure[2],
        "figure_year": figure[1],
        "standard": needed,
    }
    own = None
    if share:
        half = -(-needed // 2)
        outcome_of_own = verdict(*mine, half)
        values_of_own = {"amount": mine[0], "standard": half, "most": mine[3]}
        own = (outcome_of_own, f"livelihood.own_share.{outcome_of_own}", values_of_own)
    return name, outcome, f"livelihood.income.{outcome}", values, inputs, own, INCOME


def real_assets(dossier, as_of, counts, family_inputs):
    inputs, total = ["assets", *family_inputs], 0
    for place, row in enumerate(dossier["assets"]):
        path = f"assets[{place}]"
        inputs.append(f"{path}.kind")
        if row["kind"] not in {"real_estate", "rental_deposit"}:
            continue
        inputs += [f"{path}.acquired_on", f"{path}.owner"]
        if counts.get(row["owner"]) and months_later(date.fromisoformat(row["acquired_on"]), 12) <= as_of:
            inputs.append(f"{path}.value")
            total += row["value"]
    outcome = verdict(total, total, total, total, 60_000_000)
    values = {"amount": total, "most": total, "standard": 60_000_000}
    return "livelihood.assets", outcome, f"livelihood.real_assets.{outcome}", values, inputs, None, ASSETS


def pension(dossier, as_of, tables, found):
    part, figure = dossier["pension"], None
    for one in tables["gni_per_capita"]:
        if one[0] <= as_of:
            figure = one
    needed = 2 * figure[2]
    outcome = "met" if part["annual"] >= needed else "not_met"
    values = {
        "amount": part["annual"],
        "multiple": "2",
        "figure": figure[2],
        "figure_year": figure[1],
        "standard": needed,
    }
    basis = ("10. Pension Recipient [F-5-13]; " + AMOUNTS, ACT2)
    inputs = ("pension.from_abroad", "pension.annual")
    found.append(("livelihood.pension", outcome, f"livelihood.pension.{outcome}", values, inputs, basis))


def assets(dossier, as_of, multiple, survey, counts, family_inputs, share, tables):
    rows, debts, name = dossier.get("assets"), dossier.get("liabilities"), "livelihood.assets"
    inputs = ["assets", "liabilities"]
    figure = None
    for one in tables[survey]:
        if one[1] == as_of.year - 1:
            figure = one
    if rows is None:
        values = {"facts": ["assets"]}
        own = ("unknown", "missing", values) if share else None
        return name, "unknown", "missing", values, inputs, own, ASSETS
    inputs += family_inputs
    low, high = {}, {}
    for place, row in enumerate(rows):
        inputs += [f"assets[{place}].owner", f"assets[{place}].value", f"assets[{place}].acquired_on"]
        acquired, owner = row.get("acquired_on"), row["owner"]
        if acquired is None:
            high[owner] = high.get(owner, 0) + row["value"]
        elif months_later(date.fromisoformat(acquired), 6) <= as_of:
            low[owner] = low.get(owner, 0) + row["value"]
            high[owner] = high.get(owner, 0) + row["value"]
    for place, row in enumerate(debts or ()):
        inputs += [f"liabilities[{place}].owner", f"liabilities[{place}].amount"]
        low[row["owner"]] = low.get(row["owner"], 0) - row["amount"]
        high[row["owner"]] = high.get(row["owner"], 0) - row["amount"]
    sure = most = 0
    for owner in {*low, *high}:
        standing = counts.get(owner)
        if standing is not False:
            sure += low.get(owner, 0) if standing else min(0, low.get(owner, 0))
            most += high.get(owner, 0) if standing else max(0, high.get(owner, 0))
    needed = figure[2] if multiple == "1" else -(-figure[2] * 3 // 2)
    outcome = verdict(sure, sure, most, most, needed)
    values = {
        "amount": sure,
        "most": most,
        "multiple": multiple,
        "figure": figure[2],
        "figure_year": figure[1],
        "standard": needed,
    }
    own = None
    if share:
        half = -(-needed // 2)
        mine, possible = low.get("applicant", 0), high.get("applicant", 0)
        outcome_of_own = verdict(mine, mine, possible, possible, half)
        values_of_own = {"amount": mine, "standard": half, "most": possible}
        own = (outcome_of_own, f"livelihood.own_share.{outcome_of_own}", values_of_own)
    return name, outcome, f"livelihood.assets.{outcome}", values, inputs, own, ASSETS


def competency(dossier, as_of, birth, category, status, status_inputs, found):
    """Append the finding; return the ground of exemption."""
    part, inputs, shown = dossier.get("integration"), [], None
    if part is None:
        inputs.append("integration")
    else:
        inputs.append("integration.kiip_level_completed")
        if part.get("kiip_level_completed") == 5:
            shown = "kiip_level_completed"
        if shown is None:
            inputs.append("integration.permanent_residency_test_score")
            if (part.get("permanent_residency_test_score") or 0) >= 60:
                shown = "permanent_residency_test_score"
        if shown is None:
            inputs.append("integration.naturalization_test_score")
            if (part.get("naturalization_test_score") or 0) >= 60:
                shown = "naturalization_test_score"
        if shown is None:
            inputs.append("integration.topik_level")
            if (part.get("topik_level") or 0) >= 4 and as_of <= date(2019, 3, 31):
                shown = "topik_level"
    ground = "exempt_category" if category in NO_TEST else None
    if category == "F-5-3":
        ground = at_school(dossier, as_of, birth, inputs)
    elif ground is None:
        ground = released(dossier, as_of, birth, inputs)
    name = "competency.basic"
    if shown and ground:
        values = {"by": shown, "ground": ground}
        found.append((name, "met", "competency.shown_and_exempt", values, tuple(inputs), COMPETENCY))
    elif shown:
        found.append((name, "met", "competency.shown", {"by": shown}, tuple(inputs), COMPETENCY))
    elif ground:
        found.append((name, "exempt", "competency.exempt", {"ground": ground}, tuple(inputs), COMPETENCY))
    elif part is None:
        lacking(found, name, ["integration"], inputs, COMPETENCY)
    else:
        values = {
            "kiip": part.get("kiip_level_completed") or 0,
            "kiprat": part.get("permanent_residency_test_score") or 0,
            "kinat": part.get("naturalization_test_score") or 0,
            "topik": part.get("topik_level") or 0,
        }
        found.append((name, "not_met", "competency.not_shown", values, tuple(inputs), COMPETENCY))
    return ground


def at_school(dossier, as_of, birth, inputs):
    """The ladder of F-5-3."""
    inputs.append("applicant.birth_date")
    school = dossier.get("korean_schooling") or {}
    if months_later(birth, 72) > as_of:
        return "below_school_age"
    if months_later(birth, 180) > as_of:
        inputs.append("korean_schooling.enrolled")
        return "enrolled" if school.get("enrolled") is True else None
    inputs += [f"korean_schooling.{name}" for name in ("graduated", "equivalency_passed", "years_enrolled")]
    if school.get("graduated") is True:
        return "graduated"
    if school.get("equivalency_passed") is True:
        return "equivalency_passed"
    return "two_years_enrolled" if (school.get("years_enrolled") or 0) >= 2 else None


def released(dossier, as_of, birth, inputs):
    inputs.append("applicant.birth_date")
    if months_later(birth, 228) > as_of:
        return "minor"
    if months_later(birth, 720) <= as_of:
        return "sixty"
    school = dossier.get("korean_schooling")
    if school is None:
        inputs.append("korean_schooling")
    else:
        inputs += [
            f"korean_schooling.{name}" for name in ("graduated", "equivalency_passed", "years_enrolled")
        ]
        if school.get("graduated") is True:
            return "graduated"
        if school.get("equivalency_passed") is True:
            return "equivalency_passed"
        if (school.get("years_enrolled") or 0) >= 2:
            return "two_years_enrolled"
    inputs.append("education")
    for place, row in enumerate(dossier.get("education") or ()):
        path = f"education[{place}]"
        if row.get("awarded_on") is not None:
            inputs.append(f"{path}.awarded_on")
            if date.fromisoformat(row["awarded_on"]) > as_of:
                continue
        inputs += [f"{path}.level", f"{path}.country", f"{path}.regular_course"]
        if row["level"] == "doctorate" and row["country"] == "KOR" and row.get("regular_course"):
            return "korean_doctorate"
    degree_found = is_advanced_doctor(dossier, as_of)
    inputs += degree_found[3]
    if degree_found[0] == "met":
        work = worked(dossier, as_of, 1, RELATED)
        inputs += work[3]
        if work[0] == "met":
            return "advanced_doctor"
    return None


def away(dossier, as_of, since, inputs):
    inputs.append("abroad")
    spans = []
    for place, row in enumerate(dossier.get("abroad") or ()):
        inputs += [f"abroad[{place}].from", f"abroad[{place}].to"]
        start = date.fromisoformat(row["from"])
        end = as_of if row.get("to") is None else min(as_of, date.fromisoformat(row["to"]))
        if start <= as_of and max(start, since) <= end:
            spans.append((max(start, since), end))
    return spans


def criminal_record(dossier, as_of, birth, category, stays, stay_inputs, present, tables, found):
    """Append the finding; return whether the certificate is asked among the documents."""
    name, applicant = "criminal_record.certificate", dossier["applicant"]
    ground, inputs = None, []
    if category in {"F-5-5", "F-5-9", "F-5-11"}:
        ground = "record_category"
    elif months_later(birth, 168) > as_of:
        ground, inputs = "under_fourteen", ["applicant.birth_date"]
    if ground is None:
        inputs = ["applicant.birth_date", "applicant.born_in_korea", "applicant.first_entry_on"]
        fourteen = months_later(birth, 168)
        entered = applicant.get("first_entry_on")
        if applicant.get("born_in_korea") is True or (entered and date.fromisoformat(entered) < fourteen):
            spans = away(dossier, as_of, fourteen, inputs)
            if not any(months_later(start, 6) <= end + DAY for start, end in spans):
                ground = "grew_up_here"
    if ground is None:
        inputs += ["earlier_certificate", *stay_inputs]
        since, read = chain(stays or [], present, None)
        inputs += read
        if since is not None and months_later(since, 120) <= as_of:
            ground = "ten_years_here"
    if ground:
        found.append((name, "exempt", "record.exempt", {"ground": ground}, tuple(inputs), RECORD))
        return False
    nationality = applicant["nationality"]
    inputs += ["abroad", "applicant.nationality", "certificate_relief", "criminal_record_certificates"]
    window, thirds = months_before(as_of, 60), []
    for place, row in enumerate(dossier.get("abroad") or ()):
        inputs += [f"abroad[{place}].country", f"abroad[{place}].from", f"abroad[{place}].to"]
        start = max(window, date.fromisoformat(row["from"]))
        end = as_of if row.get("to") is None else min(as_of, date.fromisoformat(row["to"]))
        if row["country"] not in {"KOR", nationality} and months_later(start, 12) <= end + DAY:
            thirds.append(row["country"])
    countries = [nationality, *sorted(set(thirds))]
    outcomes, defects, without = [], [], []
    for country in countries:
        best = "not_met"
        seen = False
        for place, row in enumerate(dossier.get("criminal_record_certificates") or ()):
            inputs.append(f"criminal_record_certificates[{place}].country")
            if row["country"] != country:
                continue
            seen = True
            wrong = certificate(row, f"criminal_record_certificates[{place}]", as_of, tables, inputs)
            defects += [[country, row["issued_on"], word] for _, word in wrong]
            outcome = as_whole(["met", *(one for one, _ in wrong)])
            best = min(best, outcome, key=ANY_OF.__getitem__)
        outcomes.append(best)
        if not seen:
            without.append(country)
    outcome = as_whole(outcomes)
    read = tuple(dict.fromkeys(inputs))
    if outcome == "not_met":
        values = {"countries": countries, "defects": defects, "lacking": without}
        key = "record.lacking" if without else "record.defective"
        found.append((name, "not_met", key, values, read, RECORD))
    elif defects:
        key = {"unknown": "record.open", "review": "record.review"}.get(outcome, "record.covered_despite")
        found.append((name, outcome, key, {"countries": countries, "defects": defects}, read, RECORD))
    else:
        found.append((name, outcome, "record.covered", {"countries": countries}, read, RECORD))
    return True


def certificate(row, path, as_of, tables, inputs):
    names = (
        "issued_on",
        "original",
        "notarised_translation",
        "issuer",
        "covers_whole_country",
        "authentication",
    )
    inputs += [f"{path}.{name}" for name in names]
    wrong, issued, country = [], date.fromisoformat(row["issued_on"]), row["country"]
    if issued > as_of:
        wrong.append(("not_met", "issued_after"))
    elif issued < months_before(as_of, 6):
        wrong.append(("not_met", "too_old"))
    for name, word in (("original", "not_original"), ("notarised_translation", "no_translation")):
        fact = row.get(name)
        if fact is not True:
            wrong.append(("not_met", word) if fact is False else ("unknown", f"{name}_open"))
    issuer, whole = row.get("issuer"), row.get("covers_whole_country")
    if issuer is None:
        wrong.append(("unknown", "issuer_open"))
    elif issuer == "local_authority":
        if country != "CHN":
            wrong.append(("not_met", "local_issuer"))
    elif issuer == "embassy" and country not in {"RUS", "TKM"}:
        wrong.append(("not_met", "embassy_issuer"))
    elif whole is False:
        wrong.append(("not_met", "not_nationwide"))
    elif whole is None and issuer == "state_authority":
        wrong.append(("unknown", "coverage_open"))
    how, since = row.get("authentication"), tables["apostille"].get(country)
    if how is None:
        wrong.append(("unknown", "authentication_open"))
    elif how == "none":
        wrong.append(("not_met", "not_authenticated"))
    elif since is None:
        if how == "apostille":
            wrong.append(("review", "apostille_of_unlisted"))
    elif how == "apostille" and issued < since:
        wrong.append(("not_met", "apostille_before_accession"))
    elif how == "consular" and issued >= since:
        wrong.append(("review", "consular_of_member"))
    return wrong


def asked(dossier, category, status, carried, ground, certificate_asked, as_of):
    needs = [("common-01",), ("common-02",), ("common-03",), ("common-04",)]
    if category == "F-5-20":
        needs.remove(("common-03",))
    applicant = dossier["applicant"]
    if certificate_asked:
        needs.append(("common-05",))
    if category not in {"F-5-17", "F-5-22"} and not (
        dossier["application"].get("obliged_under_article_79") is True
        or applicant.get("descends_from_pre_1948_entrant") is True
        or applicant.get("descends_from_korean_spouse_of_japanese") is True
    ):
        needs.append(("common-06",))
    if carried is not None:
        needs += [("common-07", person) for person in carried[1]]
        if carried[0] != "livelihood.assets":
            needs += [("common-08", person) for person in carried[1]]
    if ground is None:
        needs.append(("one_of_competency",))
    needs.append(("common-15",))
    if category == "F-5-1" and status is not None:
        own = {"D-7": "employment-or-dispatch", "D-8": "sales-or-exports", "D-9": "sales-or-exports"}
        own |= {"D-10": "job-offer", "E-7": "degree"}
        needs += [(code,) for held, code in own.items() if is_in(status, (held,))]
    elif category == "F-5-2":
        needs.append(("family-relations",))
    elif category in {"F-5-9", "F-5-10"}:
        needs += [("degree",), ("business-registration",), ("employment-and-insurance",)]
    elif category in OWN_PAPERS:
        needs += [(code,) for code in OWN_PAPERS[category]]
    elif category == "F-5-16":
        needs.append(("business-registration",))
        if carried[0] != "livelihood.assets":
            needs.append(("employment-contract",))
    return needs


OWN_PAPERS = {
    "F-5-3": ("family-relations", "birth-certificate"),
    "F-5-4": ("family-relations",),
    "F-5-5": (
        "fie-registration",
        "company-register",
        "employees-income",
        "employees-contract",
        "employees-insurance",
    ),
    "F-5-8": ("family-register-residents-association", "birth-certificate"),
    "F-5-11": ("achievements",),
    "F-5-13": ("pension",),
    "F-5-17": ("investment-maintained",),
    "F-5-20": (
        "family-relations",
        "birth-certificate",
        "parent-permanent-residence",
        "nationality-statement",
    ),
    "F-5-22": ("family-relations", "investment-maintained"),
    "F-5-25": ("investment-deposit", "remittance", "pledge"),
    "F-5-26": ("degree", "research-facility", "appointment"),
    "F-5-27": (),
}


def documents(dossier, as_of, category, status, carried, ground, certificate_asked, found):
    rows = dossier.get("documents")
    if rows is None:
        for name in ("submitted", "in_date", "reviewed"):
            lacking(found, f"documents.{name}", ["documents"], ["documents"], PAPERS)
        return
    entries = {}
    for place, row in enumerate(rows):
        entries.setdefault(row["code"], []).append((place, row))
    needs = asked(dossier, category, status, carried, ground, certificate_asked, as_of)
    one_of = ["common-11", "common-12", "common-13", "common-14"]
    if as_of <= date(2019, 3, 31):
        one_of.append("topik")
    handed_inputs, marked_inputs = ["documents"], ["documents"]
    relations = {row["ref"]: row["relation"] for row in dossier.get("family") or ()} | {
        "applicant": "applicant"
    }
    absent, open_needs, left, count = [], [], [], 0
    for code, *person in needs:
        codes = one_of if code == "one_of_competency" else [code]
        known = [entry for one in codes for entry in entries.get(one, ())]
        if person:
            whose = {person[0], None} if len(carried[1]) == 1 or person[0] == "applicant" else {person[0]}
            known = [entry for entry in known if entry[1].get("person") in whose]
        named = [f"document:{code}"]
        named += [one if one == "applicant" else [relations.get(one, ""), one] for one in person]
        handed = [row.get("submitted") for _, row in known]
        handed_inputs += [f"documents[{place}].submitted" for place, _ in known]
        if True not in handed:
            (open_needs if None in handed else absent).append(named)
        given = [(place, row) for place, row in known if row.get("submitted") is not False]
        marks = [row.get("reviewed") is True for _, row in given]
        marked_inputs += [f"documents[{place}].submitted" for place, _ in known]
        marked_inputs += [f"documents[{place}].reviewed" for place, _ in given]
        count += bool(given)
        if given and not (any(marks) if len(codes) > 1 else all(marks)):
            left.append(named)
    handed_inputs = tuple(dict.fromkeys(handed_inputs))
    if absent or open_needs:
        values = {"count": len(needs), "documents": absent or open_needs}
        outcome, key = ("not_met", "documents.lacking") if absent else ("unknown", "documents.unmarked")
        found.append(("documents.submitted", outcome, key, values, handed_inputs, PAPERS))
    else:
        values = {"count": len(needs)}
        found.append(("documents.submitted", "met", "documents.complete", values, handed_inputs, PAPERS))
    in_date(entries, as_of, category, found)
    marked_inputs = tuple(dict.fromkeys(marked_inputs))
    if left:
        values = {"left": len(left), "count": count, "documents": left}
        found.append(("documents.reviewed", "unknown", "documents.to_review", values, marked_inputs, PAPERS))
    else:
        found.append(
            ("documents.reviewed", "met", "documents.reviewed", {"count": count}, marked_inputs, PAPERS)
        )


def in_date(entries, as_of, category, found):
    inputs, late, undated, count = ["documents"], [], [], 0
    dated = ("common-04", "common-05")
    if category in {"F-5-17", "F-5-22"}:
        dated = (*dated, "investment-maintained")
    for code in dated:
        for place, row in entries.get(code, ()):
            path = f"documents[{place}]"
            inputs.append(f"{path}.submitted")
            if row.get("submitted") is False:
                continue
            count += 1
            inputs.append(f"{path}.issued_on")
            issued = row.get("issued_on") and date.fromisoformat(row["issued_on"])
            good = None
            if row.get("submitted") is None:
                good = None
            elif issued and issued > as_of:
                good = False
            elif code != "common-04":
                first = months_before(as_of, 6) if code == "common-05" else as_of - 5 * DAY
                good = None if issued is None else issued >= first
            else:
                inputs.append(f"{path}.expires_on")
                expires = row.get("expires_on")
                good = date.fromisoformat(expires) >= as_of if expires else (True if issued else None)
            if not good:
                (undated if good is None else late).append([f"document:{code}", path])
    if late or undated:
        outcome, key = ("not_met", "documents.out_of_date") if late else ("unknown", "documents.undated")
        found.append(
            ("documents.in_date", outcome, key, {"documents": late or undated}, tuple(inputs), PAPERS)
        )
    else:
        found.append(
            ("documents.in_date", "met", "documents.in_date", {"count": count}, tuple(inputs), PAPERS)
        )

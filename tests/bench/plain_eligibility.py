"""Eligibility of the categories beside the five of plain_precheck, straight down without the engine."""

# Straight down on purpose: this is what the engine is measured against.
# ruff: noqa: C901

from datetime import date, timedelta

from tests.bench.plain_dates import ANY_OF, DAY, as_whole, both, is_in, months_before, months_later

TYPES = "Types of Permanent Residency and Detailed Codes"
DECREE = "Enforcement Decree Annex 1-3 item "
F52 = ("2. Marriage Migrant (F-5-2), Minor Child of Korean National (F-5-3) D", DECREE + "2")
F54 = ("3. Spouse or Minor Child of General Permanent Resident [F-5-4]", DECREE + "2")
F55 = ("4. High-Investment Investor [F-5-5]", DECREE + "3")
F58 = ("5. Ethnic Korean Born in the Republic of Korea [F-5-8]", DECREE + "6")
F511 = ("8. Person with Specific Field Abilities [F-5-11]", DECREE + "9")
F513 = ("10. Pension Recipient [F-5-13]", DECREE + "11")
TOURISM = (
    "12. Tourism/Recreational Facility Investor [F-5-17] and Their Spouse and Unmarried Child [F-5-19]",
    DECREE + "14",
)
F520 = ("13. Child Born in Korea of Permanent Resident [F-5-20]", DECREE + "2; Immigration Act Art. 23")
PUBLIC = (
    "14. Public Project Investor [F-5-21/23] and Their Spouse and Unmarried Child [F-5-22]",
    DECREE + "14",
)
F525 = (TYPES, DECREE + "16")
F526 = (TYPES, DECREE + "17; Foreign Investment Promotion Act Enforcement Decree Art. 25(1)4")
F527 = (TYPES, DECREE + "18")
SEPARATE = (TYPES, "Enforcement Decree Annex 1-3")
REFUGEES = {
    "guideline_en": "the guideline on permanent residence of refugees",
    "guideline_ko": "난민 영주자격 부여 지침",
}
MANDATORY = {
    "renowned_figure": 50,
    "research": 30,
    "sports": 30,
    "university_teaching": 30,
    "company_employment": 30,
    "major_corporation": 25,
    "intellectual_property": 25,
    "talent": 25,
}
BONUS = {
    "korean_employment": 30,
    "business_management": 30,
    "recommendation": 20,
    "tax_payment": 10,
    "social_service": 10,
    "study_in_korea": 5,
    "work_study_programme": 5,
}


def stated(found, name, fact, path, basis):
    outcome = "unknown" if fact is None else "met" if fact else "not_met"
    key, values = f"stated.{name}.{outcome}", {"fact": path}
    if fact is None:
        key, values = "missing", {"facts": [path]}
    found.append((f"eligibility.{name}", outcome, key, values, (path,), basis))


def living(dossier, inputs):
    """The members not deceased, with the reading of them."""
    inputs.append("family")
    alive = []
    for place, row in enumerate(dossier["family"]):
        path = f"family[{place}]"
        inputs.append(f"{path}.deceased")
        if row.get("deceased") is True:
            continue
        if row.get("birth_date") is not None:
            inputs.append(f"{path}.birth_date")
        alive.append((path, row))
    return alive


def child_of_korean(dossier, as_of, birth, found):
    minor = months_later(birth, 228) > as_of
    values = {"birth": birth.isoformat(), "age": 19}
    outcome, key = ("met", "age.not_reached") if minor else ("not_met", "age.grown_up")
    basis = (F52[0], F52[1] + "; Civil Code Art. 4, 158")
    found.append(("eligibility.minor", outcome, key, values, ("applicant.birth_date",), basis))
    inputs, korean = [], False
    for path, row in living(dossier, inputs):
        inputs.append(f"{path}.relation")
        if row["relation"] in {"father", "mother"}:
            inputs.append(f"{path}.nationality")
            korean = korean or row.get("nationality") == "KOR"
    outcome, key = ("met", "parent.korean") if korean else ("not_met", "parent.not_korean")
    found.append(("eligibility.parent", outcome, key, {}, tuple(inputs), F52))


def married_to(dossier, inputs):
    alive, spouse = living(dossier, inputs), (dossier.get("marriage") or {}).get("spouse")
    inputs.append("marriage.spouse" if dossier.get("marriage") is not None else "marriage")
    inputs += [f"{path}.relation" for path, _ in alive]
    return [
        (path, row) for path, row in alive if row["relation"] == "spouse" and spouse in {None, row["ref"]}
    ]


def resident_family(dossier, as_of, status, status_inputs, found):
    """The limb of the spouse."""
    inputs, part = [], dossier["marriage"]
    best = None
    for path, row in married_to(dossier, inputs):
        inputs += [f"{path}.status", f"{path}.status_granted_on"]
        granted = row.get("status_granted_on")
        held = row["status"]
        kind = is_in(held, ("F-5",)) and not is_in(held, ("F-5-16", "F-5-17", "F-5-21", "F-5-23"))
        day = date.fromisoformat(granted) if granted else None
        since = None if day is None else months_later(day, 24) <= as_of
        fact = both(kind, since)
        values = {"person": [row["relation"], row["ref"]], "status": held, "granted": granted}
        if fact:
            best = ("met", "sponsor.granted", values)
        elif not kind:
            best = ("not_met", "sponsor.other_status", values)
        else:
            best = ("not_met", "sponsor.too_recent", values)
    outcome, key, values = best or ("not_met", "sponsor.none", {})
    found.append(("eligibility.sponsor", outcome, key, values, tuple(inputs), F54))
    inputs = ["applicant.marital_status", "marriage.registered_on", "marriage.ended_on", "marriage.ended_by"]
    inputs.append("marriage.maintained")
    lawful = part.get("ended_on") is None and part.get("ended_by") is None
    lawful = lawful and bool(married_to(dossier, inputs))
    kept = both(lawful, part.get("maintained"))
    outcome, key = ("met", "marriage.kept") if kept else ("not_met", "marriage.not_kept")
    values = {"since": part.get("registered_on"), "years": 0}
    found.append(("eligibility.marriage", outcome, key, values, tuple(inputs), F54))
    values = {"status": status, "statuses": ["F-2"]}
    outcome, key = ("met", "status.held") if is_in(status, ("F-2",)) else ("not_met", "status.other")
    found.append(("eligibility.status", outcome, key, values, tuple(status_inputs), F54))


def investor_family(dossier, found):
    """F-5-22, the limb of the spouse."""
    inputs, best = [], None
    for path, row in married_to(dossier, inputs):
        inputs += [f"{path}.f5_application", f"{path}.status", f"{path}.investment_maintained"]
        application, held = row.get("f5_application"), is_in(row["status"], ("F-5-21", "F-5-23"))
        values = {"person": [row["relation"], row["ref"]], "status": row["status"]}
        if application == "refused":
            best = ("not_met", "sponsor.refused", values)
            continue
        standing = "review" if application == "pending" and not held else "met" if held else "not_met"
        maintained = row.get("investment_maintained")
        kept = "unknown" if maintained is None else "met" if maintained else "not_met"
        outcome = as_whole((standing, kept))
        key = {"review": "sponsor.pending", "met": "sponsor.investor"}.get(outcome, "sponsor.no_investor")
        best = (outcome, key, values)
    outcome, key, values = best or ("not_met", "sponsor.none", {})
    found.append(("eligibility.sponsor", outcome, key, values, tuple(inputs), PUBLIC))


def held_investments(dossier, as_of, schemes, inputs):
    """[(path, row, held now)] of the schemes begun by A."""
    inputs.append("investments")
    rows = []
    for place, row in enumerate(dossier["investments"]):
        path = f"investments[{place}]"
        inputs.append(f"{path}.scheme")
        if row["scheme"] not in schemes:
            continue
        inputs.append(f"{path}.from")
        if date.fromisoformat(row["from"]) > as_of:
            continue
        inputs += [f"{path}.to", f"{path}.principal_recovered", f"{path}.lapses"]
        held = row.get("to") is None or date.fromisoformat(row["to"]) >= as_of
        held = held and row.get("principal_recovered") is not True
        for lapse in row.get("lapses") or ():
            held = held and not date.fromisoformat(lapse["from"]) <= as_of <= date.fromisoformat(lapse["to"])
        rows.append((path, row, held))
    return rows


def founder(dossier, as_of, found):
    inputs, usd = [], 0
    for path, row, held in held_investments(dossier, as_of, {"foreign_investment"}, inputs):
        if held:
            inputs.append(f"{path}.amount_usd")
            usd += row.get("amount_usd") or 0
    outcome, key = ("met", "reached") if usd >= 500_000 else ("not_met", "not_reached")
    values = {"usd": usd, "standard": 500_000}
    found.append(("eligibility.investment", outcome, f"foreign_investment.{key}", values, tuple(inputs), F55))
    inputs, people, taken = ["employees"], {}, set()
    limit = months_before(as_of, 6)
    for place, row in enumerate(dossier["employees"]):
        inputs.append(f"employees[{place}].counted_for_other_application_on")
        counted = row.get("counted_for_other_application_on")
        if counted and limit <= date.fromisoformat(counted) <= as_of:
            taken.add(row.get("ref"))
    for place, row in enumerate(dossier["employees"]):
        path = f"employees[{place}]"
        inputs.append(f"{path}.ref")
        ref = row.get("ref") or path
        if ref in taken:
            continue
        inputs += [f"{path}.from", f"{path}.to", f"{path}.nationality"]
        start = date.fromisoformat(row["from"])
        if (
            start > as_of
            or row["nationality"] != "KOR"
            or (row.get("to") and date.fromisoformat(row["to"]) < as_of)
        ):
            continue
        inputs += [f"{path}.direct_contract", f"{path}.full_time_permanent"]
        fits = both(
            months_later(start, 6) <= as_of, row.get("full_time_permanent"), row.get("direct_contract")
        )
        people[ref] = people.get(ref) or fits
    count = sum(fits is True for fits in people.values())
    outcome, key = ("met", "employees.enough") if count >= 5 else ("not_met", "employees.too_few")
    values = {"count": count, "needed": 5}
    found.append(("eligibility.korean_employees", outcome, key, values, tuple(inputs), F55))


def tourism(dossier, as_of, found):
    inputs, spans, held_any, free, any_tourism = [], [], False, True, False
    for path, row, held in held_investments(dossier, as_of, {"tourism_facility", "public_project"}, inputs):
        any_tourism = any_tourism or row["scheme"] == "tourism_facility"
        end = as_of - DAY if row.get("to") is None else min(as_of - DAY, date.fromisoformat(row["to"]))
        spans.append((date.fromisoformat(row["from"]), end))
        if held:
            held_any = True
            inputs.append(f"{path}.pledged_as_collateral")
            free = both(
                free, None if row.get("pledged_as_collateral") is None else not row["pledged_as_collateral"]
            )
    days, last = 0, None
    for start, end in sorted(spans):
        start = start if last is None else max(start, last + DAY)
        if end >= start:
            days += (end - start).days + 1
            last = end
    full = months_later(as_of - timedelta(days), 60)
    checks = {"none": any_tourism, "short": full <= as_of, "not_held": held_any, "pledged": free}
    reasons = [f"investment_{name}" for name, fact in checks.items() if fact is False]
    values = {"days": days, "years": 5, "full": full.isoformat()}
    if reasons:
        values["reasons"] = reasons
        found.append(
            ("eligibility.investment", "not_met", "investment.fails", values, tuple(inputs), TOURISM)
        )
    else:
        found.append(("eligibility.investment", "met", "investment.kept", values, tuple(inputs), TOURISM))


def conditional(dossier, as_of, tables, found):
    inputs, best = [], None
    for path, row, held in held_investments(dossier, as_of, {"pledged"}, inputs):
        if not held:
            continue
        inputs += [f"{path}.amount", f"{path}.five_year_pledge"]
        made, standard = date.fromisoformat(row["from"]), None
        for start, _year, amount in tables["conditional_investment"]:
            if start <= made:
                standard = amount
        values = {"amount": row.get("amount"), "made": row["from"], "standard": standard}
        if both(standard is not None and row["amount"] >= standard, row.get("five_year_pledge")):
            best = ("met", "pledged.reached", values)
        best = best or ("not_met", "pledged.not_reached", values)
    outcome, key, values = best or ("not_met", "pledged.none", {})
    found.append(("eligibility.investment", outcome, key, values, tuple(inputs), F525))


def infant(dossier, as_of, birth, found):
    applicant = dossier["applicant"]
    stated(found, "born_in_korea", applicant.get("born_in_korea"), "applicant.born_in_korea", F520)
    until, free = months_later(birth, 12), birth + timedelta(90)
    values = {"birth": birth.isoformat(), "until": (until - DAY).isoformat()}
    if as_of >= until:
        found.append(
            (
                "eligibility.filed_in_time",
                "not_met",
                "filed.too_late",
                values,
                ("applicant.birth_date",),
                F520,
            )
        )
    else:
        values["free"] = free.isoformat()
        key = "filed.with_penalty" if as_of > free else "filed.in_time"
        found.append(("eligibility.filed_in_time", "met", key, values, ("applicant.birth_date",), F520))
    inputs, best = [], None
    for path, row in living(dossier, inputs):
        inputs.append(f"{path}.relation")
        if row["relation"] in {"father", "mother"}:
            inputs += [f"{path}.status_granted_on", f"{path}.status"]
            holds = is_in(row["status"], ("F-5",))
            values = {"person": [row["relation"], row["ref"]], "status": row["status"]}
            one = ("met", "sponsor.holds", values) if holds else ("not_met", "sponsor.other_status", values)
            best = one if best is None or ANY_OF[one[0]] < ANY_OF[best[0]] else best
    outcome, key, values = best or ("not_met", "sponsor.none", {})
    found.append(("eligibility.sponsor", outcome, key, values, tuple(inputs), F520))
    stated(found, "birth_registered", applicant.get("birth_registered"), "applicant.birth_registered", F520)
    registered = date.fromisoformat(dossier["parents_marriage_registered_on"])
    values = {"registered": registered.isoformat(), "birth": birth.isoformat()}
    outcome, key = "met", "parents_marriage.before_birth"
    if registered >= birth:
        outcome, key = "not_met", "parents_marriage.after_birth"
    elif months_later(registered, 12) > birth:
        outcome, key = "review", "parents_marriage.short"
    inputs = ("parents_marriage_registered_on", "applicant.birth_date")
    found.append(("eligibility.parents_marriage", outcome, key, values, inputs, F520))


def born_here(dossier, as_of, stays, stay_inputs, used, found):
    """F-5-8, the limb of those who stayed on."""
    stated(found, "born_in_korea", dossier["applicant"].get("born_in_korea"), "applicant.born_in_korea", F58)
    former = None
    for stay in stays:
        if (
            is_in(stay[2], ("F-2",))
            and stay[0] < date(2002, 4, 18)
            and (former is None or stay[:3] > former[:3])
        ):
            former = stay
    values = {"since": former[0].isoformat(), "before": "2002-04-18"}
    inputs = (*stay_inputs, *used(former))
    found.append(("eligibility.former_f2", "met", "former_f2.held", values, inputs, F58))
    later = sorted(stay for stay in stays if stay[0] >= former[0])
    present = max((stay for stay in stays if stay[1] >= as_of), key=lambda stay: stay[:3])
    left = [f"stays[{stay[4]}]" for stay in later if stay[3] and stay[1] < as_of]
    values = {"status": present[2], "since": former[0].isoformat()}
    inputs = (*stay_inputs, *(path for stay in later for path in used(stay)))
    outcome, key = "met", "current_stay.kept"
    if left:
        outcome, key, values = "not_met", "current_stay.departed", values | {"entries": left}
    found.append(("eligibility.residence", outcome, key, values, inputs, F58))


def points(dossier, as_of, tables, found):
    ability, inputs = dossier["special_ability"], ["special_ability.mandatory"]
    required = 0
    for item, limit in MANDATORY.items():
        required += min(
            limit, max((one["points"] for one in ability["mandatory"] if one["item"] == item), default=0)
        )
    inputs += ["income", "application.income_certificate_issued"]
    year = as_of.year - (2 if dossier["application"].get("income_certificate_issued") is False else 1)
    figure, earned = None, 0
    for one in tables["gni_per_capita"]:
        if one[0] <= as_of:
            figure = one
    for place, row in enumerate(dossier["income"]):
        inputs.append(f"income[{place}].earner")
        if row["earner"] == "applicant" and row["year"] == year:
            inputs += [f"income[{place}].taxed", f"income[{place}].domestic", f"income[{place}].amount"]
            earned += row["amount"] if both(row.get("taxed"), row.get("domestic")) else 0
    total = required
    for times, score in ((4, 30), (3, 20), (2, 10), (1, 5)):
        if earned >= times * figure[2]:
            total += score
            break
    inputs += ["assets", "liabilities"]
    owned = 0
    for place, row in enumerate(dossier["assets"]):
        inputs += [f"assets[{place}].domestic", f"assets[{place}].owner", f"assets[{place}].value"]
        owned += row["value"] if row["owner"] == "applicant" and row.get("domestic") else 0
    for place, row in enumerate(dossier["liabilities"]):
        inputs.append(f"liabilities[{place}].owner")
        owned -= row["amount"] if row["owner"] == "applicant" else 0
    for limit, score in ((10**9, 30), (7 * 10**8, 20), (5 * 10**8, 10), (3 * 10**8, 5)):
        if owned >= limit:
            total += score
            break
    inputs.append("education")
    best = 0
    for place, row in enumerate(dossier["education"]):
        inputs.append(f"education[{place}].level")
        best = max(best, {"doctorate": 20, "master": 15, "bachelor": 10}[row["level"]])
    total += best
    part = dossier["integration"]
    names = ("kiip_level_completed", "permanent_residency_test_score", "naturalization_test_score")
    inputs += [f"integration.{name}" for name in names]
    level, passed = part.get(names[0]) or 0, max(part.get(names[1]) or 0, part.get(names[2]) or 0) >= 60
    total += {5: 15, 4: 8, 3: 5}.get(level, 10 if level == 0 and passed else 0)
    inputs.append("special_ability.bonus")
    for item, limit in BONUS.items():
        total += min(limit, sum(one["points"] for one in ability["bonus"] if one["item"] == item))
    passes = (required >= 30 and total >= 50) or (20 <= required < 30 and total >= 100)
    outcome, key = ("met", "points.reached") if passes else ("not_met", "points.not_reached")
    values = {"mandatory": required, "total": total, "most": total}
    found.append(("eligibility.points", outcome, key, values, tuple(dict.fromkeys(inputs)), F511))


def pensioner(as_of, birth, found):
    grown = months_later(birth, 720) <= as_of
    values = {"birth": birth.isoformat(), "age": 60}
    outcome, key = ("met", "age.reached") if grown else ("not_met", "age.not_reached")
    found.append(("eligibility.age", outcome, key, values, ("applicant.birth_date",), F513))

"""Words and sentences of the family criteria."""

from kis.rules.messages import add_sentences
from kis.rules.texts import Text, add_words

add_words(
    {
        "route:married": Text("married to a Korean", "국민과의 혼인 유지"),
        "route:child_raised": Text("raising a child", "자녀 양육"),
        "route:marriage_ended": Text("marriage ended", "혼인 단절"),
        "route:spouse": Text("spouse", "배우자"),
        "route:child": Text("child", "자녀"),
        "route:merit_recipient": Text("recipient of the award", "공로 수상자"),
        "route:merit_family": Text("family of the recipient", "공로자의 배우자·자녀"),
        "route:special_naturalised_family": Text(
            "family of a specially naturalised person", "특별귀화자의 배우자·자녀"
        ),
        "route:merit_descendant": Text("descendant", "공로자의 직계비속"),
        "route:current_stay": Text("staying without complete departure", "완전출국 없이 체류"),
        "route:returned_two_years": Text("returned, two years", "재입국 후 2년"),
        "route:returned_four_years": Text("returned, four years", "재입국 후 4년"),
        "marital:single": Text("single", "미혼"),
        "marital:married": Text("married", "기혼"),
        "marital:divorced": Text("divorced", "이혼"),
        "marital:widowed": Text("widowed", "사별"),
        "marital:common_law": Text("common-law marriage", "사실혼"),
        "ended:death": Text("death", "사망"),
        "ended:disappearance": Text("disappearance", "실종"),
        "ended:divorce": Text("divorce", "이혼"),
        "ended:other": Text("other", "기타"),
        "ended:None": Text("not stated", "미기재"),
        "fault:korean_spouse": Text("the Korean spouse", "한국인 배우자"),
        "fault:applicant": Text("the applicant", "신청인"),
        "fault:neither": Text("neither", "없음"),
        "fault:None": Text("not stated", "미기재"),
    }
)
add_sentences(
    {
        "marriage.status": Text("The civil status is: {status}.", "혼인 상태: {status}."),
        "marriage.kept": Text(
            "Registered on {since:date} and kept.", "{since:date} 혼인신고 후 혼인관계를 유지하고 있습니다."
        ),
        "marriage.not_kept": Text(
            "No lawful marriage that is kept as the rule asks.", "요건에 맞게 유지되는 법률혼이 아닙니다."
        ),
        "marriage.too_short": Text(
            "Registered on {since:date}, less than {years} years before.",
            "{since:date} 혼인신고로 {years}년이 되지 않았습니다.",
        ),
        "settle.marriage_from": Text(
            "The marriage is long enough from {full:date}.", "{full:date}부터 혼인기간을 충족합니다."
        ),
        "stated.child_raising.met": Text(
            "The child is raised in Korea.", "자녀를 국내에서 양육하고 있습니다."
        ),
        "stated.child_raising.not_met": Text(
            "No child is raised in Korea.", "국내에서 자녀를 양육하지 않습니다."
        ),
        "marriage_end.met": Text(
            "It ended by {how}; at fault: {fault}.", "혼인 종료 사유: {how}, 귀책: {fault}."
        ),
        "marriage_end.own_fault": Text("The applicant is at fault.", "신청인에게 귀책사유가 있습니다."),
        "marriage_end.neither": Text(
            "Neither is at fault: to be weighed.", "어느 쪽의 귀책도 아니어서 심사가 필요합니다."
        ),
        "marriage_end.not_yet": Text(
            "The marriage had not ended on the day of application.", "신청일 당시 혼인이 종료되지 않았습니다."
        ),
        "settle.fault_of": Text("Weigh how the marriage ended.", "혼인 단절의 경위를 심사해야 합니다."),
        "age.grown_up": Text(
            "Born on {birth:date}, {age} or older.",
            "{birth:date}생으로 {age}세 이상이어서 미성년이 아닙니다.",
        ),
        "parent.korean": Text("A parent is a Korean national.", "부 또는 모가 대한민국 국민입니다."),
        "parent.not_korean": Text(
            "No parent on record is a Korean national.", "대한민국 국민인 부 또는 모가 없습니다."
        ),
        "sponsor.none": Text("No such family member is on record.", "해당하는 가족이 없습니다."),
        "sponsor.granted": Text(
            "{person:member} holds {status} since {granted:date}.",
            "{person:member}의 체류자격은 {granted:date}부터 {status}입니다.",
        ),
        "sponsor.holds": Text(
            "{person:member} holds {status}.", "{person:member}의 체류자격은 {status}입니다."
        ),
        "sponsor.other_status": Text(
            "{person:member} holds {status}, which does not carry this category.",
            "{person:member}의 자격({status})은 이 세부자격의 요건에 해당하지 않습니다.",
        ),
        "sponsor.not_yet": Text(
            "{person:member} did not hold {status} yet on the day of application.",
            "{person:member}의 {status} 자격은 신청일 현재 아직 부여되지 않았습니다.",
        ),
        "sponsor.too_recent": Text(
            "{person:member} holds {status} only since {granted:date}.",
            "{person:member}의 {status} 자격은 {granted:date}에야 부여되었습니다.",
        ),
        "settle.sponsor_from": Text("Two years are full on {full:date}.", "{full:date}에 2년이 됩니다."),
        "sponsor.refused": Text(
            "The application of {person:member} was refused.", "{person:member}의 영주 신청이 불허되었습니다."
        ),
        "sponsor.pending": Text(
            "The application of {person:member}, filed together, is pending.",
            "함께 신청한 {person:member}의 영주 신청이 심사 중입니다.",
        ),
        "settle.sponsor_pending": Text(
            "Await the decision on the investor's application.", "투자자의 신청 결과를 기다려야 합니다."
        ),
        "sponsor.investor": Text(
            "{person:member} ({status}) keeps the investment.",
            "{person:member}({status})의 투자가 유지되고 있습니다.",
        ),
        "sponsor.no_investor": Text(
            "{person:member} ({status}) is no investor who keeps the investment.",
            "{person:member}({status})의 경우 투자를 유지하는 투자자에 해당하지 않습니다.",
        ),
        "custody.none": Text("No parent is on record.", "부 또는 모가 없습니다."),
        "custody.held": Text(
            "{person:member} holds custody.", "{person:member}에게 친권과 양육권이 있습니다."
        ),
        "custody.not_held": Text(
            "{person:member} does not hold custody.", "{person:member}에게 친권과 양육권이 없습니다."
        ),
        "status.held": Text("The present status is {status}.", "현재 자격은 {status}입니다."),
        "status.other": Text(
            "The present status {status} is none of {statuses:words}.",
            "현재 자격({status})은 {statuses:words}에 해당하지 않습니다.",
        ),
        "marital.single": Text("The civil status is single.", "미혼입니다."),
        "marital.not_single": Text("The civil status is not single: {status}.", "미혼이 아닙니다: {status}."),
        "stated.born_in_korea.met": Text("Born in Korea.", "대한민국에서 출생하였습니다."),
        "stated.born_in_korea.not_met": Text("Not born in Korea.", "대한민국에서 출생하지 않았습니다."),
        "stated.birth_registered.met": Text(
            "The birth is registered as the law asks.", "법령에 따른 출생신고를 하였습니다."
        ),
        "stated.birth_registered.not_met": Text(
            "The birth is not registered as the law asks.", "법령에 따른 출생신고를 하지 않았습니다."
        ),
        "filed.in_time": Text(
            "Born on {birth:date}; filed within 90 days, by {free:date}.",
            "{birth:date} 출생으로 90일 이내({free:date}까지)에 신청하였습니다.",
        ),
        "filed.with_penalty": Text(
            "Born on {birth:date}; filed after {free:date}, so a penalty is due.",
            "{birth:date} 출생으로 {free:date}까지 신청하지 않아 범칙금 대상입니다.",
        ),
        "filed.too_late": Text(
            "Born on {birth:date}; to be filed by {until:date}.",
            "{birth:date} 출생으로 {until:date}까지 신청해야 했습니다.",
        ),
        "parents_marriage.before_birth": Text(
            "Registered on {registered:date}, before the birth on {birth:date}.",
            "{birth:date} 출생 전인 {registered:date}에 혼인신고하였습니다.",
        ),
        "parents_marriage.short": Text(
            "Registered on {registered:date}, less than a year before the birth on {birth:date}.",
            "혼인신고일({registered:date})부터 출생일({birth:date})까지 1년이 되지 않습니다.",
        ),
        "parents_marriage.after_birth": Text(
            "Not registered before the birth on {birth:date}.",
            "{birth:date} 출생 전에 혼인신고하지 않았습니다.",
        ),
        "settle.parentage": Text("Confirm the parentage.", "친생자 관계를 확인해야 합니다."),
    }
)

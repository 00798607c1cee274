"""The headings of the guide by which criteria are cited, and what they are called in Korean."""

from typing import Final

from kis.rules.texts import Text, add_words

# As the criteria cite them in English, and in Korean.
HEADINGS: Final = (
    Text("Eligible Persons", "영주자격 해당자"),
    Text("Types of Permanent Residency and Detailed Codes", "영주자격의 종류와 세부약호"),
    Text("1. Good Conduct Requirement,", "1. 품행 단정 요건,"),
    Text("2. Livelihood Maintenance Requirement", "2. 생계유지 요건"),
    Text("3. Basic Competency Requirement", "3. 기본소양 요건"),
    Text("Common Documents", "공통 제출서류"),
    Text("Basic Information for Permanent Residency (F-5) Applicants", "영주(F-5) 신청자 기초자료"),
    Text("3) Please indicate whether you have submitted the following documents", "3) 제출서류 확인란"),
    Text("Submission Criteria for Overseas Criminal Record Certificate", "해외범죄경력증명서 제출 기준"),
    Text("Requirements for Overseas Criminal Record Certificate", "해외범죄경력증명서의 요건"),
    Text("Annual Income Requirements by Type of Permanent Residency", "영주자격별 연간소득 요건"),
    Text("Detailed Requirements by Type of Permanent Residency", "영주자격별 세부 요건"),
    Text("1. General Permanent Resident [F-5-1]", "1. 일반 영주자[F-5-1]"),
    Text(
        "2. Marriage Migrant (F-5-2), Minor Child of Korean National (F-5-3)",
        "2. 결혼이민자(F-5-2), 국민의 미성년 자녀(F-5-3)",
    ),
    Text(
        "3. Spouse or Minor Child of General Permanent Resident [F-5-4]",
        "3. 일반 영주자의 배우자 또는 미성년 자녀[F-5-4]",
    ),
    Text("4. High-Investment Investor [F-5-5]", "4. 고액 투자자[F-5-5]"),
    Text("5. Ethnic Korean Born in the Republic of Korea [F-5-8]", "5. 대한민국 출생 재한화교[F-5-8]"),
    Text(
        "6. Advanced Industry Doctoral Holder [F-5-9] and General Doctoral Holder [F-5-15]",
        "6. 첨단분야 박사[F-5-9], 일반분야 박사[F-5-15]",
    ),
    Text(
        "7. Bachelor's/Master's Degree Holder and Technical Certificate Holder [F-5-10]",
        "7. 학사·석사학위 및 자격증 소지자[F-5-10]",
    ),
    Text("8. Person with Specific Field Abilities [F-5-11]", "8. 특정분야 능력 소유자[F-5-11]"),
    Text("9. Special Contributor [F-5-12]", "9. 특별 공로자[F-5-12]"),
    Text("10. Pension Recipient [F-5-13]", "10. 연금 수혜자[F-5-13]"),
    Text(
        "11. Points-Based Permanent Resident [F-5-16] and Their Spouse and Minor Child [F-5-18]",
        "11. 점수제 영주자[F-5-16]와 그 배우자·미성년 자녀[F-5-18]",
    ),
    Text(
        "12. Tourism/Recreational Facility Investor [F-5-17] and Their Spouse and Unmarried Child [F-5-19]",
        "12. 관광·휴양시설 투자자[F-5-17]와 그 배우자·미혼 자녀[F-5-19]",
    ),
    Text("13. Child Born in Korea of Permanent Resident [F-5-20]", "13. 영주자의 국내 출생 자녀[F-5-20]"),
    Text(
        "14. Public Project Investor [F-5-21/23] and Their Spouse and Unmarried Child [F-5-22]",
        "14. 공익사업 투자자[F-5-21/23]와 그 배우자·미혼 자녀[F-5-22]",
    ),
    Text("15. Technology Startup Investor [F-5-24]", "15. 기술창업 투자자[F-5-24]"),
)

add_words({heading.en: heading for heading in HEADINGS})

"""Citations of the law in both languages, from the form in which the rules write them.

"Immigration Act Art. 10-3(2)1; Enforcement Decree Annex 1-3 item 7(a)" is
"출입국관리법 제10조의3제2항제1호, 출입국관리법 시행령 별표 1의3 제7호가목".
"""

import re

from kis.rules.texts import Text

LAWS = {
    "Immigration Act": Text("Immigration Act", "출입국관리법"),
    "Enforcement Decree": Text("Enforcement Decree of the Immigration Act", "출입국관리법 시행령"),
    "Enforcement Rules": Text("Enforcement Rules of the Immigration Act", "출입국관리법 시행규칙"),
    "Civil Code": Text("Civil Code", "민법"),
    "Foreign Investment Promotion Act Enforcement Decree": Text(
        "Enforcement Decree of the Foreign Investment Promotion Act", "외국인투자 촉진법 시행령"
    ),
    "Act on Special Cases concerning Specific Violent Crimes": Text(
        "Act on Special Cases concerning Specific Violent Crimes", "특정강력범죄의 처벌에 관한 특례법"
    ),
}
# What the requirements of permanent residence as such stand on, for a criterion that names no article.
DEFAULT = "Immigration Act Art. 10-3"
PART = re.compile(rf"(?P<law>{'|'.join(map(re.escape, LAWS))}) (?:Art\. (?P<articles>.+)|(?P<annex>Annex.*))")
ARTICLE = re.compile(r"(\d+)(?:-(\d+))?(?:\((\d+)\))?(\d+)?")
ANNEX = re.compile(r"Annex(?: (\d+)(?:-(\d+))?)?(?: item (\d+)(?:\(([a-n])\))?)?")
LETTERED = str.maketrans("abcdefghijklmn", "가나다라마바사아자차카타파하")


def citation(article: str) -> Text:
    """The citation in both languages; a part in another form stays as it is written."""
    parts = [part_of(part) for part in (article or DEFAULT).split("; ")]
    return Text("; ".join(part.en for part in parts), ", ".join(part.ko for part in parts))


def part_of(part: str) -> Text:
    found = PART.fullmatch(part)
    if found is None:
        return Text(part, part)
    law, place = LAWS[found["law"]], part.removeprefix(found["law"])
    annex, articles = found["annex"], found["articles"]
    korean = ANNEX.sub(place_in_annex, annex) if annex else ARTICLE.sub(article_in_korean, articles)
    return Text(law.en + place, f"{law.ko} {korean}")


def article_in_korean(found: re.Match[str]) -> str:
    """제…조의…제…항제…호."""
    article, branch, paragraph, item = found.groups()
    below = (
        f"의{branch}" if branch else "",
        f"제{paragraph}항" if paragraph else "",
        f"제{item}호" if item else "",
    )
    return f"제{article}조" + "".join(below)


def place_in_annex(found: re.Match[str]) -> str:
    """별표 …의… 제…호…목."""
    number, branch, item, letter = found.groups()
    annex = "별표" + (f" {number}" if number else "") + (f"의{branch}" if branch else "")
    return annex + (f" 제{item}호" if item else "") + (f"{letter.translate(LETTERED)}목" if letter else "")

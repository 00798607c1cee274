"""The pages."""

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from kis.letters import rendering
from kis.letters.composition import compose
from kis.letters.rendering import Press, RenderingUnavailable, refuse
from kis.letters.values import Bilingual, LetterValues, Reason
from tests.letters.conftest import ReadBack, page_count, pdf_text, qpdf_check
from tests.letters.examples import DISAPPROVAL, EXAMPLES, PERMISSION, STAYING, to


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_word_of_both_languages_reads_back(name: str, read_back: ReadBack) -> None:
    printed = squeezed(read_back(EXAMPLES[name]))
    letter = compose(EXAMPLES[name])
    texts = [letter.title, letter.values.sender.office]
    texts += [] if letter.is_internal else [letter.values.sender.head]
    texts += [fact.label for part in letter.parts for row in part.rows for fact in row]
    texts += [part.heading for part in letter.parts if part.heading]
    texts += [paragraph for part in letter.parts for paragraph in part.paragraphs]
    texts += [reason.text for part in letter.parts for reason in part.reasons]
    texts += [text for part in letter.parts for each in part.corrections for text in vars(each).values()]
    texts += [text for part in letter.parts for each in part.tables for row in each.rows for text in row]
    for text in texts:
        assert squeezed(text.ko) in printed
        assert squeezed(text.en) in printed


def test_a_disapproval_has_the_fields_of_its_form(read_back: ReadBack) -> None:
    printed = read_back(DISAPPROVAL)
    for field in (
        "체류자격 변경 불허결정 통지서", "seoul-2026-D-000012", "seoul-2026-004417", "NGUYỄN THỊ THANH HƯƠNG",
        "응우옌 티 타인 흐엉", "1990. 3. 7.", "베트남", "여", "서울특별시 관악구 가상로 227, 402호", "2026. 12. 5.",
        "5 December 2026", "2026. 11. 21.", "서울출입국·외국인청장", "체류관리과", "박서연", "02-000-1234", "1/1",
    ):  # fmt: skip
        assert field in printed, field


def test_no_departure_is_asked_while_the_present_status_continues(read_back: ReadBack) -> None:
    printed = read_back(STAYING)
    assert "출국기한을 따로 정하지 아니합니다" in printed
    assert "30 June 2027" in printed
    assert "must leave" not in printed


def test_numbers_of_an_office_with_a_long_name_stay_on_their_line(read_back: ReadBack) -> None:
    number, receipt = "sejongno-general-services-2026-D-000012", "sejongno-general-services-2026-004417"
    printed = read_back(replace(DISAPPROVAL, number=number, receipt_number=receipt))
    assert number in printed and receipt in printed


def test_a_permission_names_the_status_and_what_follows(read_back: ReadBack) -> None:
    printed = read_back(PERMISSION)
    assert "영주자격 허가 통지서" in printed and "제한 없음 Without limit" in printed
    assert "불허" not in printed


def test_a_refusal_with_three_reasons_fits_one_page(the_press: Press) -> None:
    assert page_count(the_press.pdf(DISAPPROVAL)) == 1


def test_many_long_reasons_flow_to_further_pages_with_their_number(the_press: Press) -> None:
    pdf = the_press.pdf(replace(DISAPPROVAL, reasons=DISAPPROVAL.reasons * 6))
    assert page_count(pdf) > 1
    assert pdf_text(pdf).count("seoul-2026-D-000012") == page_count(pdf) + 1


@pytest.mark.parametrize("name", [
    "홍길동", "똠방각하", "洪吉童", "NGUYỄN THỊ ÁNH", "Юлия Ёлкина", "趙龍馬", "张伟赵晓红", "ŁUKASZ ŽIŽEK",
])  # fmt: skip
def test_names_of_every_script_read_back(name: str, read_back: ReadBack) -> None:
    assert name in read_back(to("KIM", native_name=name))


def fonts(pdf: bytes) -> dict[str, bool]:
    """Base name of each font, and whether its program is embedded."""
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                name = str(font.BaseFont).split("+")[1]
                found[name] = any(key in descriptor for key in ("/FontFile2", "/FontFile3"))
    return found


def test_an_ordinary_letter_opens_only_the_small_fonts(the_press: Press) -> None:
    assert fonts(the_press.pdf(DISAPPROVAL)) == {"KIS-Letter": True, "KIS-Letter-Bold": True}


def test_a_simplified_surname_brings_in_the_second_font_embedded(the_press: Press) -> None:
    found = fonts(the_press.pdf(to("ZHANG", native_name="赵 龍")))
    assert {"KIS-Letter", "Pretendard-GOV", "Noto-Sans-SC"} <= set(found)
    assert all(found.values())


def test_no_font_of_the_machine_slips_in(the_press: Press) -> None:
    found = fonts(the_press.pdf(to("KIM", native_name="สมชาย محمد")))
    assert {name.removesuffix("-Bold") for name in found} <= {"KIS-Letter", "Pretendard-GOV", "Noto-Sans-SC"}


def test_the_file_is_tagged_titled_and_of_korean_with_english_parts(the_press: Press) -> None:
    with pikepdf.open(io.BytesIO(the_press.pdf(DISAPPROVAL))) as document:
        root = document.Root
        assert str(root.Lang) == "ko"
        assert bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root and "/OutputIntents" in root
        metadata = document.open_metadata()
        assert metadata["dc:title"] == "체류자격 변경 불허결정 통지서 seoul-2026-D-000012"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        elements = list(structure(root.StructTreeRoot))
    kinds = {str(element.S) for element in elements if "/S" in element}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= kinds
    figures = [element for element in elements if str(element.get("/S", "")) == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["직인 Official seal: 서울출입국·외국인청장"]


def structure(node: pikepdf.Object) -> list[pikepdf.Object]:
    """All elements of the structure tree below a node."""
    children = node.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    found = []
    for child in children:
        if isinstance(child, pikepdf.Dictionary):
            found += [child, *structure(child)]
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_english_passages_of_every_kind_carry_their_language(name: str, the_press: Press) -> None:
    with pikepdf.open(io.BytesIO(the_press.pdf(EXAMPLES[name]))) as document:
        elements = list(structure(document.Root.StructTreeRoot))
        english = [element for element in elements if "/Lang" in element]
    markup = the_press.markup(EXAMPLES[name])
    assert '<html lang="ko">' in markup
    assert len(english) >= markup.count('<a lang="en">') > 20
    assert {(str(element.S), str(element.Lang)) for element in english} == {("/Span", "en")}
    assert "/Link" not in {str(element.get("/S", "")) for element in elements}


def test_the_file_is_whole_and_each_cell_names_the_one_head_before_it(the_press: Press) -> None:
    with pikepdf.open(io.BytesIO(the_press.pdf(DISAPPROVAL))) as document:
        assert document.check_pdf_syntax() == []
        cells = [e for e in structure(document.Root.StructTreeRoot) if str(e.get("/S", "")) in ("/TH", "/TD")]
        heads = [str(cell.ID) for cell in cells if str(cell.S) == "/TH"]
        named = [[str(head) for head in cell.A.Headers] for cell in cells if str(cell.S) == "/TD"]
    assert named == [[head] for head in heads]


def tables_of_data(elements: list[pikepdf.Object]) -> list[list[pikepdf.Object]]:
    """The rows of cells below each table that has a row of heads."""
    tables = [e for e in elements if str(e.get("/S", "")) == "/Table"]
    return [
        [e for e in structure(table) if str(e.get("/S", "")) == "/TR"]
        for table in tables
        if any(str(e.get("/S", "")) == "/THead" for e in structure(table))
    ]


@pytest.mark.parametrize("name", ["correction", "review record"])
def test_a_cell_of_a_table_of_data_names_the_heads_of_its_row_and_column(name: str, the_press: Press) -> None:
    with pikepdf.open(io.BytesIO(the_press.pdf(EXAMPLES[name]))) as document:
        for rows in tables_of_data(list(structure(document.Root.StructTreeRoot))):
            head, *rest = (
                [c for c in structure(row) if str(c.get("/S", "")) in ("/TH", "/TD")] for row in rows
            )
            for first, *cells in rest:
                named = [[str(each) for each in cell.A.Headers] for cell in cells]
                assert named == [[str(first.ID), str(column.ID)] for column in head[1:]]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_is_whole_tagged_titled_and_has_an_outline(name: str, the_press: Press) -> None:
    letter = compose(EXAMPLES[name])
    headings = [part.heading for part in letter.parts if part.heading]
    headings += [each.title for part in letter.parts for each in part.tables]
    with pikepdf.open(io.BytesIO(the_press.pdf(EXAMPLES[name]))) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.Root.Lang) == "ko" and "/StructTreeRoot" in document.Root
        metadata = document.open_metadata()
        assert metadata["dc:title"] == f"{letter.title.ko} {letter.values.number}"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        with document.open_outline() as outline:
            (top,) = outline.root
            assert top.title == letter.title.ko
            assert [entry.title for entry in top.children] == [f"{each.ko} {each.en}" for each in headings]


@pytest.mark.parametrize("name", EXAMPLES)
def test_qpdf_reads_every_kind_without_a_warning(name: str, the_press: Press) -> None:
    assert (found := qpdf_check(the_press.pdf(EXAMPLES[name])))[0] == 0, found[1]


def test_qpdf_names_a_file_that_is_not_whole(the_press: Press) -> None:
    assert qpdf_check(the_press.pdf(PERMISSION)[:-400])[0] != 0


def test_the_same_values_give_the_same_bytes_whatever_came_before(the_press: Press) -> None:
    first = the_press.pdf(DISAPPROVAL)
    the_press.pdf(to("ZHANG", native_name="赵"))
    assert the_press.pdf(DISAPPROVAL) == first


def test_a_draft_says_on_each_page_that_it_is_none_and_has_neither_number_nor_seal(
    the_press: Press,
) -> None:
    pdf = the_press.pdf(EXAMPLES["review record"], draft=True)
    assert pdf_text(pdf).count("미리보기: 발급하지 않은 문서 Draft, not issued") == page_count(pdf) == 2
    draft = the_press.pdf(DISAPPROVAL, draft=True)
    assert DISAPPROVAL.number not in pdf_text(draft) and qpdf_check(draft)[0] == 0
    with pikepdf.open(io.BytesIO(draft)) as document:
        assert not [e for e in structure(document.Root.StructTreeRoot) if str(e.get("/S", "")) == "/Figure"]


def test_another_process_gives_the_same_bytes(the_press: Press) -> None:
    code = (
        "import hashlib, json, sys; from kis.letters.rendering import render; from kis.letters.values import LetterValues;"
        "print(hashlib.sha256(render(LetterValues.from_json(json.load(sys.stdin)))).hexdigest())"
    )
    values = json.dumps(DISAPPROVAL.to_json())
    found = subprocess.run(
        [sys.executable, "-c", code], input=values, capture_output=True, check=True, text=True
    )
    assert found.stdout.strip() == hashlib.sha256(the_press.pdf(DISAPPROVAL)).hexdigest()


HOSTILE = '<img src="file:///etc/passwd"><script>x</script> {{ 7*7 }} {% raw %} &amp; {current_status} </p>'


def hostile() -> LetterValues:
    reason = replace(DISAPPROVAL.reasons[0], text=Bilingual(HOSTILE, f"{HOSTILE} en"), remark=HOSTILE)
    addressee = replace(DISAPPROVAL.addressee, name=HOSTILE, address=HOSTILE)
    return replace(DISAPPROVAL, reasons=(reason,), addressee=addressee)


def test_markup_and_template_signs_in_texts_stay_text(read_back: ReadBack) -> None:
    assert squeezed(read_back(hostile())).count(squeezed(HOSTILE)) == 7


@pytest.mark.parametrize("url", [
    "http://example.com/a.png", "https://example.com/a.css", "file:///etc/passwd", "data:text/plain,a", "ftp://a/b",
])  # fmt: skip
def test_the_press_fetches_nothing(url: str) -> None:
    with pytest.raises(PermissionError, match="load nothing"):
        refuse(url)


def test_a_missing_subsetter_is_an_error_that_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    with pytest.raises(RenderingUnavailable, match="apt-get install libharfbuzz-subset0"):
        rendering.Press(rendering.font_directory())


def test_lines_of_a_reason_stay_and_a_basis_that_reads_alike_stands_once(the_press: Press) -> None:
    reason = Reason(
        Bilingual("첫째 줄\n둘째 줄", "First line\nSecond line"),
        Bilingual("같은 법 제80조", "같은 법 제80조"),
    )
    pdf = the_press.pdf(replace(DISAPPROVAL, reasons=(reason,)))
    lines = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()
    assert [line.strip() for line in lines if line.startswith(("First", "Second"))] == [
        "First line",
        "Second line",
    ]
    assert pdf_text(pdf).count("같은 법 제80조") == 1

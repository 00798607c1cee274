"""Which files are taken as scans, and how what is wrong with the others is told."""

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from kis.core import language
from kis.core.refusals import Invalid
from kis.documents import scans
from kis.documents.scans import MAX_BYTES, MAX_NAME, check
from tests.documents.support import image, pdf, saved

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in English; checking a file needs no database."""
    app = Flask(__name__)
    app.secret_key = "language of the session"
    language.init_app(app)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.mark.parametrize(
    ("name", "media_type", "content", "pages"),
    [
        ("form.pdf", "application/pdf", pdf(3), 3),
        ("FORM.PDF", "application/octet-stream", pdf(), 1),
        ("form.pdf", "", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), 1),
        ("passport.jpg", "image/jpeg", image("JPEG"), 1),
        ("passport.jpeg", "image/pjpeg", image("JPEG", colour="red"), 1),
        ("card.png", "image/png", image("PNG"), 1),
    ],
)
def test_a_scan_that_is_what_it_says_is_taken(name: str, media_type: str, content: bytes, pages: int) -> None:
    file = check(content, name, media_type)
    assert (file.content, file.pages) == (content, pages)
    assert file.media_type in {"application/pdf", "image/jpeg", "image/png"}


@pytest.mark.parametrize(
    ("name", "media_type", "content", "told"),
    [
        ("form.pdf", "application/pdf", b"", "empty"),
        ("form.pdf", "application/pdf", HTML, "neither a PDF"),
        ("card.svg", "image/svg+xml", SVG, "neither a PDF"),
        ("card.png", "image/png", SVG, "neither a PDF"),
        ("scan.tiff", "image/tiff", image("TIFF"), "neither a PDF"),
        ("scan.gif", "image/gif", image("GIF"), "neither a PDF"),
        ("tool.pdf", "application/pdf", b"MZ\x90\x00" + b"\x00" * 200, "neither a PDF"),
        ("bundle.pdf", "application/pdf", b"PK\x03\x04" + b"\x00" * 200, "neither a PDF"),
        ("page.pdf", "application/pdf", HTML + pdf(), "neither a PDF"),
        ("passport.pdf", "application/pdf", image("JPEG"), "called “.pdf” but holds a JPEG"),
        ("passport.png", "image/png", image("JPEG"), "called “.png” but holds a JPEG"),
        ("form.html", "text/html", pdf(), "called “.html” but holds a PDF"),
        ("form.pdf", "text/html", pdf(), "sent as “text/html” but holds a PDF"),
        ("form.pdf", "image/png", pdf(), "sent as “image/png” but holds a PDF"),
        ("form.pdf", "application/pdf", b"%PDF-1.7\nnothing more", "cannot be opened"),
        ("form.pdf", "application/pdf", b"%PDF-1.7\n" + b"\x00\xff" * 5_000, "cannot be opened"),
        ("card.png", "image/png", image("PNG")[:60], "cannot be opened"),
        ("card.jpg", "image/jpeg", image("JPEG", (400, 400))[:-300], "cannot be opened"),
        ("card.jpg", "image/jpeg", b"\xff\xd8\xff" + b"\x00" * 500, "cannot be opened"),
    ],
)
def test_a_scan_that_is_not_what_it_says_is_refused_with_what_is_wrong(
    name: str, media_type: str, content: bytes, told: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        check(content, name, media_type)
    assert told in refusal.value.message


def test_a_file_of_more_than_twenty_megabytes_is_refused() -> None:
    with pytest.raises(Invalid, match="at most 20 MB"):
        check(b"%PDF-" + b" " * MAX_BYTES, "form.pdf")


@pytest.mark.parametrize("owner_only", [False, True])
def test_an_encrypted_pdf_is_refused_with_and_without_a_password_to_open(owner_only: bool) -> None:
    user = "" if owner_only else "secret"
    content = pdf(encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(Invalid, match="protected by a password"):
        check(content, "form.pdf")


def with_open_action(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def with_escaped_name(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary({"/JavaScript": Dictionary(Names=Array([]))})


def with_page_action(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def with_nested_action(made: pikepdf.Pdf) -> None:
    action = Dictionary(
        S=Name.URI,
        URI=String("https://example.org"),
        Next=Array([Dictionary(S=Name.JavaScript, JS=String("1"))]),
    )
    made.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1]), A=action)]
    )


def with_attachment(made: pikepdf.Pdf) -> None:
    made.attachments["tool.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def with_file_annotation(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 1, 1]))]
    )


def with_submit(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("https://example.org"))


def with_xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))


def with_unreached_action(made: pikepdf.Pdf) -> None:
    made.Root.Kept = made.make_indirect(Array([Array([Dictionary(S=Name.JavaScript, JS=String("1"))])]))


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        (with_open_action, "JavaScript"),
        (with_escaped_name, "JavaScript"),
        (with_page_action, "launch action"),
        (with_nested_action, "JavaScript"),
        (with_attachment, "embedded files"),
        (with_file_annotation, "embedded files"),
        (with_submit, "submit action"),
        (with_xfa, "XFA"),
        (with_unreached_action, "JavaScript"),
    ],
)
@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_a_pdf_that_acts_is_refused_and_the_part_named(
    planted: Callable[[pikepdf.Pdf], None], told: str, mode: pikepdf.ObjectStreamMode
) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    planted(made)
    with pytest.raises(Invalid, match=told):
        check(saved(made, object_stream_mode=mode), "form.pdf")


def test_a_name_written_with_escapes_hides_nothing() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    with_open_action(made)
    plain = saved(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(Invalid, match="JavaScript"):
        check(plain.replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS ", b"/J#53 "), "form.pdf")


def test_links_and_plain_forms_of_an_official_pdf_are_taken() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 1, 1]),
        A=Dictionary(S=Name.URI, URI=String("https://hikorea.go.kr")),
    )
    made.pages[0].obj.Annots = Array([link])
    made.Root.AcroForm = Dictionary(Fields=Array([]))
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    assert check(saved(made), "form.pdf").pages == 1


def test_a_pdf_of_very_many_pages_is_refused() -> None:
    with pytest.raises(Invalid, match="501 pages"):
        check(pdf(501), "form.pdf")


def test_a_pdf_whose_object_stream_unfolds_without_end_is_refused() -> None:
    assert check(folded_pdf(10), "form.pdf").pages == 1
    with pytest.raises(Invalid, match="cannot be opened"):
        check(folded_pdf(100 * 1024 * 1024), "form.pdf")


def folded_pdf(blanks: int) -> bytes:
    """A PDF of one page whose page tree stands in a compressed stream, after that many blanks."""
    packed = zlib.compress(b"1 0 " + b" " * blanks + b"<</Type/Pages/Kids[5 0 R]/Count 1>>", 9)
    stream = f"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode()
    objects = {
        2: stream + packed + b"\nendstream",
        3: b"<</Type/Catalog/Pages 1 0 R>>",
        5: b"<</Type/Page/Parent 1 0 R/MediaBox[0 0 9 9]>>",
    }
    body, places = b"%PDF-1.5\n", {0: (0, 0, 65535), 1: (2, 2, 0)}
    for number, content in objects.items():
        places[number] = (1, len(body), 0)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places[4] = (1, len(body), 0)
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + rest.to_bytes(2, "big")
        for _number, (kind, place, rest) in sorted(places.items())
    )
    cross = b"4 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 3 0 R/Length %d>>\nstream\n" % len(table)
    return body + cross + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)


def test_an_image_of_very_many_pixels_is_refused_before_it_is_unfolded() -> None:
    buffer = BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    with pytest.raises(Invalid, match="60 million pixels"):
        check(buffer.getvalue(), "card.png")


def test_an_image_that_claims_a_size_it_has_not_is_refused() -> None:
    content = bytearray(image("PNG"))
    content[16:24] = (7_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    with pytest.raises(Invalid):
        check(bytes(content), "card.png")


def test_a_sheet_of_a4_at_six_hundred_dpi_is_taken() -> None:
    assert check(image("JPEG", (4_960, 7_016)), "sheet.jpg").pages == 1


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("통합신청서.pdf", "통합신청서.pdf"),
        ("Hộ chiếu.PDF", "Hộ chiếu.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kim\\여권.pdf", "여권.pdf"),
        ("a\x00b\x1f\r\n.pdf", "ab.pdf"),
        ("evil\u202efdp.exe.pdf", "evilfdp.exe.pdf"),
        ("\u200e\u2066name\u2069.pdf", "name.pdf"),
        ("lone\ud800surrogate.pdf", "lonesurrogate.pdf"),
        ('a"b<c>:d|e?f*.pdf', "a_b_c__d_e_f_.pdf"),
        ("  many   spaces  .pdf", "many spaces.pdf"),
        ("...pdf", "scan.pdf"),
        (".pdf", "scan.pdf"),
        ("", "scan.pdf"),
        ("/", "scan.pdf"),
        ("no-ending", "no-ending.pdf"),
        ("서류 1. 여권", "서류 1. 여권.pdf"),
        ("form.pdf. .", "form.pdf"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert check(pdf(), name).name == clean


@pytest.mark.parametrize(
    "name", ["x" * 10_000 + ".pdf", "김" * 10_000 + ".pdf", "x" * 10_000, "a/" * 5_000 + "x.pdf"]
)
def test_a_name_of_ten_thousand_characters_is_cut(name: str) -> None:
    clean = check(pdf(), name).name
    assert len(clean) <= MAX_NAME and clean.endswith(".pdf")


def test_every_kind_that_is_offered_is_one_that_is_taken() -> None:
    assert scans.ACCEPTED == ".pdf,.jpg,.jpeg,.jpe,.jfif,.png"

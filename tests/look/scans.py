"""Invented scans of the kinds that are uploaded: a typeset PDF, a scanned one in JPEG 2000, a photograph."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

SPECIMEN = Path(__file__).with_name("scan.pdf")
PAGE = (620, 877)


def typeset() -> tuple[bytes, str]:
    return SPECIMEN.read_bytes(), "application/pdf"


def photograph() -> tuple[bytes, str]:
    return encoded("PNG"), "image/png"


def scanned() -> tuple[bytes, str]:
    """A PDF of one page that is a JPEG 2000 image: decoding it takes WebAssembly."""
    return pdf_of_image(encoded("JPEG2000")), "application/pdf"


def encoded(format_name: str) -> bytes:
    image = Image.new("RGB", PAGE, "white")
    ImageDraw.Draw(image).rectangle((60, 60, 560, 300), fill="navy")
    out = io.BytesIO()
    image.save(out, format_name)
    return out.getvalue()


def pdf_of_image(image: bytes) -> bytes:
    width, height = PAGE
    drawing = b"q %d 0 0 %d 0 0 cm /I Do Q" % (width, height)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R " % (width, height)
    picture = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /Filter /JPXDecode " % (width, height)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page + b"/Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        picture + b"/Length %d >>\nstream\n%s\nendstream" % (len(image), image),
    ]
    return written(objects)


def written(objects: list[bytes]) -> bytes:
    """The objects as a PDF with its table of places."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


KINDS = {"pdf": typeset, "pdf-scanned": scanned, "photograph": photograph}

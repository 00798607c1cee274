"""A changed byte is found: by the hash of the register, and by the signature where hash and file were both changed."""

import hashlib
import io
import random
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from sqlalchemy import text

from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.store import DirectoryStore, store
from kis.letters.integrity import fault_of, signature_fault
from kis.letters.models import Letter
from kis.letters.signing import TEST_DAYS, TEST_NAME, SigningUnavailable, make_test_certificate, sign
from tests.letters.conftest import printed, qpdf_check
from tests.letters.examples import PERMISSION


@pytest.fixture
def letter(app: Flask, supervisor: Viewer) -> Letter:
    return printed(PERMISSION, supervisor)


def pdf_of(letter: Letter) -> bytes:
    return store().get(letter.sha256 or "")


def flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_a_letter_is_signed_by_the_certificate_that_its_row_names(letter: Letter) -> None:
    assert fault_of(letter) is None
    assert (
        signature_fault(pdf_of(letter), "0" * 64) == "signed with another certificate than the register says"
    )


def test_the_certificate_of_development_says_that_it_is_a_test(letter: Letter) -> None:
    assert TEST_NAME.encode() in pdf_of(letter) or TEST_NAME.encode().hex().encode() in pdf_of(letter).lower()


def test_one_flipped_byte_is_found_wherever_it_is(letter: Letter) -> None:
    pdf, draw = pdf_of(letter), random.Random(5)
    unseen = [
        place
        for place in draw.sample(range(len(pdf)), 60)
        if signature_fault(flipped(pdf, place), letter.signer or "") is None
    ]
    # The signature itself stands outside of what is signed; the stored hash tells of a change there.
    signature = range(pdf.index(b"/Contents <"), pdf.index(b">", pdf.index(b"/Contents <")))
    assert all(place in signature for place in unseen)


def test_what_is_added_after_the_signature_is_found(letter: Letter) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf_of(letter)))
    writer.root["/PageMode"] = NameObject("/UseNone")
    writer.update_root()
    more = io.BytesIO()
    writer.write(more)
    fault = signature_fault(more.getvalue(), letter.signer or "")
    assert fault and ("added" in fault or "fit" in fault)


def test_no_letter_is_signed_with_a_certificate_that_has_expired(
    app: Flask, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=TEST_DAYS + 1)
    fault = signature_fault(pdf_of(letter), letter.signer or "", later)
    assert fault and "not valid when the letter was made" in fault
    monkeypatch.setattr(clock, "now", lambda: later)
    assert fault_of(letter) is None, "what was signed in time stays as it is"
    with pytest.raises(SigningUnavailable, match="is valid from"):
        sign(pdf_of(letter), "seoul-southern", app.config["SIGNING"])


def test_nobody_else_reads_the_key(tmp_path: Path) -> None:
    make_test_certificate(tmp_path / "office.p12")
    assert (tmp_path / "office.p12").stat().st_mode & 0o777 == 0o600


def test_the_command_finds_a_changed_file_and_ends_with_1(
    app: Flask, letter: Letter, supervisor: Viewer
) -> None:
    other = printed(PERMISSION, supervisor)
    run = app.test_cli_runner()
    assert run.invoke(args=["letters", "verify", "--all"]).output.startswith(
        "2 letters are as they were issued"
    )
    path = DirectoryStore(app.config["STORE_PATH"]).path(other.sha256 or "")
    whole = path.read_bytes()
    path.write_bytes(flipped(whole, len(whole) // 2))
    try:
        found = run.invoke(args=["letters", "verify", "--all"])
        assert found.exit_code == 1 and f"{other.number}: the file was changed" in found.output
        assert run.invoke(args=["letters", "verify", letter.number]).exit_code == 0
        assert run.invoke(args=["letters", "verify", other.number]).exit_code == 1
        path.unlink()
        assert "missing" in run.invoke(args=["letters", "verify", other.number]).output
    finally:
        path.write_bytes(whole)
    assert run.invoke(args=["letters", "verify"]).exit_code == 2
    assert run.invoke(args=["letters", "verify", "no-such-number"]).exit_code == 2


def test_a_forged_file_under_a_forged_row_is_found_by_its_signature(letter: Letter) -> None:
    forged = flipped(pdf_of(letter), 700)
    assert signature_fault(forged, letter.signer or "") is not None
    assert hashlib.sha256(forged).hexdigest() != letter.sha256


def test_a_row_that_names_another_genuine_letter_is_found_by_the_chain(
    letter: Letter, supervisor: Viewer
) -> None:
    other = printed(PERMISSION, supervisor)
    with db.session.no_autoflush:
        letter.sha256, letter.size, letter.signer = other.sha256, other.size, other.signer
        assert "another file than the record" in (fault_of(letter) or "")
    db.session.rollback()


def test_a_signed_letter_stays_pdf_a_in_its_structure(letter: Letter) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(letter))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7" and "/Version" not in pdf.Root
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert pdf.Root.MarkInfo.Marked and "/OutputIntents" in pdf.Root and str(pdf.Root.Lang) == "ko"
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"


def test_qpdf_reads_a_signed_letter_as_it_is_stored_without_a_warning(letter: Letter) -> None:
    assert (found := qpdf_check(pdf_of(letter)))[0] == 0, found[1]


def test_the_register_and_the_chain_name_hash_and_certificate(letter: Letter) -> None:
    after = db.session.execute(
        text("SELECT after FROM audit_record WHERE action = 'letter.rendered'")
    ).scalar_one()
    assert letter.sha256 in str(after) and letter.signer in str(after)

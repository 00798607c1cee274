"""Whether a stored letter is still the one that was issued: its hash, its size, its signature. Commands only."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import select

from kis.audit.models import AuditRecord
from kis.core.extensions import db
from kis.core.store import DamagedFile, store
from kis.letters.models import Letter
from kis.letters.signing import apart

A_CHUNK = 200


def stored_letters() -> Iterator[Letter]:
    """All letters with a PDF, in the order of their issue, a few at a time."""
    after = 0
    while True:
        query = select(Letter).where(Letter.id > after, Letter.rendered_at.is_not(None))
        letters = db.session.scalars(query.order_by(Letter.id).limit(A_CHUNK)).all()
        if not letters:
            return
        after = letters[-1].id
        yield from letters
        db.session.expunge_all()


def fault_of(letter: Letter) -> str | None:
    """What is wrong with the stored letter, in a few words, or None."""
    try:
        pdf = store().get(letter.sha256 or "")
    except FileNotFoundError:
        return "the file is missing"
    except DamagedFile:
        return "the file was changed: it does not have its hash"
    if len(pdf) != letter.size:
        return "the file does not have its size"
    if letter.sha256 not in recorded_hashes(letter):
        return "the register names another file than the record of the day it was made"
    return signature_fault(pdf, letter.signer, letter.rendered_at) if letter.signer else None


def recorded_hashes(letter: Letter) -> list[str]:
    """The hash of the file as the audit chain has it, which cannot be changed with the letter's row."""
    query = select(AuditRecord.after).where(
        AuditRecord.case_id == letter.case_id,
        AuditRecord.action == "letter.rendered",
        AuditRecord.subject_id == letter.id,
    )
    return [after["sha256"] for after in db.session.scalars(query) if after]


def signature_fault(pdf: bytes, signer: str, made_at: datetime | None = None) -> str | None:
    """What is wrong with the signature, which must be by that certificate (SHA-256) and cover the whole file.

    The certificate must have been valid when the letter was made; afterwards it may expire.
    """
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return f"{len(signatures)} signatures instead of one"
        certificate = signatures[0].signer_cert
        # Trust is in the row, which names the certificate; who issued that is for the readers outside.
        context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = apart(validate_pdf_signature, signatures[0], context)
    except Exception as error:
        # Damage can make any part of the reader stumble: zlib, ASN.1, the cross-reference.
        return f"the signature cannot be read: {type(error).__name__}"
    if sha256(certificate.dump()).hexdigest() != signer:
        return "signed with another certificate than the register says"
    if made_at and not certificate.not_valid_before <= made_at <= certificate.not_valid_after:
        return "signed with a certificate that was not valid when the letter was made"
    if not (status.intact and status.valid):
        return "the signature does not fit the content"
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return "something was added after the signature"
    return None

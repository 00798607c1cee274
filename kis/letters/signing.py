"""The office's electronic signature under a letter: PAdES (B-B), by pyHanko. Workers and commands only.

The key is read once per process: read anew for each letter, an RSA key costs a tenth of a second with its
consistency check. A test certificate is made for development; its name says that it stands for nobody.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

from kis.core import clock

FIELD = "Office"
DIGEST = "sha256"
TEST_NAME = "TEST CERTIFICATE, NO OFFICE"
TEST_DAYS = 3650


class SigningUnavailable(RuntimeError):
    """The certificate or its key cannot be read, or is not valid today."""


class HeldKey(SimpleSigner):
    """A signer that reads its key once. Raises SigningUnavailable for a kind of key other than RSA and EC."""

    def __init__(self, read: SimpleSigner) -> None:
        super().__init__(read.signing_cert, read.signing_key, read.cert_registry)
        self._key: Any = serialization.load_der_private_key(read.signing_key.dump(), password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, ECDSA(digest))
        signature: bytes = self._key.sign(data, PKCS1v15(), digest)
        return signature


class LetterSigner(PdfSigner):
    """Names the one extension that PAdES needs, and leaves the file at version 1.7.

    pyHanko would raise a file signed with ECDSA to PDF 2.0, which is not what PDF/A-3 is made of.
    """

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


def sign(pdf: bytes, office: str, settings: Mapping[str, str]) -> tuple[bytes, str | None]:
    """The PDF signed for the office of that code, and the SHA-256 of the certificate; unsigned where signing is off.

    Raises SigningUnavailable.
    """
    if settings["means"] == "off":
        return pdf, None
    signer = signer_of("" if is_shared(settings) else office, tuple(settings.items()))
    require_valid(signer)
    described = PdfSignatureMetadata(field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES)
    signed = apart(LetterSigner(described, signer).sign_pdf, IncrementalPdfFileWriter(BytesIO(pdf)))
    return signed.getvalue(), fingerprint(signer)


def apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """The answer of pyHanko, which runs an event loop and so fails in a thread where one runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *arguments).result()


def prepare(settings: Mapping[str, str]) -> None:
    """Read the certificate before the first letter, where all offices share one. Raises SigningUnavailable."""
    if settings["means"] != "off" and is_shared(settings):
        require_valid(signer_of("", tuple(settings.items())))


def require_valid(signer: Signer) -> None:
    """Raises SigningUnavailable for a certificate that is not valid yet, or no longer."""
    validity = signer.signing_cert.not_valid_before, signer.signing_cert.not_valid_after
    if not validity[0] <= clock.now() <= validity[1]:
        raise SigningUnavailable(
            "The certificate is valid from {:%Y-%m-%d} to {:%Y-%m-%d}.".format(*validity)
        )


def is_shared(settings: Mapping[str, str]) -> bool:
    """Whether all offices sign with one certificate."""
    return "{office}" not in settings["pkcs12"] + settings["label"]


def fingerprint(signer: Signer) -> str:
    """SHA-256 of the certificate, in hex."""
    return sha256(signer.signing_cert.dump()).hexdigest()


@cache
def signer_of(office: str, settings: tuple[tuple[str, str], ...]) -> Signer:
    """The signer of an office, kept for the life of the process. Raises SigningUnavailable."""
    given = dict(settings)
    if given["means"] == "pkcs11":
        return token_signer(office, given)
    path = Path(given["pkcs12"].format(office=office))
    if given["means"] == "test":
        make_test_certificate(path)
    try:
        content = path.read_bytes()
        read = SimpleSigner.load_pkcs12_data(content, [], given["passphrase"].encode() or None)
    except (OSError, ValueError) as error:
        raise SigningUnavailable(f"The certificate {path} cannot be read: {error}") from error
    return HeldKey(read)


def token_signer(office: str, given: Mapping[str, str]) -> Signer:
    """The signer whose key a PKCS#11 token keeps. Raises SigningUnavailable."""
    try:
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise SigningUnavailable("PKCS#11 needs the package python-pkcs11.") from error
    token = TokenCriteria(label=given["token"]) if given["token"] else None
    session = open_pkcs11_session(given["module"], token_criteria=token, user_pin=given["passphrase"] or None)
    # Hashed here and signed there: not every token hashes by itself.
    return PKCS11Signer(session, cert_label=given["label"].format(office=office), use_raw_mechanism=True)


def make_test_certificate(path: Path) -> None:
    """A self-signed certificate of an ECDSA key on P-256, once."""
    if path.exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, TEST_NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=TEST_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(signing_only(), critical=True)
        .sign(key, hashes.SHA256())
    )
    content = serialize_key_and_certificates(b"test", key, made, None, serialization.NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    # Nobody else reads the key, not even for a moment.
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    # Of two processes that make one at once, the second one's is thrown away.
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def signing_only() -> x509.KeyUsage:
    other = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False
    )  # fmt: skip
    return x509.KeyUsage(digital_signature=True, content_commitment=True, **other)

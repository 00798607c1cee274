"""A key that never leaves its PKCS#11 token signs letters; tried with SoftHSM."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kis.core import clock
from kis.letters.integrity import signature_fault
from kis.letters.rendering import Press
from kis.letters.signing import SigningUnavailable, sign, signing_only
from tests.letters.examples import PERMISSION

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "1234"


def certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TEST OFFICE")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=9))
        .add_extension(signing_only(), critical=True)
        .sign(key, hashes.SHA256())
    )


def fill(token_label: str, label: str) -> None:
    """Put a key and its certificate on the token."""
    import pkcs11
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.util.ec import encode_named_curve_parameters

    key = ec.generate_private_key(ec.SECP256R1())
    made = certificate(key)
    common = {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: b"1"}
    token = pkcs11.lib(str(MODULE)).get_token(token_label=token_label)
    with token.open(user_pin=PIN, rw=True) as session:
        session.create_object(common | {
            Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.KEY_TYPE: pkcs11.KeyType.EC, Attribute.SIGN: True,
            Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1"), Attribute.EXTRACTABLE: False,
            Attribute.SENSITIVE: True, Attribute.VALUE: key.private_numbers().private_value.to_bytes(32, "big"),
        })  # fmt: skip
        session.create_object(common | {
            Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.SUBJECT: made.subject.public_bytes(),
            Attribute.CERTIFICATE_TYPE: pkcs11.constants.CertificateType.X_509,
            Attribute.VALUE: made.public_bytes(serialization.Encoding.DER),
        })  # fmt: skip


def test_the_key_of_an_office_on_a_token_signs_its_letters(
    the_press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    command = ["softhsm2-util", "--init-token", "--free", "--label", "kis", "--pin", PIN, "--so-pin", "4321"]
    subprocess.run(command, check=True, capture_output=True)
    fill("kis", "seoul")
    settings = {"means": "pkcs11", "pkcs12": "", "passphrase": PIN, "module": str(MODULE), "token": "kis"}
    pdf, signer = sign(the_press.pdf(PERMISSION), "seoul", settings | {"label": "{office}"})
    assert signer and signature_fault(pdf, signer) is None
    assert signature_fault(pdf[:900] + bytes([pdf[900] ^ 1]) + pdf[901:], signer)


def test_a_certificate_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    settings = {"means": "pkcs12", "pkcs12": str(tmp_path / "{office}.p12"), "passphrase": "", "label": ""}
    with pytest.raises(SigningUnavailable, match=r"busan\.p12"):
        sign(b"%PDF", "busan", settings)
    (tmp_path / "busan.p12").write_bytes(b"no certificate")
    with pytest.raises(SigningUnavailable, match=r"busan\.p12"):
        sign(b"%PDF", "busan", settings)


def test_where_signing_is_off_the_letter_stays_as_it_is() -> None:
    assert sign(b"%PDF", "seoul", {"means": "off", "pkcs12": "", "label": ""}) == (b"%PDF", None)

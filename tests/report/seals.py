"""Which seals do the tests sign with? All clinics are invented."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from screening.report.signing import load_seal, self_made

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CLINIC = "Riverside Clinic"
YEARS = timedelta(days=730)


def kept(path, content):
    """Write a seal that nobody else on the machine can read."""
    path.touch(mode=0o600)
    path.write_bytes(content)
    return path


def loaded(content, passphrase=None):
    """Return the seal of a PKCS#12 file with this content."""
    with TemporaryDirectory() as folder:
        return load_seal(kept(Path(folder) / "seal.p12", content), passphrase)


@cache
def seal_file(name=CLINIC):
    """Return a self-made seal as its file has it."""
    return self_made(name, AT - timedelta(days=1))


@cache
def seal(name=CLINIC):
    return loaded(seal_file(name))


def certificate_of(subject, key, issuer, issuer_key, *, ca=False, usage=True):
    """Return a certificate for `subject`, signed with the issuer's key."""
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        for name in (subject, issuer)
    ]
    signs = x509.KeyUsage(
        digital_signature=usage and not ca,
        content_commitment=False,
        key_encipherment=not usage,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder(subject_name=names[0], issuer_name=names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + YEARS)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(signs, critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


@cache
def issued():
    """Return a seal on an elliptic curve, and the authority that vouches for it."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = certificate_of(
        "Health Authority", root_key, "Health Authority", root_key, ca=True
    )
    held = certificate_of("Hill Clinic", key, "Health Authority", root_key)
    file = pkcs12.serialize_key_and_certificates(
        b"clinic", key, held, [root], BestAvailableEncryption(b"three grey herons")
    )
    return loaded(file, "three grey herons"), root


def not_for_signing():
    """Return a file whose certificate is for other things than signing."""
    key = ec.generate_private_key(ec.SECP256R1())
    held = certificate_of("Web", key, "Web", key, usage=False)
    return pkcs12.serialize_key_and_certificates(b"w", key, held, None, NoEncryption())


def without_key():
    """Return a file that holds a certificate alone."""
    certificate = seal().certificate
    return pkcs12.serialize_key_and_certificates(
        b"clinic", None, None, [certificate], NoEncryption()
    )

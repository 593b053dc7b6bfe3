"""With which key and certificate does the clinic sign what it prints?

A seal is a PKCS#12 file: the clinic's own, from whoever issues its certificates, or one
that it made itself, which shows that pages were not changed to those who know it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Mapping

SEAL_FILE = "SCREENING_SEAL_FILE"
PASSPHRASE_FILE = "SCREENING_SEAL_PASSPHRASE_FILE"  # noqa: S105 - a name
"""The settings: a PKCS#12 file, and a file whose first line opens it."""

SELF_MADE_DAYS = 730
"""How long a certificate that the clinic makes itself is good for."""

_LONGEST_NAME = 64
"""Characters that a certificate's name may have (X.520, ub-common-name)."""

_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class SealProblem(Exception):  # noqa: N818 - the name a deployer reads
    """A seal that can't be used: which file, what is wrong with it, what to do."""

    def __init__(self, where: str, what: str, fix: str) -> None:
        super().__init__(f"{where}: {what} — {fix}")
        self.where, self.what, self.fix = where, what, fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A key with its certificate, and those that vouch for it, the nearest first."""

    key: _Key = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        """Whose seal it is, as the certificate says it."""
        return name_on(self.certificate)

    def is_good_at(self, moment: datetime) -> bool:
        """Tell whether the certificate holds at an aware moment."""
        made, ends = (
            self.certificate.not_valid_before_utc,
            self.certificate.not_valid_after_utc,
        )
        return made <= moment <= ends


def name_on(certificate: x509.Certificate) -> str:
    """Return the common name of a certificate, or all of its name without one."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def seal_of(settings: Mapping[str, str]) -> Seal | None:
    """Return the seal that a clinic's settings name, None where they name none.

    Raises SealProblem as `load_seal` does, and where the passphrase can't be read.
    """
    file = settings.get(SEAL_FILE, "").strip()
    if not file:
        return None
    passphrase_file = settings.get(PASSPHRASE_FILE, "").strip()
    return load_seal(Path(file), read_passphrase(passphrase_file or None))


def read_passphrase(file: str | Path | None) -> str | None:
    """Return the first line of a file, None without a file.

    Raises SealProblem where it can't be read.
    """
    if file is None:
        return None
    try:
        return Path(file).read_text("utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError):
        what = "the passphrase of the seal can't be read"
        fix = "Name a text file whose first line is the passphrase."
        raise SealProblem(str(file), what, fix) from None


def load_seal(path: Path, passphrase: str | None = None) -> Seal:
    """Return the seal in a PKCS#12 file.

    Raises SealProblem where it can't be read, opened, or has no key for signatures.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        what = f"the seal can't be read ({error.strerror})"
        raise SealProblem(str(path), what, "Name a PKCS#12 file.") from None
    secret = passphrase.encode() if passphrase else None
    try:
        held = pkcs12.load_pkcs12(content, secret)
    except ValueError:
        what = "the seal can't be opened: no PKCS#12 file, or another passphrase"
        raise SealProblem(str(path), what, "Look at both.") from None
    key, own = held.key, held.cert
    if own is None or not isinstance(
        key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    ):
        what = "the seal holds no key of a kind that signs (RSA or elliptic curve)"
        raise SealProblem(str(path), what, "Export key and certificate together.")
    chain = tuple(one.certificate for one in held.additional_certs)
    return Seal(key=key, certificate=own.certificate, chain=chain)


def self_made(name: str, at: datetime, passphrase: str | None = None) -> bytes:
    """Return a new seal, as PKCS#12, that nobody but its maker vouches for.

    `name` is the clinic's, `at` the aware moment from which it holds.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME] or "Clinic")]
    )
    start = at.astimezone(UTC).replace(microsecond=0)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=SELF_MADE_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else None
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, made, None, locked or NoEncryption()
    )

"""How does the clinic sign a PDF, so that a later change to it shows?

The seal is a certificate with its key, in a PKCS#12 file. A signature (PAdES baseline
B-B) covers every byte of the file and permits no change. Nothing is asked of anybody
else: the time is the clinic's own word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from screening.report.content import SignedBy, Summary
from screening.report.pdf import render
from screening.report.wording import moment_in_words
from screening.tongue import noted, say, speaking

_VALID_FOR = timedelta(days=2 * 365)
_OPEN_TO_OTHERS = 0o007
_MAKE_NEW = "Name a PKCS#12 file, or make one with `screening seal`."
_SIGNING_ALONE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,  # once called nonRepudiation
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)

SEAL_FILE = "SCREENING_SEAL_FILE"
"""The setting that names a PKCS#12 file: the clinic's certificate and its key."""

PASSPHRASE_FILE = "SCREENING_SEAL_PASSPHRASE_FILE"  # noqa: S105 - a name
"""The setting that names a file whose first line opens the seal, if that is needed."""

MEANING = noted(
    "Printed by the clinic's system from the stored record. It shows that nobody"
    " changed the pages since; it is not a clinical decision."
)
"""What the clinic says with its signature, in the pages and in the signature itself."""


class SealProblem(Exception):  # noqa: N818 - the name says what happened
    """The seal can't be used; the message never holds the passphrase.

    `where` names the file, `what` the fault and `fix` what to do.
    """

    def __init__(self, *, where: str, what: str, fix: str) -> None:
        """Keep the three parts; the message is one line of each."""
        self.where = where
        self.what = what
        self.fix = fix
        super().__init__(f"{where}: {what}\n  {fix}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the clinic signs with; `name` is whom the certificate was made out to.

    `others` are the certificates that vouch for it, if there are any.
    """

    name: str
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | EllipticCurvePrivateKey = field(repr=False)
    others: tuple[x509.Certificate, ...] = ()

    def is_valid(self, at: datetime) -> bool:
        """Whether the certificate may be used at this aware moment."""
        return is_valid(self.certificate, at)


def is_valid(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether a certificate may be used at this aware moment."""
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def load_seal(
    path: Path, passphrase: str | None = None, *, at: datetime | None = None
) -> Seal:
    """Return the seal in a PKCS#12 file that others on the machine can't read.

    `at` is an aware moment at which the certificate has to be valid; None for one that
    is only looked at.

    Raises:
        SealProblem: the file is missing or open to others, the passphrase does not
            open it, there is no key or none that signs, or it is not valid at `at`.
    """
    where = str(path)
    held = _opened(path, passphrase)
    key = held.key
    if key is None or held.cert is None:
        what = "the file does not hold a private key with its certificate"
        raise SealProblem(where=where, what=what, fix="Export both into one file.")
    if not isinstance(key, rsa.RSAPrivateKey | EllipticCurvePrivateKey):
        what = "the private key is of a kind that few readers of PDFs know"
        raise SealProblem(where=where, what=what, fix="Use RSA or an elliptic curve.")
    certificate = held.cert.certificate
    if not _may_sign(certificate):
        what = "the certificate was not made out for signing (its key usage)"
        fix = "Ask whoever made it for one with digitalSignature or nonRepudiation."
        raise SealProblem(where=where, what=what, fix=fix)
    if at is not None and not is_valid(certificate, at):
        days = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
        first, last = (f"{day:%Y-%m-%d}" for day in days)
        what = f"the certificate is valid from {first} to {last}, and not now"
        raise SealProblem(where=where, what=what, fix="Put a renewed one in its place.")
    return Seal(
        name=name_of(certificate),
        certificate=certificate,
        key=key,
        others=tuple(other.certificate for other in held.additional_certs),
    )


def configured_seal(
    settings: Mapping[str, str], *, at: datetime | None = None
) -> Seal | None:
    """Return the seal that settings name; None where they name none.

    Raises:
        SealProblem: as `load_seal`, or a passphrase belongs to no seal.
    """
    file, passphrase_file = (
        settings.get(name, "").strip() for name in (SEAL_FILE, PASSPHRASE_FILE)
    )
    if file:
        passphrase = passphrase_in(Path(passphrase_file)) if passphrase_file else None
        return load_seal(Path(file), passphrase, at=at)
    if passphrase_file:
        what = f"there is a passphrase, and {SEAL_FILE} names no seal"
        fix = f"Name the seal, or unset {PASSPHRASE_FILE}."
        raise SealProblem(where=PASSPHRASE_FILE, what=what, fix=fix)
    return None


def passphrase_in(path: Path) -> str:
    """Return the first line of a file.

    Raises:
        SealProblem: it can't be read.
    """
    try:
        return path.read_text("utf-8").partition("\n")[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise SealProblem(
            where=str(path),
            what=f"the passphrase can't be read ({reason})",
            fix="Name a file whose first line is the passphrase.",
        ) from None


def name_of(certificate: x509.Certificate) -> str:
    """Return whom a certificate was made out to, on one line: its common name."""
    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(named[0].value) if named else certificate.subject.rfc4514_string()
    return "".join(c if c.isprintable() else " " for c in text).strip() or "nobody"


def signed_pdf(summary: Summary, seal: Seal, at: datetime, zone: str) -> bytes:
    """Return the summary as a PDF that says who signed it, and is signed.

    `at` is an aware moment, shown by the clock of `zone`, an IANA name.

    Raises:
        FontsMissingError: the build has not put the fonts in place.
    """
    with speaking(summary.language):
        meaning, when = say(MEANING), moment_in_words(at, zone)
    words = SignedBy(name=seal.name, at_in_words=when, meaning=meaning)
    return sign(render(summary, words), seal, at, meaning)


def sign(pdf: bytes, seal: Seal, at: datetime, meaning: str) -> bytes:
    """Return the PDF with a signature after it; its own bytes stay as they are.

    The signature certifies the whole file, permits no change, and says who (`seal`),
    when (`at`, aware) and why (`meaning`). It keeps to PDF/UA-1 and PDF/A-3a where the
    PDF does.
    """
    # Half a second of imports that nobody needs who has no seal.
    from screening.report.pades import certified  # noqa: PLC0415

    return certified(pdf, seal, at, meaning)


def self_made(name: str, at: datetime) -> bytes:
    """Return a certificate that vouches for itself, with its key, as PKCS#12.

    It has no passphrase: the file must be closed to others. It is valid for two years
    from `at`, an aware moment, and good for signing alone.
    """
    # RSA, since PDF 1.7 knows it: signed by an elliptic curve a file is PDF 2.0.
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = at.replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_SIGNING_ALONE, critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, NoEncryption()
    )


def _opened(path: Path, passphrase: str | None) -> pkcs12.PKCS12KeyAndCertificates:
    where = str(path)
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as error:
        what = f"the seal can't be read ({error.strerror})"
        raise SealProblem(where=where, what=what, fix=_MAKE_NEW) from None
    if mode & _OPEN_TO_OTHERS:
        what = "every user of this machine can read or change the seal"
        raise SealProblem(where=where, what=what, fix=f"Close it: chmod 600 {path}.")
    try:
        return pkcs12.load_pkcs12(content, passphrase.encode() if passphrase else None)
    # The library's messages are of no use to a reader, and one error stands for both.
    except (ValueError, TypeError, UnsupportedAlgorithm):
        given = "the passphrase does not open it" if passphrase else "it needs one"
        raise SealProblem(
            where=where,
            what=f"the file can't be opened: {given}, or it is no PKCS#12 file",
            fix="Name the file that holds its passphrase, or export it anew.",
        ) from None


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment

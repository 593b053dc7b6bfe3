"""Does the signature of a PDF hold, and who vouches for whoever signed it?

Nothing is asked of anybody: no time stamp, no list of revoked certificates. When it was
signed is what the signer says.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from asn1crypto.cms import ContentInfo
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    validate_pdf_signature,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from screening.report.inside import NotOursError
from screening.report.signing import is_valid, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cryptography.x509 import Certificate

_ADDED = "Something stands in the file that the signature does not cover."
_CHANGED = "The file is not the one that was signed: something in it was changed."
_FORGED = "The signature was not made with the key of its certificate."
_UNDATED = "The signature does not say when it was made."
_NOT_VALID = "The certificate was not valid when the signature says it was made."
_UNREADABLE = "The signature can't be read."
_HEX = re.compile(rb"<(?:[0-9A-F]*|[0-9a-f]*)>")
_MAY_SIGN = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)

# What pyHanko logs of a broken file, with tracebacks, is told by a fault here.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A PDF's signature: who, when and why by its own words, and what is wrong with it.

    `faults` are sentences; where there are none it holds. `is_trusted` is whether the
    certificate is one of those that were given, or vouched for by one of them.
    """

    name: str = ""
    at: datetime | None = None
    meaning: str = ""
    certificate_sha256: str = ""
    faults: tuple[str, ...] = ()
    is_trusted: bool = False


def signature_of(pdf: bytes, trusted: Sequence[Certificate]) -> Signature | None:
    """Return the signature of a PDF, looked at; None where there is none.

    Raises:
        NotOursError: it can't be read.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        fields = list(enumerate_sig_fields(reader, filled_status=True))
    # A hostile file can bring about nearly any error in the library.
    except Exception as error:
        message = "The file can't be read: something in it was changed or is missing."
        raise NotOursError(message) from error
    if not fields:
        return None
    if len(fields) > 1:
        many = f"There are {len(fields)} signatures, and the clinic gives one."
        return Signature(faults=(many,))
    name, _, signed_field = fields[0]
    try:
        embedded = EmbeddedPdfSignature(reader, signed_field, name)
        return _looked_at(pdf, embedded, trusted)
    except Exception:  # noqa: BLE001 - as above
        return Signature(faults=(_UNREADABLE,))


def _looked_at(
    pdf: bytes, embedded: EmbeddedPdfSignature, trusted: Sequence[Certificate]
) -> Signature:
    certificate = load_der_x509_certificate(embedded.signer_cert.dump())
    at = embedded.self_reported_timestamp
    at = at if at is None or at.tzinfo else None
    faults = [] if _is_whole(pdf, embedded) else [_ADDED]
    if at is None:
        faults.append(_UNDATED)
    elif not is_valid(certificate, at):
        faults.append(_NOT_VALID)
    status = validate_pdf_signature(
        embedded,
        ValidationContext(
            trust_roots=[
                translate_pyca_cryptography_cert_to_asn1(one) for one in trusted
            ],
            allow_fetching=False,
            moment=at,
        ),
        key_usage_settings=_MAY_SIGN,
        skip_diff=True,
    )
    if not status.intact:
        faults.append(_CHANGED)
    elif not status.valid:
        faults.append(_FORGED)
    return Signature(
        name=name_of(certificate),
        at=at,
        meaning=_one_line(str(embedded.sig_object.get("/Reason", ""))),
        certificate_sha256=certificate.fingerprint(SHA256()).hex(),
        faults=tuple(faults),
        is_trusted=not faults and status.trusted,
    )


def _is_whole(pdf: bytes, embedded: EmbeddedPdfSignature) -> bool:
    """Whether the signature covers every byte but those that it stands in itself.

    Behind it there is room, which has to be empty.
    """
    start, length, after, rest = (int(number) for number in embedded.byte_range)
    hole, held = pdf[length:after], embedded.pkcs7_content
    room = held[len(ContentInfo.load(held).dump()) :]
    return (
        start == 0
        and 0 < length < after
        and after + rest == len(pdf)
        and _HEX.fullmatch(hole) is not None
        and bytes.fromhex(hole[1:-1].decode("ascii")) == held
        and not room.strip(b"\0")
    )


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()

"""Who signed a PDF, does the signature hold, and is it of somebody the clinic knows?"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1 as as_certificate,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from screening.report.inside import NotOursError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509
    from pyhanko.sign.validation import EmbeddedPdfSignature


# They write whole tracebacks of what is told here in a word.
for _noisy in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)

_FOR_SIGNING = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature in a PDF, and what became of checking it.

    `at` is the moment that the signer's clock told, `holds` that what was signed is as
    it was, `covers_all` that nothing of the file was left out or came later, and
    `is_known` that a certificate the clinic trusts vouches for it.
    """

    by: str
    at: datetime | None
    meaning: str
    holds: bool
    covers_all: bool
    is_known: bool


def signatures_of(
    pdf: bytes, trusted: Sequence[x509.Certificate]
) -> tuple[Signature, ...]:
    """Return the signatures of a PDF, each checked; nothing is asked of a network.

    Raises:
        NotOursError: the file, or a signature in it, can't be read.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return tuple(_checked(one, trusted) for one in found)
    except Exception as error:
        # A broken file can bring about any of the library's errors, and those of the
        # ones beneath it.
        message = "The PDF's signatures can't be read: the file is damaged."
        raise NotOursError(message) from error


def _checked(
    found: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate]
) -> Signature:
    at = found.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[as_certificate(one) for one in trusted],
        allow_fetching=False,
        # The certificate has to have been good when it signed, not today.
        moment=at,
    )
    status = validate_pdf_signature(found, context, key_usage_settings=_FOR_SIGNING)
    told, own = found.sig_object, status.signing_cert
    # Of a certificate that is trusted as it is, the library does not ask that.
    was_good = at is not None and own.not_valid_before <= at <= own.not_valid_after
    return Signature(
        by=str(own.subject.native.get("common_name") or "nobody named"),
        at=at,
        meaning=str(told.get("/Reason", "")),
        holds=status.intact and status.valid and status.docmdp_ok is not False,
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_known=status.trusted and was_good,
    )

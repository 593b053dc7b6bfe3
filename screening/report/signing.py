"""How is a PDF signed, so that any later change of it shows?

pyHanko writes the signature (PAdES, baseline B-B): one more revision of the file, which
permits no further one. Who, when and what it means stand on the last page, as text
that was there when it was signed.
"""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING

from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1 as as_certificate,
)
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as as_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from screening.report.pdf import Signed, render
from screening.report.wording import moment_in_words
from screening.tongue import noted, say, speaking

if TYPE_CHECKING:
    from datetime import datetime

    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    from screening.report.content import Summary
    from screening.report.seal import Seal

FIELD = "Clinic"
"""The name of the signature's field in the file."""

MEANING = noted(
    "The clinic's system printed these pages from the stored record. It is not a"
    " clinical decision."
)


def render_signed(summary: Summary, seal: Seal, at: datetime, zone: str) -> bytes:
    """Return the summary as a PDF that is signed with the seal.

    `at` is the aware moment of signing, told by the clock of `zone`. The certificate
    has to be good then: what it signs would not hold otherwise.
    """
    with speaking(summary.language):
        meaning, when = say(MEANING), moment_in_words(at, zone)
    drawn = render(summary, Signed(by=seal.name, when=when, meaning=meaning))
    return sign(drawn, seal, at, meaning)


class _Signer(signers.PdfSigner):
    """pyHanko's signer, at a moment that is given to it."""

    at: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - as it stands there
    ) -> PdfSigningSession:
        """Begin to sign, at the given moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def sign(pdf: bytes, seal: Seal, at: datetime, meaning: str) -> bytes:
    """Return a PDF with one signature over all of it, at an aware moment."""
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call] # as published
    known.register_multiple([as_certificate(one) for one in seal.chain])
    signer = _Signer(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            name=seal.name,
            reason=meaning,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        signer=signers.SimpleSigner(
            signing_cert=as_certificate(seal.certificate),
            signing_key=as_key(seal.key),
            cert_registry=known,
        ),
        # It takes no room on a page: what is seen of it is on the pages already.
        new_field_spec=SigFieldSpec(
            FIELD, readable_field_name="Signature", box=(0, 0, 0, 0)
        ),
    )
    signer.at = at.astimezone(UTC)
    signed = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=signed)
    return signed.getvalue()

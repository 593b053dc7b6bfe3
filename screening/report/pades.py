"""How is a signature written into a PDF? In one update after its end, by pyHanko.

PAdES baseline B-B: the certificate is inside, no time stamp, nothing looked up.
"""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
)
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from datetime import datetime

    from screening.report.signing import Seal

FIELD = "Clinic"
"""The name of the form field that holds the signature."""

# Bytes for the signature itself and what it is wrapped in; RSA-4096 takes 1100.
_BESIDE_CERTIFICATES = 3072


class _Signer(Signer):
    """Signs with the key as it was read.

    PyHanko's own reads and tries the key anew for each signature: for RSA that takes
    ten times as long as the rest.
    """

    def __init__(self, seal: Seal) -> None:
        """Take the key, and the certificates that go into the signature."""
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # published so
        store.register_multiple(
            map(translate_pyca_cryptography_cert_to_asn1, seal.others)
        )
        super().__init__(
            cert_registry=store,
            signing_cert=translate_pyca_cryptography_cert_to_asn1(seal.certificate),
        )
        self._key = seal.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 - it is always SHA-256 here
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        """Return the bare signature of the bytes."""
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        return self._key.sign(data, ECDSA(SHA256()))


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata as it stands.

    PyHanko would write its own name and this machine's clock into it.
    """

    def _update_meta(self) -> None:
        """Change nothing."""


def certified(pdf: bytes, seal: Seal, at: datetime, meaning: str) -> bytes:
    """Return the PDF with a signature that certifies it and permits no change.

    `at` is the aware moment that the signature names.
    """
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            name=seal.name,
            reason=meaning,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            subfilter=SigSeedSubFilter.PADES,
        ),
        # Made anew each time: it is not safe to be shared by threads.
        _Signer(seal),
        new_field_spec=SigFieldSpec(
            FIELD,
            readable_field_name="Signature of the clinic",
            # Beside the page, PDF/UA-1 asks for no tag and PDF/A-3 for no picture.
            invis_sig_settings=InvisSigSettings(
                set_print_flag=True, box_out_of_bounds=True
            ),
        ),
    )
    room = _BESIDE_CERTIFICATES + sum(
        len(one.public_bytes(Encoding.DER)) for one in (seal.certificate, *seal.others)
    )
    return asyncio.run(_written(signer, _Update(BytesIO(pdf)), at, 2 * room))


async def _written(
    signer: PdfSigner, update: _Update, at: datetime, digits: int
) -> bytes:
    session = signer.init_signing_session(update)
    session.system_time = at
    prepared = session.prepare_tbs_document(None, bytes_reserved=digits)
    output = BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    await prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes())
    return output.getvalue()

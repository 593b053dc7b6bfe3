"""What makes a file one to keep for years: what it is, its colours, the record inside.

A reader learns from the metadata that it is tagged (PDF/UA-1) and meant to be archived
(PDF/A-3a). The machine-readable record is attached, so that it can never be parted from
the pages that were printed of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc

from screening.report.pdf.tags import Written, hexadecimal, packed_stream, registered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from screening.report.pdf.tags import Insides

MAKER = "Screening"

# The document's root keeps only keys it knows.
for _key in ("OutputIntents", "AF"):
    if _key not in pdfdoc.PDFCatalog.__NoDefault__:
        pdfdoc.PDFCatalog.__NoDefault__.append(_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the document: its name there, what it is, its kind and content."""

    name: str
    about: str
    media_type: str
    content: bytes


def add_archive(
    document: Insides,
    *,
    title: str,
    language: str,
    moment: datetime,
    attached: Sequence[Attachment],
) -> None:
    """Write metadata, the meaning of colours and the attached files into a document.

    `moment` is when it was made, aware and in UTC. The same values give the same bytes.
    """
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    metadata = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary(
            {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
        ),
        _metadata(title, language, stamp).encode(),
        [],
    )
    document.Catalog.Metadata = metadata
    profile = packed_stream(document, _colours(), {"N": 3})
    document.Catalog.OutputIntents = Written(
        "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        f"/Info(sRGB)/DestOutputProfile {profile}>>]"
    )
    if attached:
        _attach(document, sorted(attached, key=attrgetter("name")), moment)


def _attach(
    document: Insides, attached: Sequence[Attachment], moment: datetime
) -> None:
    """Put the files inside; a reader looks them up by their names, in their order."""
    described = [_described(document, one, moment) for one in attached]
    named = zip(attached, described, strict=True)
    names = "".join(f"{hexadecimal(one.name)} {held}" for one, held in named)
    document.Catalog.AF = Written(f"[{' '.join(described)}]")
    document.Catalog.Names = Written(f"<</EmbeddedFiles<</Names[{names}]>>>>")


def _described(document: Insides, attached: Attachment, moment: datetime) -> str:
    date = f"(D:{moment:%Y%m%d%H%M%S}Z)"
    size, kind = len(attached.content), attached.media_type.replace("/", "#2F")
    held = packed_stream(
        document,
        attached.content,
        {
            "Type": pdfdoc.PDFName("EmbeddedFile"),
            "Subtype": Written(f"/{kind}", is_apart=False),
            "Params": Written(f"<</Size {size}/ModDate {date}>>", is_apart=False),
        },
    )
    name = hexadecimal(attached.name)
    return registered(
        document,
        Written(
            f"<</Type/Filespec/F({_plain(attached.name)})/UF{name}"
            f"/Desc{hexadecimal(attached.about)}/AFRelationship/Data"
            f"/EF<</F {held}/UF {held}>>>>"
        ),
    )


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)


@cache
def _colours() -> bytes:
    """Return what the greys on the pages mean: the profile sRGB, without its date."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = bytes((7, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    return bytes(made)


def _metadata(title: str, language: str, stamp: str) -> str:
    return _XMP.format(
        begin="\ufeff",
        title=escape(title),
        language=escape(language),
        stamp=stamp,
        maker=MAKER,
    )


_XMP = """<?xpacket begin="{begin}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{maker}</pdf:Producer>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that is kept to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""

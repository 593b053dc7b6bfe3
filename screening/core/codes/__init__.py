"""What does a problem's code mean? The one registry, in words for coordinators.

`CODES` maps each code that the checker prints to its title, why it matters, and how to
mend it. The pages in docs/problems are made from it; what was found in a file, and
where, stands in the `Problem` itself. A code that was once given out is never used for
something else.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from screening.core.codes.cases import CASES
from screening.core.codes.code import Code
from screening.core.codes.files import FILES
from screening.core.codes.parts import PARTS
from screening.core.codes.questions import QUESTIONS
from screening.core.codes.rules import RULES
from screening.core.codes.scales import SCALES
from screening.core.codes.settings import SETTINGS
from screening.core.codes.texts import TEXTS
from screening.core.codes.translations import TRANSLATIONS
from screening.core.codes.whole import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "ROOMS", "Code"]

ROOMS: Mapping[str, tuple[Code, ...]] = MappingProxyType(
    {
        "The file itself": FILES,
        "Names and values": PARTS,
        "Questions and pages": QUESTIONS,
        "Rules": RULES,
        "Instruments, packs and catalogues": SCALES,
        "Worked patients": CASES,
        "Texts": TEXTS,
        "Translations": TRANSLATIONS,
        "What it all comes to": WHOLE,
        "Settings of a clinic": SETTINGS,
    }
)
"""The codes by what they are about, in the order of a reader."""

CODES: Mapping[str, Code] = MappingProxyType(
    {code.code: code for room in ROOMS.values() for code in room}
)
"""Every code with its meaning."""

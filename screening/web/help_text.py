"""What does a help text say in this clinic and this country?

Help texts hold placeholders such as {emergency}. `fill` puts the locale's numbers and
the clinic's own words in their place and gives the sentence in pieces, its numbers as
links; `fill_plain` gives it as plain text; `fill_button` gives what a button reads and
where it leads.
"""

import re
from dataclasses import dataclass
from itertools import chain

from screening.tongue import say
from screening.web.config import Config
from screening.web.contact_text import Piece, first_address, linked
from screening.web.crisis import CrisisLine, Locale

PLACEHOLDERS = frozenset(
    {
        "emergency",
        "crisis_list",
        "crisis_primary",
        "monitoring_statement",
        "clinic_contact_or_own_doctor",
        "contact_route",
        "clinic_days",
    }
)
"""Every name that may stand in braces in a help text."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpButton:
    """What a help button reads. Without `address` it is a step of the form itself."""

    label: str
    address: str | None


def unknown_placeholders(text: str) -> list[str]:
    """Return the names in braces that no clinic could fill, in order."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def fill(text: str, locale: Locale, config: Config) -> tuple[Piece, ...]:
    """Return `text` with every placeholder filled, its numbers as links.

    A name that is not a placeholder stays as written: `unknown_placeholders` finds it
    when a questionnaire is loaded, and help is never withheld over it.
    """
    pieces: list[Piece] = []
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        pieces.append(Piece(text[end : found.start()]))
        pieces.extend(_words(found[1], locale, config) or (Piece(found[0]),))
        end = found.end()
    pieces.append(Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def fill_plain(text: str, locale: Locale, config: Config) -> str:
    """Return `text` with every placeholder filled, as plain text."""
    return "".join(piece.text for piece in fill(text, locale, config))


def fill_button(label: str, locale: Locale) -> HelpButton:
    """Return what a button labelled `label` reads and the number it calls, if any.

    A button names the crisis service only; its number is where the button leads.
    """
    primary = locale.crisis[0]
    read = label.replace("{emergency}", locale.emergency).replace(
        "{crisis_primary}", primary.name
    )
    if "{emergency}" in label:
        return HelpButton(label=read, address=first_address(locale.emergency))
    if "{crisis_primary}" in label:
        return HelpButton(label=read, address=first_address(primary.contact))
    return HelpButton(label=read, address=None)


def _words(name: str, locale: Locale, config: Config) -> tuple[Piece, ...]:
    match name:
        case "emergency":
            return locale.emergency_pieces
        case "crisis_list":
            first, *others = locale.crisis
            rest = [(Piece(say(", or ")), *_with_contact(line)) for line in others]
            return (*_with_contact(first), *chain.from_iterable(rest))
        case "crisis_primary":
            return _with_contact(locale.crisis[0])
        case "clinic_contact_or_own_doctor":
            return linked(say(config.clinic_contact))
        case "monitoring_statement" | "contact_route" | "clinic_days":
            return (Piece(say(getattr(config, name))),)
        case _:
            return ()


def _with_contact(line: CrisisLine) -> tuple[Piece, ...]:
    # A name such as "988 Suicide & Crisis Lifeline" holds digits, but is no number to
    # call; a contact that has brackets of its own stands behind a colon.
    if "(" in line.contact:
        return (Piece(f"{line.name}: "), *line.pieces)
    return (Piece(f"{line.name} ("), *line.pieces, Piece(")"))

"""Which words does the renderer itself put on the page, in which language?

Everything else on the page is the article's own text. A language without words here
gets English ones, so that a new translation shows before this table is complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Labels of the boxes; `danger` has the place `{emergency}` for the number.

    `read`, `background` and `project` say how far a reference was checked.
    """

    contents: str
    reference: str
    references: str
    back: str
    read: str
    background: str
    project: str
    danger: str
    talk: str
    urgent: str
    veterans: str
    written_by: str
    reviewed: str
    review_due: str
    interests: str
    months: tuple[str, ...]
    date_order: str

    def date(self, day: date) -> str:
        """Return the date in words, because 03/04 means two days in two countries."""
        month = self.months[day.month - 1]
        return self.date_order.format(day=day.day, month=month, year=day.year)


_ENGLISH = Words(
    contents="On this page",
    reference="Reference",
    references="References",
    back="Back to the text",
    read="We read this source, or a part of it.",
    background="Background: we still have to check this against the original.",
    project="Our own judgement, to be confirmed by the clinic.",
    danger=(
        "If you might act on thoughts of ending your life, or you are in danger, call"
        " {emergency} or go to the nearest emergency department now."
    ),
    talk="You can also reach someone to talk to:",
    urgent="Urgent, but not an emergency",
    veterans="Veterans",
    written_by="Written by",
    reviewed="Last reviewed",
    review_due="Next review due",
    interests="Conflicts of interest",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    date_order="{month} {day}, {year}",
)

_SPANISH = Words(
    contents="En esta página",
    reference="Referencia",
    references="Referencias",
    back="Volver al texto",
    read="Leímos esta fuente, o una parte de ella.",
    background="Conocimiento general: falta comprobarlo con el original.",
    project="Criterio propio, que la clínica debe confirmar.",
    danger=(
        "Si es posible que lleve a cabo pensamientos de quitarse la vida, o si está en"
        " peligro, llame ahora al {emergency} o vaya ahora a la sala de emergencias más"
        " cercana."
    ),
    talk="También puede hablar con alguien:",
    urgent="Urgente, pero no una emergencia",
    veterans="Veteranos",
    written_by="Escrito por",
    reviewed="Última revisión",
    review_due="Próxima revisión",
    interests="Conflictos de intereses",
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    date_order="{day} de {month} de {year}",
)

_BY_LANGUAGE = {"en": _ENGLISH, "es": _SPANISH}


def words_in(language: str) -> Words:
    """Return the words for a language tag such as `en` or `es-MX`."""
    return _BY_LANGUAGE.get(language.split("-", maxsplit=1)[0].lower(), _ENGLISH)

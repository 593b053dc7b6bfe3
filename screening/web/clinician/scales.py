"""Which scales may a clinician rate beside a decision, and what does a rating come to?

They are defined by the same files as those that patients answer. One whose licence
does not allow its text to be shown here is not offered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from screening.core.answers import Stored, read_items, typed
from screening.core.definition import Question
from screening.core.deployment import Deployment
from screening.core.instrument import Instrument
from screening.core.load import load_instrument, refusal_of
from screening.core.program import Program
from screening.core.scoring import score_card
from screening.library import Shelf, shelf_for
from screening.report.decision import RatedItem, Rating
from screening.report.scales import result_in_words
from screening.report.wording import answer_in_words
from screening.web.shell import current_shell

OFFERED = ("nimh_gocs", "cgi_s_i", "ybocs")
"""The instruments that are rated at the desk, where their licences allow it."""

_Files = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A scale that may be rated here; `sha256` is of the files that it is made of."""

    instrument: Instrument
    program: Program
    sha256: str

    @property
    def id(self) -> str:
        """The instrument's id."""
        return self.instrument.id

    @property
    def items(self) -> Sequence[Question]:
        """What is rated, in order."""
        return self.instrument.items

    def rating(self, given: Mapping[str, Stored], today: date) -> Rating:
        """Return the rating with these answers by item; each is one that fits."""
        values = self.program.blank(today)
        read_items(self.instrument, dict(given), values)
        card = score_card(self.instrument, self.program.work_out(values))
        has_total = card is not None and card.possible is not None
        return Rating(
            instrument=self.id,
            title=self.instrument.title,
            items=tuple(
                _rated(item, given[item.id])
                for item in self.items
                if given.get(item.id) is not None
            ),
            result=result_in_words(self.instrument, card) if card and has_total else "",
            attribution=self.instrument.licence.attribution,
            sha256=self.sha256,
        )


def scales_here() -> tuple[Scale, ...]:
    """Return the scales that may be rated in this clinic.

    Raises:
        DefinitionError: the file of one can't be used.
    """
    config = current_shell().config
    shelf = shelf_for(config.questionnaire, config.questionnaires)
    return tuple(
        scale
        for name in OFFERED
        if (scale := _scale(name, _files(shelf, name), config.deployment)) is not None
    )


def _files(shelf: Shelf, name: str) -> _Files:
    names = (f"instruments/{name}.yaml", f"packs/{name}.yaml")
    return tuple(
        (each, text) for each in names if (text := shelf.read(each)) is not None
    )


@lru_cache(maxsize=2 * len(OFFERED))
def _scale(name: str, files: _Files, deployment: Deployment) -> Scale | None:
    read = dict(files).get
    if not files or refusal_of(name, read, deployment) is not None:
        return None
    instrument, program = load_instrument(name, read)
    whole = "\0".join(f"{each}\0{text}" for each, text in files)
    return Scale(
        instrument=instrument,
        program=program,
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
    )


def _rated(item: Question, stored: Stored) -> RatedItem:
    words = answer_in_words(item, typed(item, stored))
    chosen = item.option(str(stored))
    return RatedItem(
        item=item.id,
        asked=item.ask,
        answer=f"{words} ({stored})" if chosen is not None else words,
        value=str(stored),
    )

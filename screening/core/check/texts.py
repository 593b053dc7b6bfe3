"""Every text that a questionnaire's files say to people, with where it stands.

`page` is the position of the page a text stands on: it may put in answers from pages
before it. On a page of entries it may put in the entry's own earlier answers too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from screening.core.schema import OptionShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from screening.core.load.workbench import Spot
    from screening.core.schema import (
        HelpFileShape,
        InstrumentShape,
        ItemShape,
        Options,
        PageShape,
        QuestionnaireShape,
        QuestionShape,
    )


NOTE = "note"
"""What stands under this name is for whoever edits the file; nobody is shown it."""


class Reader(Enum):
    """Who reads a text, and what may be put into it there."""

    PATIENT = "patient"
    """A patient, on a page: answers of earlier pages may be put in."""

    PATIENT_FIXED = "patient, as it is"
    """A patient, where nothing may be put in: a title, a published item."""

    PATIENT_HELP = "patient, from the clinic"
    """A patient in need of help, or with a receipt: the clinic's words are put in."""

    CLINICIAN = "clinician"
    """A clinician: whatever is known may be put in."""

    CLINICIAN_FIXED = "clinician, as it is"
    """A clinician, where nothing may be put in."""

    @property
    def is_patient(self) -> bool:
        """Whether a patient reads it."""
        return self.value.startswith("patient")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of a file. `before` are the questions of the same entry before it.

    `after` are those that are asked with it or later.

    `is_published` texts are used as their holder wrote them.
    """

    spot: Spot
    text: str
    reader: Reader
    page: int = -1
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    is_published: bool = False


def texts_of(spot: Spot, shape: QuestionnaireShape) -> Iterator[Text]:
    """Yield the texts of a questionnaire's own file, from top to bottom."""
    yield _fixed(spot.at("title"), shape.title)
    for number, page in enumerate(shape.pages):
        yield from _page(spot.at("pages", number), page, number)
    for number, check in enumerate(shape.checks):
        here = spot.at("checks", number, "say")
        yield Text(spot=here, text=check.say, reader=Reader.PATIENT, page=1_000_000)
    for number, criterion in enumerate(shape.criteria):
        here = spot.at("criteria", number)
        yield _clinical(here.at("clinician"), criterion.clinician)
        yield _clinical(here.at("because"), criterion.because, fixed=True)
    for number, section in enumerate(shape.summary):
        here = spot.at("summary", number)
        yield _clinical(here.at("title"), section.title, fixed=True)
        if section.says is not None:
            yield _clinical(here.at("says"), section.says)


def help_texts_of(spot: Spot, shape: HelpFileShape) -> Iterator[Text]:
    """Yield the texts of the help file."""
    for key, help_text in shape.help.items():
        here = spot.at("help", key)
        named = {
            "title": help_text.title,
            "body": help_text.body,
            "honesty": help_text.honesty,
        }
        for name, text in named.items():
            if text is not None:
                yield _help(here.at(name), text)
        for number, button in enumerate(help_text.buttons):
            yield _help(here.at("buttons", number), button)
    for key, text in shape.receipt.items():
        if key != NOTE:
            yield _help(spot.at("receipt", key), text)


def instrument_texts_of(spot: Spot, shape: InstrumentShape) -> Iterator[Text]:
    """Yield the texts of an instrument's file: published, and used as they are."""
    top = {
        "title": shape.title,
        "stem": shape.stem,
        "instruction": shape.instruction,
        "disclaimer": shape.disclaimer,
    }
    for name, text in top.items():
        if text is not None:
            yield _fixed(spot.at(name), text, is_published=True)
    for option in _options(spot.at("options"), shape.options):
        yield _fixed(option.spot, option.text, is_published=True)
    for number, item in enumerate(shape.items):
        yield from _item(spot.at("items", number), item)


def _item(spot: Spot, item: ItemShape) -> Iterator[Text]:
    for name, text in (("ask", item.ask), ("hint", item.hint)):
        if text is not None:
            yield _fixed(spot.at(name), text, is_published=True)
    for option in _options(spot.at("options"), item.options):
        yield _fixed(option.spot, option.text, is_published=True)


def _page(spot: Spot, page: PageShape, number: int) -> Iterator[Text]:
    if page.title is not None:
        yield _fixed(spot.at("title"), page.title)
    for name, text in (
        ("intro", page.intro),
        ("any", page.any),
        ("hint", page.hint),
    ):
        if text is not None:
            yield Text(
                spot=spot.at(name), text=text, reader=Reader.PATIENT, page=number
            )
    yield _fixed(spot.at("entry"), page.entry)
    ids = tuple(question.id for question in page.questions) if page.repeat else ()
    for position, question in enumerate(page.questions):
        here = spot.at("questions", position)
        yield from _question(here, question, number, (ids[:position], ids[position:]))


def _question(
    spot: Spot,
    shape: QuestionShape,
    page: int,
    beside: tuple[tuple[str, ...], tuple[str, ...]],
) -> Iterator[Text]:
    for name, text in (("ask", shape.ask), ("hint", shape.hint), ("help", shape.help)):
        if text is not None:
            yield Text(
                spot=spot.at(name),
                text=text,
                reader=Reader.PATIENT,
                page=page,
                before=beside[0],
                after=beside[1],
            )
    if shape.short is not None:
        yield _clinical(spot.at("short"), shape.short, fixed=True)
    for point, label in shape.labels.items():
        yield _fixed(spot.at("labels", point), label)
    yield from _options(spot.at("options"), shape.options)
    for position, part in enumerate(shape.questions):
        yield from _question(spot.at("questions", position), part, page, beside)


def _options(spot: Spot, options: Options) -> Iterable[Text]:
    for value, option in options.items():
        here = spot.at(value)
        if not isinstance(option, OptionShape):
            yield _fixed(here, option)
            continue
        yield _fixed(here.at("label"), option.label)
        if option.hint is not None:
            yield _fixed(here.at("hint"), option.hint)


def _fixed(spot: Spot, text: str, *, is_published: bool = False) -> Text:
    return Text(
        spot=spot, text=text, reader=Reader.PATIENT_FIXED, is_published=is_published
    )


def _help(spot: Spot, text: str) -> Text:
    return Text(spot=spot, text=text, reader=Reader.PATIENT_HELP)


def _clinical(spot: Spot, text: str, *, fixed: bool = False) -> Text:
    reader = Reader.CLINICIAN_FIXED if fixed else Reader.CLINICIAN
    return Text(spot=spot, text=text, reader=reader)

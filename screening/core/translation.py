"""What does a questionnaire say to patients, text by text, in another language?

`wordings` gives every text a key made of ids (`questions.age.ask`), so that a
translation holds on when questions move. `in_language` puts other texts in their
places and nothing else: slots, rules and scores are the very same objects, so that no
decision can depend on the language.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from screening.core.definition import YES_NO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from screening.core.definition import (
        HelpText,
        Option,
        Page,
        Question,
        Questionnaire,
        Repeat,
    )
    from screening.core.instrument import Instrument
    from screening.core.problems import Place

    _Say = Callable[[str, str, Place], str]

MARK_LENGTH = 8
"""Hexadecimal digits of the mark that a translated text keeps of its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text in the questionnaire's own language, and near what it stands."""

    key: str
    text: str
    place: Place

    @property
    def mark(self) -> str:
        """What tells whether this is still the text that was translated."""
        return mark_of(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A questionnaire's texts in one more language, and what is wanting.

    `texts` are those that are there, stale ones included, by key. A `stale` text was
    made from another source text than today's; a `missing` one is not there. `needed`
    are the keys of both kinds that concern a patient's safety. `reviewed_by` is the
    clinician who signed off the texts of safety as they are now; `safety_mark` tells
    whether they still are what was signed off.
    """

    language: str
    texts: Mapping[str, str]
    stale: tuple[str, ...]
    missing: tuple[str, ...]
    needed: tuple[str, ...]
    safety_mark: str
    reviewed_by: str | None

    @property
    def is_offered(self) -> bool:
        """Whether patients may read it.

        Every text that concerns safety is there, and a clinician signed them off.
        """
        return not self.needed and self.reviewed_by is not None


def mark_of(text: str) -> str:
    r"""Return a short mark of a text: the first digits of its SHA-256, in hex.

    Spaces and line breaks do not count, so that folding a text anew changes nothing.

    >>> mark_of("How old are you?") == mark_of("How old\n are you? ")
    True
    """
    plain = " ".join(text.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:MARK_LENGTH]


def wordings(questionnaire: Questionnaire) -> dict[str, Wording]:
    """Return every text for patients by its key, in the order they are met."""
    found: dict[str, Wording] = {}

    def note(key: str, text: str, place: Place) -> str:
        found.setdefault(key, Wording(key=key, text=text, place=place))
        return text

    _said(questionnaire, note)
    return found


def in_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return the questionnaire as it is said in `language`, its own included.

    A text that is not translated stays in the questionnaire's own language. Raises
    KeyError when there is no translation into `language`.
    """
    if language == questionnaire.language:
        return questionnaire
    texts = questionnaire.translations[language].texts
    said = _said(questionnaire, lambda key, text, _: texts.get(key, text))
    return replace(said, language=language)


def own_language(questionnaire: Questionnaire, instrument: Instrument) -> str:
    """Return the language that an instrument's items are read in.

    It is the questionnaire's, or the one the files are in, where no published wording
    is there in another.
    """
    made = questionnaire.translations.get(questionnaire.language)
    items = f"instruments.{instrument.id}.items."
    if made is not None and any(key.startswith(items) for key in made.missing):
        return questionnaire.written_in
    return questionnaire.language


# -- the walk: every text is said once under its key


def _said(questionnaire: Questionnaire, say: _Say) -> Questionnaire:
    """Return the questionnaire with each text as `say` gives it."""
    top = questionnaire.pages[0].place
    title = say("title", questionnaire.title, top)
    scales = {
        key: _instrument(one, say) for key, one in questionnaire.instruments.items()
    }
    pages = tuple(_page(page, say, scales) for page in questionnaire.pages)
    own = [page for page in pages if page.instrument is None]
    return replace(
        questionnaire,
        title=title,
        pages=pages,
        instruments=scales,
        repeats={page.repeat.id: page.repeat for page in pages if page.repeat},
        questions={one.id: one for page in own for one in page.questions},
        checks=tuple(
            replace(one, say=say(f"checks.{one.id}", one.say, one.place))
            for one in questionnaire.checks
        ),
        help={key: _help(one, say) for key, one in questionnaire.help.items()},
        receipt={
            key: say(f"receipt.{key}", text, top)
            for key, text in questionnaire.receipt.items()
        },
    )


def _page(page: Page, say: _Say, scales: Mapping[str, Instrument]) -> Page:
    if page.instrument is not None:
        return _page_of_scale(page, scales[page.instrument.key], say)
    return replace(
        page,
        title=say(f"pages.{page.source_id}.title", page.title, page.place),
        intro=_maybe(say, f"pages.{page.source_id}.intro", page.intro, page.place),
        questions=tuple(_question(one, say) for one in page.questions),
        repeat=page.repeat and _repeat(page.repeat, say),
    )


def _page_of_scale(page: Page, scale: Instrument, say: _Say) -> Page:
    """Return a page with items; one that has no title of its own has the scale's."""
    ids = {item.id for item in page.questions}
    own = page.instrument
    title = scale.title
    if own is None or page.title != own.title:
        title = say(f"pages.{page.source_id}.title", page.title, page.place)
    return replace(
        page,
        title=title,
        intro=_maybe(say, f"pages.{page.source_id}.intro", page.intro, page.place),
        questions=tuple(item for item in scale.items if item.id in ids),
        instrument=scale,
    )


def _repeat(repeat: Repeat, say: _Say) -> Repeat:
    here = f"questions.{repeat.id}"
    return replace(
        repeat,
        any=say(f"{here}.any", repeat.any, repeat.place),
        hint=_maybe(say, f"{here}.hint", repeat.hint, repeat.place),
        short=_maybe(say, f"{here}.short", repeat.short, repeat.place),
        entry=say(f"{here}.entry", repeat.entry, repeat.place),
        questions=tuple(_question(one, say) for one in repeat.questions),
    )


def _question(question: Question, say: _Say) -> Question:
    here, place = f"questions.{question.key}", question.place
    return replace(
        question,
        ask=say(f"{here}.ask", question.ask, place),
        hint=_maybe(say, f"{here}.hint", question.hint, place),
        help=_maybe(say, f"{here}.help", question.help, place),
        short=_maybe(say, f"{here}.short", question.short, place),
        labels=_labels(question, here, say),
        options=tuple(
            _option(one, f"{here}.options.{one.value}", say, place)
            for one in question.options
        ),
        parts=tuple(_question(part, say) for part in question.parts),
    )


def _labels(question: Question, here: str, say: _Say) -> dict[str, str]:
    """Return the words that stand at points of a scale."""
    return {
        point: say(f"{here}.labels.{point}", label, question.place)
        for point, label in question.labels.items()
    }


def _option(option: Option, key: str, say: _Say, place: Place) -> Option:
    if option in YES_NO:
        key = f"words.{option.value}"
    return replace(
        option,
        label=say(key, option.label, place),
        hint=_maybe(say, f"{key}.hint", option.hint, place),
    )


def _instrument(instrument: Instrument, say: _Say) -> Instrument:
    here, place = f"instruments.{instrument.id}", instrument.place
    shared: dict[str, str] = {}
    return replace(
        instrument,
        title=say(f"{here}.title", instrument.title, place),
        stem=_maybe(say, f"{here}.stem", instrument.stem, place),
        instruction=_maybe(say, f"{here}.instruction", instrument.instruction, place),
        items=tuple(_item(item, here, say, shared) for item in instrument.items),
    )


def _item(item: Question, scale: str, say: _Say, shared: dict[str, str]) -> Question:
    """Return an item; options that read alike in all items are said once."""
    here, place = f"{scale}.items.{item.id}", item.place
    options = []
    for option in item.options:
        first = shared.setdefault(option.value, option.label)
        of = scale if option.label == first else here
        options.append(_option(option, f"{of}.options.{option.value}", say, place))
    return replace(
        item,
        ask=say(f"{here}.ask", item.ask, place),
        hint=_maybe(say, f"{here}.hint", item.hint, place),
        labels=_labels(item, here, say),
        options=tuple(options),
    )


def _help(text: HelpText, say: _Say) -> HelpText:
    here, place = f"help.{text.key}", text.place
    return replace(
        text,
        title=say(f"{here}.title", text.title, place),
        body=say(f"{here}.body", text.body, place),
        honesty=_maybe(say, f"{here}.honesty", text.honesty, place),
        buttons=tuple(
            say(f"{here}.buttons.{number}", button, place)
            for number, button in enumerate(text.buttons, 1)
        ),
    )


def _maybe(say: _Say, key: str, text: str | None, place: Place) -> str | None:
    return None if text is None else say(key, text, place)

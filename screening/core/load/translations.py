"""Translations: a questionnaire's texts in the other languages that Screening speaks.

`ID/es.yaml` holds the questionnaire's own texts by key, `instruments/es/ID.yaml` the
published wording of an instrument. A text that is wanting is told, never guessed: while
one that concerns safety is, no patient is offered the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.check.texts import Reader, Text
from screening.core.check.wording import check_translated
from screening.core.definition import DECISIVE_KINDS, QuestionType
from screening.core.expression.tongues import LANGUAGES, tongue_of
from screening.core.load.workbench import check_file_name
from screening.core.problems import Severity, did_you_mean
from screening.core.safety import names_of_safety
from screening.core.schema import TranslationShape
from screening.core.translation import Translation, Wording, mark_of, wordings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from screening.core.definition import Questionnaire
    from screening.core.load.workbench import Spot, Workbench

_INSTRUMENTS = "instruments."
_ALWAYS_NEEDED = frozenset({"words", "help", "receipt", "checks"})
"""What the keys of texts that keep anyone safe begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One translation file: `prefix` goes before its keys."""

    spot: Spot
    shape: TranslationShape
    language: str
    prefix: str = ""


Overlays = dict[str, tuple[Overlay, ...]]
"""By language: the questionnaire's own overlay first, then those of instruments."""


def overlays_of(
    bench: Workbench, folder: str, own: str, instruments: Iterable[str]
) -> Overlays:
    """Return the translation files that there are; `own` is what needs none.

    `folder` is the questionnaire's, `instruments` are the ids of those it uses.
    """
    scales = tuple(dict.fromkeys(instruments))
    found = {}
    for language in LANGUAGES:
        name = f"{folder}/{language}.yaml"
        first = _overlay(bench, name, folder, language) if language != own[:2] else None
        if first is not None:
            others = (
                _overlay(
                    bench,
                    f"instruments/{language}/{scale}.yaml",
                    scale,
                    language,
                    prefix=f"{_INSTRUMENTS}{scale}.",
                )
                for scale in scales
            )
            found[language] = (first, *(one for one in others if one is not None))
    return found


def translations_of(
    questionnaire: Questionnaire, overlays: Overlays
) -> dict[str, Translation]:
    """Return the translations by language, with what is wrong or wanting noted."""
    if not overlays:
        return {}
    known = wordings(questionnaire)
    needed = _needed(questionnaire, known)
    return {
        language: _translation(files, known, needed)
        for language, files in overlays.items()
    }


def _overlay(
    bench: Workbench, name: str, of: str, language: str, prefix: str = ""
) -> Overlay | None:
    opened = bench.open(name, TranslationShape)
    if opened is None:
        return None
    spot, shape = opened
    check_file_name(spot.at("translation"), shape.translation, of)
    check_file_name(spot.at("language"), shape.language, language)
    spot.cite(shape.sources)
    return Overlay(spot=spot, shape=shape, prefix=prefix, language=language)


def _translation(
    overlays: tuple[Overlay, ...],
    known: Mapping[str, Wording],
    needed: frozenset[str],
) -> Translation:
    language = overlays[0].language
    texts: dict[str, str] = {}
    stale: list[str] = []
    for overlay in overlays:
        pairs = list(_pairs(overlay, known))
        check_translated(((text, one.text) for text, one in pairs), language)
        texts |= {one.key: text.text for text, one in pairs}
        stale += _stale(overlay, pairs)
    missing = tuple(key for key in known if key not in texts)
    wanting = needed.intersection((*stale, *missing))
    safety_mark = mark_of("\n".join(texts.get(key, "") for key in sorted(needed)))
    review = overlays[0].shape.reviewed
    is_signed = review is not None and review.of == safety_mark
    made = Translation(
        language=language,
        texts=texts,
        stale=tuple(stale),
        missing=missing,
        needed=tuple(key for key in known if key in wanting),
        safety_mark=safety_mark,
        reviewed_by=review.by if review is not None and is_signed else None,
    )
    _say_wanting(overlays[0], made, len(known))
    if not made.needed and made.reviewed_by is None:
        _say_unsigned(overlays[0], made)
    return made


def _pairs(
    overlay: Overlay, known: Mapping[str, Wording]
) -> Iterable[tuple[Text, Wording]]:
    """Yield each text that is there with its source text; note keys of no text."""
    is_published = bool(overlay.prefix)
    for key, entry in overlay.shape.texts.items():
        source = known.get(overlay.prefix + key)
        if source is None or source.key.startswith(_INSTRUMENTS) != is_published:
            _say_unknown(overlay, key, known)
        elif entry.say.strip():
            yield (
                Text(
                    spot=overlay.spot.at("texts", key, "say"),
                    text=entry.say,
                    reader=Reader.PATIENT_FIXED,
                    is_published=is_published,
                ),
                source,
            )


def _say_unknown(overlay: Overlay, key: str, known: Mapping[str, Wording]) -> None:
    here = overlay.spot.key("texts", key)
    what = f'there is no text "{key}" to translate'
    if key.startswith(_INSTRUMENTS) and key in known:
        scale = key.split(".")[1]
        fix = f"Instruments stand in instruments/{overlay.language}/{scale}.yaml."
    else:
        prefix = overlay.prefix
        keys = [one.removeprefix(prefix) for one in known if one.startswith(prefix)]
        fix = did_you_mean(key, keys) or "Delete it."
    here.say("SC601", what, fix, Severity.WARNING)


def _stale(overlay: Overlay, pairs: Iterable[tuple[Text, Wording]]) -> Iterable[str]:
    for _, source in pairs:
        key = source.key.removeprefix(overlay.prefix)
        if overlay.shape.texts[key].of != source.mark:
            what = "the text has changed since this was translated"
            fix = f"See whether it still says the same; then write `of: {source.mark}`."
            here = overlay.spot.at("texts", key, "of")
            here.say("SC602", what, fix, Severity.WARNING)
            yield source.key


def _say_wanting(own: Overlay, made: Translation, total: int) -> None:
    if not made.missing and not made.needed:
        return
    language = tongue_of(made.language).name
    parts = []
    if made.missing:
        parts.append(f"{len(made.missing)} of {total} texts are missing in {language}")
    if made.needed:
        parts.append(
            f"patients are not offered {language}: {len(made.needed)} texts that "
            "concern safety are missing or stale"
        )
    folder = own.spot.place.file.split("/", 1)[0]
    fix = f"`screening translate {folder} {made.language}` lists them."
    own.spot.key("texts").say("SC604", "; ".join(parts), fix, _severity(made))


def _severity(made: Translation) -> Severity:
    """Return how much it matters: a wording that nobody published is no fault here."""
    is_ours = any(not key.startswith(_INSTRUMENTS) for key in made.missing)
    return Severity.WARNING if made.needed or is_ours else Severity.NOTICE


def _say_unsigned(own: Overlay, made: Translation) -> None:
    language = tongue_of(made.language).name
    review = own.shape.reviewed
    what = f"patients are not offered {language}: no clinician signed off its texts"
    here = own.spot.key("language")
    if review is not None:
        what = (
            f"patients are not offered {language}: texts that concern safety have "
            f"changed since {review.by} signed them off"
        )
        here = own.spot.key("reviewed")
    folder = own.spot.place.file.split("/", 1)[0]
    fix = (
        "Have a clinician read them, then run `screening translate "
        f'{folder} {made.language} --reviewed-by "NAME, PROFESSION"`.'
    )
    here.say("SC605", what, fix, Severity.WARNING)


def _needed(
    questionnaire: Questionnaire, known: Mapping[str, Wording]
) -> frozenset[str]:
    """Return the keys of the texts that a patient's safety hangs on.

    These are help, receipts and checks, what consent is given to, and every question
    that anything but a precaution reads, with what its page says first.
    """
    owners = names_of_safety(questionnaire, DECISIVE_KINDS) | {
        question.id
        for question in questionnaire.questions.values()
        if question.type is QuestionType.ACKNOWLEDGE
    }
    scales = {
        instrument.id
        for key, instrument in questionnaire.instruments.items()
        if key in owners
    }
    pages = {
        page.source_id
        for page in questionnaire.pages
        if owners.intersection(question.id for question in page.questions)
        or (page.repeat is not None and page.repeat.id in owners)
        or (page.instrument is not None and page.instrument.key in owners)
    }

    def is_needed(key: str) -> bool:
        kind, _, rest = key.partition(".")
        name = rest.split(".", 1)[0]
        return (
            kind in _ALWAYS_NEEDED
            or (kind == "questions" and name in owners)
            or (kind == "instruments" and name in scales)
            or (kind == "pages" and name in pages and rest.endswith(".intro"))
        )

    return frozenset(filter(is_needed, known))

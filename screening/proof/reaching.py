"""Can everything be reached: pages, questions, options, criteria, bands, outcomes?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.core.definition import Kind, Outcome, Question
from screening.core.expression.tree import Both
from screening.proof.found import Found, Standing, Subject
from screening.proof.logic import Bool, both, compared, either, number, opposite
from screening.proof.values import Number, Word, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Page, Promise
    from screening.core.instrument import BandTable, Instrument
    from screening.core.problems import Place
    from screening.proof.model import Model
    from screening.proof.prover import Prover

Target = tuple[str, "Place | None", Bool]
"""What it is called, where it stands, and when it is reached."""


_CALLED_FOR = {
    Outcome.URGENT: Kind.URGENT,
    Outcome.CONTRAINDICATION_REPORTED: Kind.EXCLUSION,
}
"""The kind of criterion that an outcome comes of, where it comes of one alone."""


def reached(prover: Prover) -> Iterator[Found]:
    """Yield of everything whether any patient reaches it."""
    targets = {about: (where, when) for about, where, when in _targets(prover.model)}
    results = prover.reached({about: when for about, (_, when) in targets.items()})
    for about, is_reached in results.items():
        yield Found(
            subject=Subject.REACHED,
            about=about,
            standing=Standing.of(holds=is_reached),
            words=f"no patient's answers lead to {about}",
            where=targets[about][0],
        )


def _targets(model: Model) -> Iterator[Target]:
    made = model.questionnaire
    for page in made.pages:
        yield f"page {page.id}", page.place, _shown(model, page)
    yield from _questions(model)
    for criterion in made.criteria:
        is_met = model.met[criterion.id]
        yield f"criterion {criterion.id}", criterion.place, is_met
    for instrument in made.instruments.values():
        for table in instrument.bands:
            yield from _bands(model, instrument, table)
    for promise in made.promises:
        yield from _parts(model, promise)
    kinds = {criterion.kind for criterion in made.criteria}
    for outcome in Outcome:
        if _CALLED_FOR.get(outcome) in {None, *kinds}:
            yield f"outcome {outcome.value}", None, model.outcomes[outcome]


def _parts(model: Model, promise: Promise) -> Iterator[Target]:
    """Yield each part of what a promise forbids: one that nobody can have forbids none.

    `never: a and b` forbids both together, `always: c or d` that neither is so.
    """
    rule, word = promise.never or promise.always, "and" if promise.never else "or"
    if rule is None or not isinstance(rule.tree, Both) or rule.tree.word != word:
        return
    for place, part in enumerate(rule.tree.parts, 1):
        truth = model.reading.truth(part)
        about = f"part {place} of promise {promise.id}"
        yield about, promise.place, truth.yes if promise.never else truth.no


def _shown(model: Model, page: Page) -> Bool:
    if page.repeat is not None:
        return opposite(model.values[page.repeat.slot].unasked)
    parts = [part for q in page.questions for part in (q.parts or (q,))]
    slots = [part.slot for part in parts if part.slot in model.values]
    if not slots:
        return True  # notes alone: they are shown to everybody who comes this far
    return either(*(opposite(model.values[slot].unasked) for slot in slots))


def _questions(model: Model) -> Iterator[Target]:
    for one in model.questions():
        asked = opposite(model.values[one.slot].unasked)
        yield f"question {one.name}", one.place, asked
        yield from _options(model, one.question)


def _options(model: Model, question: Question) -> Iterator[Target]:
    value = model.values[question.slot]
    given = opposite(value.has_state)
    payload = value.payload
    for option in question.options:
        if value.opened is not None and option.value in value.opened:
            chosen: Bool = value.opened[option.value]
        elif isinstance(payload, Word | Words):
            flags = payload.is_word if isinstance(payload, Word) else payload.has
            chosen = both(given, flags[option.value])
        else:
            held = cast("Number", payload).low
            chosen = both(given, compared("==", held, int(option.value)))
        yield f"option {question.key}: {option.value}", question.place, chosen


def _bands(model: Model, instrument: Instrument, table: BandTable) -> Iterator[Target]:
    value = model.values[instrument.banded_slot(table)]
    if not isinstance(value.payload, Number):
        return
    points = value.payload.low
    settled = both(opposite(value.has_state), opposite(value.is_open))
    for band in table.bands:
        within = both(
            compared(">=", points, number(band.low)),
            compared("<=", points, number(band.high)),
        )
        about = f"band {instrument.key}.{table.of}: {band.name}"
        name = about if table.is_default else f"{about} ({table.name})"
        yield name, instrument.place, both(settled, within)

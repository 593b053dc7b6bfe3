"""What is asked: pages, questions, the entries of a list, and scales as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from screening.authoring.explain.explanation import Explanation
from screening.authoring.explain.uses import all_questions
from screening.core.definition import QuestionType
from screening.core.units import SPOKEN
from screening.core.values import DECLINED, LEFT_OUT, NOT_ASKED, UNSURE, Open, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from screening.authoring.explain.desk import Desk
    from screening.core.definition import Page, Question, Repeat
    from screening.core.instrument import Instrument
    from screening.core.judge import Evaluation

_TYPES = {
    QuestionType.YES_NO: "Answered yes or no.",
    QuestionType.CHOICE: "One of several answers.",
    QuestionType.CHOICES: "One or more of several answers.",
    QuestionType.SCALE: "A point on a line.",
    QuestionType.INTEGER: "A whole number.",
    QuestionType.DECIMAL: "A number.",
    QuestionType.DATE: "A day.",
    QuestionType.MONTH: "A month and a year.",
    QuestionType.YEAR: "A year.",
    QuestionType.TEXT: "A line of text.",
    QuestionType.PARAGRAPH: "A few lines of text.",
    QuestionType.EMAIL: "An e-mail address.",
    QuestionType.PHONE: "A telephone number.",
    QuestionType.PICK: "Picked from a list, by any of its names.",
    QuestionType.ACKNOWLEDGE: "A sentence that has to be ticked.",
    QuestionType.NOTE: "A text to read; nothing is asked.",
    QuestionType.GROUP: "A few questions that are answered together.",
}
_STATES = {LEFT_OUT: "left out", UNSURE: "not sure", DECLINED: "declined"}


def parts_of(desk: Desk) -> Iterator[tuple[str, Callable[[Desk], Explanation]]]:
    """Yield the ids of this room with what explains each."""
    questionnaire = desk.questionnaire
    pages = {page.source_id: page for page in reversed(questionnaire.pages)}
    for page in reversed(pages.values()):
        yield page.source_id, partial(_page, page=page)
    for repeat in questionnaire.repeats.values():
        yield repeat.id, partial(_repeat, repeat=repeat)
    for instrument in questionnaire.instruments.values():
        yield instrument.key, partial(_scale, instrument=instrument)
    for question in all_questions(questionnaire):
        yield question.key, partial(_question, question=question)


def _page(desk: Desk, page: Page) -> Explanation:
    facts = [("Title", page.title)]
    if page.instrument is not None:
        facts.append(("Asks", f"the scale {page.instrument.key}"))
    elif page.repeat is not None:
        facts.append(("Asks", f"the list {page.repeat.id}, entry by entry"))
    facts += [
        ("Asks", f"{question.key}: {question.ask}")
        for question in page.questions
        if page.instrument is None
    ]
    if page.ask_if is None:
        facts.append(("Shown", "To everyone."))
    names = [question.key for question in page.questions]
    names += [page.repeat.id] if page.repeat else []
    names += [page.instrument.key] if page.instrument else []
    uses = desk.uses(*names)
    return Explanation(
        kind="page",
        id=page.source_id,
        what="A page: what a patient sees at once.",
        place=page.place,
        facts=tuple(facts),
        rules=desk.said(page.ask_if, "Shown where"),
        reads=desk.reads(page.ask_if),
        used_by=uses.direct,
        through=uses.through,
        unknown=(
            ("While it is not known whether that holds, the page is shown.",)
            if page.ask_if is not None
            else ()
        ),
    )


def _question(desk: Desk, question: Question) -> Explanation:
    uses = desk.uses(question.key)
    rules = desk.said(question.ask_if, "Asked where")
    for option in question.options:
        rules += desk.said(option.ask_if, f"“{option.label}” is offered where")
    return Explanation(
        kind="question",
        id=question.key,
        what=_TYPES[question.type],
        place=question.place,
        facts=tuple(_facts(desk, question)),
        rules=rules,
        reads=desk.reads(question.ask_if),
        used_by=uses.direct,
        through=uses.through,
        unknown=desk.when_unknown(question.key),
        undetermined=desk.left_open(uses),
        word_in=_answer_in(question) if question.slot >= 0 else None,
    )


def _facts(desk: Desk, question: Question) -> Iterator[tuple[str, str]]:
    yield "Asks", question.ask
    page = desk.page_of(question.key)
    if page is not None:
        yield "On the page", f"{page.source_id}: {page.title}"
    for option in question.options:
        points = f", {option.weight} points" if option.weight is not None else ""
        marks = ", leaves the matter open" if option.unknown else ""
        marks += ", excludes all others" if option.exclusive else ""
        yield "Option", f"{option.value}: {option.label}{points}{marks}"
    yield from _measures(question)
    offered = {"not sure": question.not_sure, "no answer": question.prefer_not_to_say}
    if any(offered.values()):
        listed = [words for words, is_offered in offered.items() if is_offered]
        yield "Also offered", ", ".join(listed)
    if not question.required:
        yield "May be left out", "without being asked again"
    if question.may_hide and question.because:
        yield "May be hidden", question.because


def _measures(question: Question) -> Iterator[tuple[str, str]]:
    if question.low is not None or question.high is not None:
        yield "From, to", f"{question.low} to {question.high}"
    if question.units:
        units = (SPOKEN[u].label if u in SPOKEN else u for u in question.units)
        yield "Units", f"{', '.join(units)}; kept in the first"
    elif question.unit:
        yield "Unit", question.unit
    if question.catalogue is not None:
        count = len(question.catalogue.entries)
        yield "List", f"{question.catalogue.id}: {count} entries"


def _answer_in(question: Question) -> Callable[[Evaluation], str]:
    def word(found: Evaluation) -> str:
        value = found.values[question.slot]
        if value is NOT_ASKED:
            return "not asked"
        if isinstance(value, Open):
            return str(value.word)
        if isinstance(value, State):
            return _STATES.get(value, "not known")
        if isinstance(value, frozenset):
            return ", ".join(sorted(value)) or "none"
        return str(getattr(value, "id", value))

    return word


def _repeat(desk: Desk, repeat: Repeat) -> Explanation:
    uses = desk.uses(repeat.id)
    return Explanation(
        kind="list",
        id=repeat.id,
        what="A list that the patient adds to; each entry has the same questions.",
        place=repeat.place,
        facts=(
            ("Asks first", repeat.any),
            *(("Each entry", f"{one.id}: {one.ask}") for one in repeat.questions),
            *(("Worked out", value.name) for value in repeat.derived),
            ("At most", f"{repeat.at_most} entries"),
        ),
        used_by=uses.direct,
        through=uses.through,
        unknown=desk.when_unknown(repeat.id),
        undetermined=desk.left_open(uses),
    )


def _scale(desk: Desk, instrument: Instrument) -> Explanation:
    uses = desk.uses(instrument.key)
    facts = [
        ("Title", instrument.title),
        ("Items", str(len(instrument.items))),
        *(("Score", f"{instrument.key}.{one.name}") for one in instrument.scores),
        *(("Result", f"{instrument.key}.{one.name}") for one in instrument.results),
        ("Text belongs to", instrument.licence.holder),
        ("Shown with it", instrument.licence.attribution),
    ]
    return Explanation(
        kind="instrument",
        id=instrument.key,
        what="A published scale, asked in its own words and order.",
        place=instrument.place,
        facts=(*facts, *desk.sources(instrument.sources)),
        rules=(
            *desk.said(instrument.gate, "Goes on only where"),
            *desk.said(instrument.inconsistent, "Not used, as inconsistent, where"),
        ),
        used_by=uses.direct,
        through=uses.through,
        unknown=(
            "An item that is not answered leaves the score between what it could be.",
            *desk.when_unknown(instrument.key),
        ),
        undetermined=desk.left_open(uses),
    )

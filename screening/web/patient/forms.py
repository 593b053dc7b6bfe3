"""Which field carries which question, and what did its strings say?

A field keeps strings; `screening.core.answers` reads them. What a field gives back is
the answer as an answers file writes it, None for one left blank. The browser is offered
nothing that the server would refuse, and the server takes nothing that was not offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from screening.core.answers import Refused, stored_form, typed
from screening.core.definition import WRITTEN_TYPES, Question, QuestionType
from screening.core.lookup import folded
from screening.core.personal import PersonalQuestion
from screening.core.units import SPOKEN
from screening.core.values import STATE_WORDS, Measured
from screening.tongue import noted, say
from screening.web.fields import (
    STATE_SUFFIX,
    AcknowledgeAnswer,
    Choice,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    MeasureAnswer,
    ParagraphAnswer,
    PickAnswer,
    Refusal,
    ScaleAnswer,
    TextAnswer,
    Wording,
    build_form,
)
from screening.web.names import field_name
from screening.web.patient.words import STATE_LABELS, unit_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flask_wtf import FlaskForm
    from wtforms.fields.core import UnboundField

    from screening.core.answers import Stored
    from screening.core.catalogue import (
        Catalogue,
    )
    from screening.core.definition import (
        Page,
        Questionnaire,
    )
    from screening.store.plain import Json
    from screening.web.fields import Answer, Parse

_ANY = {"yes": noted("Yes"), "no": noted("No"), "unsure": STATE_LABELS["unsure"]}
"""What a page of repeated entries asks first."""

_FIELDS: dict[QuestionType, type[Answer]] = {
    QuestionType.YES_NO: ChoiceAnswer,
    QuestionType.CHOICE: ChoiceAnswer,
    QuestionType.CHOICES: ChoicesAnswer,
    QuestionType.SCALE: ScaleAnswer,
    QuestionType.DATE: DateAnswer,
    QuestionType.PARAGRAPH: ParagraphAnswer,
    QuestionType.PICK: PickAnswer,
    QuestionType.ACKNOWLEDGE: AcknowledgeAnswer,
}
"""The field of a type of question; any other is a line to type in."""

_CHOSEN = frozenset({QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES})
_WIDTHS = {
    QuestionType.YEAR: 4,
    QuestionType.PHONE: 20,
    QuestionType.EMAIL: 20,
}
_INPUT_MODES: dict[
    QuestionType, Literal["text", "numeric", "decimal", "tel", "email"]
] = {
    QuestionType.INTEGER: "numeric",
    QuestionType.YEAR: "numeric",
    QuestionType.DECIMAL: "decimal",
    QuestionType.PHONE: "tel",
    QuestionType.EMAIL: "email",
}
_OWN_WORDS = {
    QuestionType.YES_NO: noted("Choose one of the answers."),
    QuestionType.CHOICE: noted("Choose one of the answers."),
    QuestionType.SCALE: noted("Choose one of the numbers."),
    QuestionType.MONTH: noted("Enter a month and a year, such as 3 2025."),
    QuestionType.PICK: noted("Choose a name from the list."),
}
"""What is said where the core's words name what a patient does not see."""

_NO_OPTION = Refused("Choose from the answers")


class Forms:
    """The form classes of one version in one language, each made when first needed."""

    def __init__(self) -> None:
        """Begin with none."""
        self._made: dict[tuple[str, ...], type[FlaskForm]] = {}

    def of(self, place: str, questions: Sequence[Question]) -> type[FlaskForm]:
        """Return the form that asks `questions` at `place`, a page's name.

        One with a patient's own words in it is made anew each time and never kept.
        """
        key = (place, *(question.key for question in questions))
        if any(isinstance(question, PersonalQuestion) for question in questions):
            return _page_form(questions)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _page_form(questions)
        return found

    def any_of(self, page: Page) -> type[FlaskForm]:
        """Return the form with the opening question of a page of entries."""
        key = (page.id, "")
        found = self._made.get(key)
        if found is None and page.repeat is not None:
            field = ChoiceAnswer(
                page.repeat.any,
                parse=_any_answer,
                wording=Wording(hint=page.repeat.hint),
                choices=[
                    Choice(
                        value=word, label=say(text), stands_apart=word in STATE_LABELS
                    )
                    for word, text in _ANY.items()
                ],
            )
            name = field_name(page.repeat.id)
            found = self._made[key] = build_form("AnyForm", {name: _unbound(field)})
        if found is None:
            raise LookupError(page.id)
        return found


def _page_form(questions: Sequence[Question]) -> type[FlaskForm]:
    fields = {field_name(question.key): field_of(question) for question in questions}
    return build_form("PageForm", fields)


def leaves(questions: Iterable[Question]) -> list[Question]:
    """Return the questions that take an answer: a group's parts, no notes."""
    return [
        part
        for question in questions
        for part in question.parts or (question,)
        if part.type is not QuestionType.NOTE
    ]


def repeated_names(questionnaire: Questionnaire) -> set[str]:
    """Return every name of this version that a browser may post more than once."""
    names: set[str] = set()
    for page in questionnaire.pages:
        asked = page.repeat.questions if page.repeat else page.questions
        for question in leaves(asked):
            name = field_name(question.key)
            names.add(name + STATE_SUFFIX)
            if question.type is QuestionType.CHOICES:
                names.add(name)
    return names


def answer_in(answers: Mapping[str, Json], page: Page, question: Question) -> Stored:
    """Return the stored form of a question's answer among `answers`, None for none."""
    if page.instrument is not None:
        given = answers.get(page.instrument.key)
    elif question.key == question.id:
        return answers.get(question.id)
    else:
        given = answers.get(question.key.rpartition(".")[0])
    return given.get(question.id) if isinstance(given, dict) else None


def shown_strings(question: Question, stored: Stored) -> object:
    """Return what a field is filled with for a stored answer."""
    if question.type is QuestionType.PICK and isinstance(stored, str):
        found = question.catalogue.find(stored) if question.catalogue else None
        if found is not None and found.id == stored:
            return found.label
    return stored


def field_of(question: Question) -> UnboundField[Answer]:
    """Return the field for a question, unbound: WTForms binds it to each form."""
    kind = _FIELDS.get(question.type, TextAnswer)
    states = () if question.type in _CHOSEN else _states(question)
    wording = _wording(question, states)
    parse, choices = _parse(question), _choices(question)
    if question.units:
        kind = MeasureAnswer
    if question.type is QuestionType.MONTH:
        return _unbound(
            DateAnswer(
                question.ask, parse=parse, wording=wording, parts=("month", "year")
            )
        )
    return _unbound(kind(question.ask, parse=parse, wording=wording, choices=choices))


def _unbound(made: object) -> UnboundField[Answer]:
    # Outside a form, WTForms' Field.__new__ gives an UnboundField instead.
    return made  # type: ignore[return-value]


def _wording(question: Question, states: Sequence[Choice]) -> Wording:
    ends = [question.labels.get(str(end)) for end in (question.low, question.high)]
    return Wording(
        hint=question.hint,
        help=question.help,
        unit=_unit_of(question),
        width=_width(question),
        inputmode=_INPUT_MODES.get(question.type, "text"),
        states=states,
        ends=(ends[0], ends[1]) if ends[0] and ends[1] else None,
    )


def _unit_of(question: Question) -> str | None:
    """Return the unit that stands behind a number; none where it is chosen."""
    if question.unit is None or question.units:
        return None
    return unit_words(question.unit)


def _width(question: Question) -> int | None:
    if question.type in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        digits = len(str(question.high)) if question.high is not None else 10
        return max(3, digits + (question.decimals + 1 if question.decimals else 0))
    return _WIDTHS.get(question.type)


def _states(question: Question) -> tuple[Choice, ...]:
    words = []
    if question.type in WRITTEN_TYPES:
        return ()  # there, the words would be read as text
    if question.not_sure:
        words.append("unsure")
    if question.prefer_not_to_say:
        words.append("prefer_not")
    return tuple(
        Choice(
            value=word,
            label=say(STATE_LABELS[word]),
            is_exclusive=True,
            stands_apart=place == 0 and question.type in _CHOSEN,
        )
        for place, word in enumerate(words)
    )


def _options(question: Question) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value=option.value,
            label=option.label,
            hint=option.hint,
            is_exclusive=option.exclusive,
            stands_apart=option.exclusive,
        )
        for option in question.options
    )


def _points(question: Question) -> tuple[Choice, ...]:
    low, high = int(question.low or 0), int(question.high or 0)
    step = int(question.step or 1)
    return tuple(
        Choice(value=str(number), label=str(number))
        for number in range(low, high + 1, max(step, 1))
    )


def _unit_choice(unit: str) -> Choice:
    spoken = SPOKEN.get(unit)
    return Choice(value=unit, label=say(spoken.label) if spoken else unit_words(unit))


def _names(catalogue: Catalogue | None) -> tuple[Choice, ...]:
    """Return every name of the list, each labelled with what it is a name of.

    Synonyms, names in other languages among them, come after all others.
    """
    if catalogue is None:
        return ()
    synonyms = catalogue.synonyms
    names = {
        (name in synonyms.get(entry.id, ()), folded(name), entry.id): Choice(
            value=name, label=entry.label
        )
        for entry in catalogue.entries.values()
        for name in reversed(catalogue.names_of(entry))
    }
    return tuple(names[key] for key in sorted(names))


def _choices(question: Question) -> tuple[Choice, ...]:
    match question.type:
        case QuestionType.SCALE:
            return _points(question)
        case QuestionType.PICK:
            return _names(question.catalogue)
        case _ if question.units:
            return tuple(_unit_choice(unit) for unit in question.units)
        case _:
            return (*_options(question), *_states(question)) if question.options else ()


def _parse(question: Question) -> Parse:
    offered = {choice.value for choice in _states(question)}
    states = set(STATE_WORDS) - {option.value for option in question.options}
    if question.type in WRITTEN_TYPES:
        states = set()

    def parse(given: Sequence[str]) -> object:
        """Return the answer as an answers file writes it, or why it can't be read."""
        said = [word for word in given if word in states]
        if not given:
            return None
        if said and len(given) > 1:
            word = say(STATE_LABELS[said[0]])
            return Refusal(say("Give an answer, or choose “{state}”.", state=word))
        if said:
            return said[0] if said[0] in offered else _refusal(question)
        return _read(question, given)

    return parse


def _read(question: Question, given: Sequence[str]) -> object:
    if question.type is QuestionType.CHOICES:
        found = typed(question, list(given))
    elif len(given) > 1:
        return _refusal(question)
    else:
        found = typed(question, given[0])
    if isinstance(found, Refused):
        return _refusal(question, found)
    if question.units and not isinstance(found, Measured):
        return Refusal(say("Choose the unit too."))
    if question.type is QuestionType.PICK:
        # The words stay as typed until submission, for the patient to check.
        return " ".join(given[0].split())
    return stored_form(found)


def _refusal(question: Question, refused: Refused = _NO_OPTION) -> Refusal:
    own = _OWN_WORDS.get(question.type)
    text = say(own) if own else refused.said(say)
    return Refusal(text[:1].upper() + text[1:].rstrip(".") + ".")


def _any_answer(given: Sequence[str]) -> object:
    if not given:
        return None
    if len(given) > 1 or given[0] not in _ANY:
        return Refusal(say("Choose one of the answers."))
    return given[0]

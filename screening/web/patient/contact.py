"""What does a clinic that follows up ask about a person? Four things, asked last.

They are questions like any other, so that they are read and shown in the same way, but
they belong to no questionnaire: they are kept apart from answers, under their own key.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from screening.core.answers import Stored
from screening.core.definition import Option, Question, QuestionType
from screening.core.problems import Place
from screening.store.plain import JsonObject
from screening.tongue import noted, say

BIRTH = "contact_birth"
"""The question for the date of birth."""

_HERE = Place("contact details")

_QUESTIONS = (
    Question(
        id="contact_name",
        key="contact_name",
        type=QuestionType.TEXT,
        ask=noted("What is your full name?"),
        place=_HERE,
    ),
    Question(
        id=BIRTH,
        key=BIRTH,
        type=QuestionType.DATE,
        ask=noted("What is your date of birth?"),
        hint=noted("For example, 27 3 1985. It keeps people with the same name apart."),
        place=_HERE,
    ),
    Question(
        id="contact_phone",
        key="contact_phone",
        type=QuestionType.PHONE,
        ask=noted("Which number can the clinic call?"),
        hint=noted("Without a number, the clinic may not be able to reach you."),
        place=_HERE,
    ),
    Question(
        id="contact_message",
        key="contact_message",
        type=QuestionType.YES_NO,
        ask=noted("Is it safe to leave a message there?"),
        hint=noted("Choose No if somebody else might hear or read it."),
        options=(
            Option(value="yes", label=noted("Yes")),
            Option(value="no", label=noted("No")),
        ),
        place=_HERE,
    ),
)
"""Name, date of birth, call-back number, and whether a message is safe."""

ADULT_YEARS = 18
EARLIEST_YEAR = 1900

IN_THE_PAST = noted("Enter a date in the past, in {year} or later.")
UNDER_AGE = noted("This date would make you under {years}. Please check it.")

_KEPT_AS = {
    "contact_name": "name",
    BIRTH: "date_of_birth",
    "contact_phone": "phone",
    "contact_message": "safe_to_leave_message",
}


def contact_questions() -> tuple[Question, ...]:
    """Return the four questions in the language that is spoken."""
    return tuple(
        replace(
            question,
            ask=say(question.ask),
            hint=question.hint and say(question.hint),
            options=tuple(
                replace(option, label=say(option.label)) for option in question.options
            ),
        )
        for question in _QUESTIONS
    )


def birth_problem(stored: Stored, today: date) -> str | None:
    """Return what is wrong with a date of birth, such as `1985-03-27`, or None.

    `today` is the clinic's date. A date that was left out has nothing wrong with it.
    """
    if stored is None:
        return None
    born = date.fromisoformat(str(stored))
    if born > today or born.year < EARLIEST_YEAR:
        return say(IN_THE_PAST, year=EARLIEST_YEAR)
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    age_years = today.year - born.year - (0 if had_birthday else 1)
    return say(UNDER_AGE, years=ADULT_YEARS) if age_years < ADULT_YEARS else None


def contact_of(values: Mapping[str, Stored]) -> JsonObject:
    """Return the contact details that were given, by the names they are kept under."""
    return {
        kept: str(values[key])
        for key, kept in _KEPT_AS.items()
        if values.get(key) is not None
    }

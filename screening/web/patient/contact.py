"""What does a clinic that follows up ask about a person? Four things, asked last.

They are questions like any other, so that they are read and shown in the same way, but
they belong to no questionnaire: they are kept apart from answers, under their own key.
"""

from collections.abc import Mapping
from datetime import date

from screening.core.answers import Stored
from screening.core.definition import Option, Question, QuestionType
from screening.core.problems import Place
from screening.store.plain import JsonObject

BIRTH = "contact_birth"
"""The question for the date of birth."""

_HERE = Place("contact details")

CONTACT_QUESTIONS = (
    Question(
        id="contact_name",
        key="contact_name",
        type=QuestionType.TEXT,
        ask="What is your full name?",
        place=_HERE,
    ),
    Question(
        id=BIRTH,
        key=BIRTH,
        type=QuestionType.DATE,
        ask="What is your date of birth?",
        hint="For example, 27 3 1985. It keeps people with the same name apart.",
        place=_HERE,
    ),
    Question(
        id="contact_phone",
        key="contact_phone",
        type=QuestionType.PHONE,
        ask="Which number can the clinic call?",
        hint="Without a number, the clinic may not be able to reach you.",
        place=_HERE,
    ),
    Question(
        id="contact_message",
        key="contact_message",
        type=QuestionType.YES_NO,
        ask="Is it safe to leave a message there?",
        hint="Choose No if somebody else might hear or read it.",
        options=(Option(value="yes", label="Yes"), Option(value="no", label="No")),
        place=_HERE,
    ),
)
"""Name, date of birth, call-back number, and whether a message is safe."""

ADULT_YEARS = 18
EARLIEST_YEAR = 1900

IN_THE_PAST = f"Enter a date in the past, in {EARLIEST_YEAR} or later."
UNDER_AGE = f"This date would make you under {ADULT_YEARS}. Please check it."

_KEPT_AS = {
    "contact_name": "name",
    BIRTH: "date_of_birth",
    "contact_phone": "phone",
    "contact_message": "safe_to_leave_message",
}


def birth_problem(stored: Stored, today: date) -> str | None:
    """Return what is wrong with a date of birth, such as `1985-03-27`, or None.

    `today` is the clinic's date. A date that was left out has nothing wrong with it.
    """
    if stored is None:
        return None
    born = date.fromisoformat(str(stored))
    if born > today or born.year < EARLIEST_YEAR:
        return IN_THE_PAST
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    age_years = today.year - born.year - (0 if had_birthday else 1)
    return UNDER_AGE if age_years < ADULT_YEARS else None


def contact_of(values: Mapping[str, Stored]) -> JsonObject:
    """Return the contact details that were given, by the names they are kept under."""
    return {
        kept: str(values[key])
        for key, kept in _KEPT_AS.items()
        if values.get(key) is not None
    }

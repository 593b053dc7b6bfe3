"""What does a questionnaire's file call by this key?"""

from screening.core.definition import Question, Questionnaire, Repeat
from screening.core.instrument import Instrument


def holder(made: Questionnaire, key: str) -> Question | Instrument | Repeat | None:
    """Return the question, part of one, item, instrument or repeat; None if none is."""
    found = made.program.keys.get(key)
    if found is not None or "." not in key:
        return found
    outer = made.program.keys.get(key.split(".", 1)[0])
    parts: tuple[Question, ...] = ()
    if isinstance(outer, Instrument):
        parts = outer.items
    elif isinstance(outer, Question):
        parts = outer.parts
    return next((part for part in parts if part.key == key), None)

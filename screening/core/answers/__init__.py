"""What was posted or written in an answers file -> a typed answer, or a problem.

The only place that parses numbers and dates. The answers file's form (question id ->
value, `unsure`, `prefer_not`, null) is also how drafts and submissions keep answers,
so that one reader serves the browser, the command line, tests and re-computation.
"""

from screening.core.answers.one import (
    LONGEST_TEXT,
    Stored,
    is_asked,
    shown_form,
    stored_form,
    typed,
)
from screening.core.answers.record import Answers, by_item, read_answers, read_items
from screening.core.answers.refused import Refused

__all__ = [
    "LONGEST_TEXT",
    "Answers",
    "Refused",
    "Stored",
    "by_item",
    "is_asked",
    "read_answers",
    "read_items",
    "shown_form",
    "stored_form",
    "typed",
]

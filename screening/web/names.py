"""What are the fields of a form called? A question's id after `q-`.

The prefix keeps a question called `data`, `errors` or `validate` from colliding with
the form library's own attributes, and tells an answer from a button or a token.
"""

ANSWER_PREFIX = "q-"


def field_name(question_id: str) -> str:
    """Return the posted name of the question with this id.

    >>> field_name("age")
    'q-age'
    """
    return ANSWER_PREFIX + question_id


def question_id(name: str) -> str:
    """Return the id of the question that is posted under this name.

    >>> question_id("q-age")
    'age'
    """
    return name.removeprefix(ANSWER_PREFIX)

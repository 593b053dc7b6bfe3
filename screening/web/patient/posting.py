"""What does one post of a page say, and what is still open about it?

Each answer is read on its own: what can be read counts at once for help, what cannot
is shown again as it was typed. A required question left blank, and answers that do not
fit together, are asked about once more; after that they are taken as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from flask import abort, request

from screening.core import progress
from screening.core.answers import is_asked
from screening.core.counting import evaluate_asked
from screening.core.definition import QuestionType
from screening.core.safety import ending, help_due
from screening.core.values import NOT_YET
from screening.tongue import noted, say
from screening.web.fields import answers_of, expected_names
from screening.web.names import field_name
from screening.web.patient.asked import in_words
from screening.web.patient.forms import leaves
from screening.web.patient.help_marks import standing_causes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flask_wtf import FlaskForm

    from screening.core.definition import Check, Page, Question
    from screening.core.judge import Evaluation
    from screening.core.safety import HelpDue
    from screening.store.drafts import DraftContent
    from screening.store.plain import Json
    from screening.web.fields import Answer
    from screening.web.patient.journey import Journey

REVISION = "revision"
ASKED_AGAIN = "asked-again"
LOOKED_AGAIN = "looked-again"
THEN = "then"
CONTROLS = frozenset({REVISION, ASKED_AGAIN, LOOKED_AGAIN, THEN})
"""The names of a form that are not answers."""

ENDING = "ending"
"""What stands among the checks looked at again for an answer that ends the form."""

CONTINUE = noted("Continue")
"""What the button of a page of questions reads."""

LEAVE_OUT = noted("Answer this, or choose {button} again to leave it out.")
MUST_TICK = noted("Tick the box to go on.")


@dataclass(slots=True, kw_only=True)
class Post:
    """One post of a form, read. `values` are stored forms by question key.

    `asked_again` and `looked_again` are the fields and checks the patient has been
    asked about by the time the page is shown again. `revision` is the draft's that the
    page was made from, where it is still that one's.
    """

    form: FlaskForm
    values: dict[str, Json] = field(default_factory=dict)
    open_keys: set[str] = field(default_factory=set)
    asked_again: set[str] = field(default_factory=set)
    looked_again: set[str] = field(default_factory=set)
    failed: tuple[Check, ...] = ()
    would_end: bool = False
    revision: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to ask about."""
        return not self.open_keys and not self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the draft's answers mean with a post taken in."""

    content: DraftContent
    evaluation: Evaluation
    ends: str | None
    due: tuple[HelpDue, ...]


def refuse_unknown(form: FlaskForm, also: frozenset[str] = frozenset()) -> None:
    """Answer 400 when the post holds a name that is neither of the form nor `also`."""
    if set(request.form) - expected_names(form) - CONTROLS - also:
        abort(400)


def posted_revision() -> int | None:
    """Return the revision the page was made from; None when it is not a number."""
    return whole_number(request.form.get(REVISION, ""))


def whole_number(text: str) -> int | None:
    """Return a posted number that counts something; None when it is none."""
    short = text.isascii() and text.isdigit() and len(text) <= len(str(2**31))
    return int(text) if short else None


def read_post(
    form: FlaskForm, questions: Sequence[Question], *, button: str = CONTINUE
) -> Post:
    """Read every field; note what cannot be read, and what is blank for the first time.

    The form's fields carry the messages, which name the page's button.
    """
    post = Post(
        form=form,
        asked_again=set(request.form.get(ASKED_AGAIN, "").split()),
        looked_again=set(request.form.get(LOOKED_AGAIN, "").split()),
    )
    fields = {answer.name: answer for answer in answers_of(form)}
    for question in questions:
        answer = fields[field_name(question.key)]
        if not answer.validate(form):
            post.open_keys.add(question.key)
        elif answer.value is None:
            _read_blank(post, question, answer, button)
        else:
            # What a field's `parse` gives is what an answers file can say.
            post.values[question.key] = cast("Json", answer.value)
    return post


def _read_blank(post: Post, question: Question, answer: Answer, button: str) -> None:
    post.values[question.key] = None
    if question.type is QuestionType.ACKNOWLEDGE:
        answer.errors = [say(MUST_TICK)]
    elif question.required and question.key not in post.asked_again:
        answer.errors = [say(LEAVE_OUT, button=say(button))]
        post.asked_again.add(question.key)
    else:
        return
    post.open_keys.add(question.key)
    del post.values[question.key]


def with_page(
    answers: Mapping[str, Json],
    page: Page,
    values: Mapping[str, Json],
    asked: Iterable[Question],
) -> dict[str, Json]:
    """Return the answers with what a page's post says put in.

    `asked` are the questions the post could answer, groups taken apart. A question of
    the page that was not asked loses its answer; one still open keeps what it had.
    """
    made = dict(answers)
    asked_keys = {question.key for question in asked}
    if page.instrument is not None:
        key = page.instrument.key
        given = made.get(key)
        made[key] = _parts(given, page.questions, values, asked_keys)
        return made
    for question in page.questions:
        if question.parts:
            given = made.get(question.id)
            made[question.id] = _parts(given, question.parts, values, asked_keys)
        elif question.key in values:
            made[question.id] = values[question.key]
        elif question.key not in asked_keys:
            made.pop(question.id, None)
    return made


def _parts(
    given: Json,
    questions: Iterable[Question],
    values: Mapping[str, Json],
    asked_keys: set[str],
) -> dict[str, Json]:
    made = dict(given) if isinstance(given, dict) else {}
    for question in questions:
        if question.key in values:
            made[question.id] = values[question.key]
        elif question.key not in asked_keys:
            made.pop(question.id, None)
    return made


def meaning_of(
    journey: Journey, page: Page, content: DraftContent, open_keys: set[str]
) -> Meaning:
    """Work out what the answers mean once `page` is posted with `content`.

    A question that is still open counts as not reached: help comes neither late for
    what was answered nor early for what was not.
    """
    questionnaire = journey.questionnaire
    trial = journey.with_content(content)
    posted = {*content.visited, page.id}
    so_far = progress.so_far(questionnaire, trial.answers, posted)
    for question in leaves(page.questions):
        if question.key in open_keys and question.slot >= 0:
            so_far.values[question.slot] = NOT_YET
    evaluation = evaluate_asked(questionnaire, so_far)
    return Meaning(
        content=content,
        evaluation=evaluation,
        ends=ending(evaluation),
        due=help_due(evaluation, page, standing_causes(content)),
    )


def look_at_checks(post: Post, journey: Journey, page: Page, meaning: Meaning) -> None:
    """Note the checks on this page's answers that fail and were not shown yet."""
    here = slots_of(page)
    post.failed = tuple(
        replace(check, say=in_words(journey, check.say))
        for check in progress.failed_checks(
            journey.questionnaire, meaning.evaluation.values
        )
        if check.id not in post.looked_again
        and here & {symbol.slot for symbol in check.must.reads}
    )
    post.looked_again |= {check.id for check in post.failed}


def slots_of(page: Page) -> set[int]:
    """Return where this page's answers stand among the values."""
    if page.repeat is not None:
        return {page.repeat.slot}
    return {question.slot for question in leaves(page.questions)}


def asked_leaves(asked: Iterable[Question], values: Sequence[object]) -> list[Question]:
    """Return the questions of a page to answer: asked, groups taken apart."""
    return [
        question
        for question in leaves(asked)
        if question.slot < 0 or is_asked(values[question.slot])
    ]


def visited_with(content: DraftContent, page: Page) -> DraftContent:
    """Return the content in which the page was saved."""
    if page.id in content.visited:
        return content
    return replace(content, visited=(*content.visited, page.id))

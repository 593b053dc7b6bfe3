"""Which pages and questions are open, and what comes next: one derived path.

Next page, previous page, access and what is submitted all come from the worked-out
values; nothing about the path is ever stored but which pages were posted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.answers import Answers
from screening.core.definition import QuestionType
from screening.core.personal import offered
from screening.core.values import NOT_ASKED, NOT_YET, Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from screening.core.answers import Stored
    from screening.core.definition import Check, Page, Question, Questionnaire
    from screening.core.expression.compile import Values


def so_far(
    questionnaire: Questionnaire, answers: Answers, posted: Collection[str]
) -> Answers:
    """Return the answers with every page that was not posted yet as not reached.

    A rule that asks whether something was answered then stays undetermined until its
    page was shown, so that help is neither late nor early.
    """
    values = answers.values.copy()
    for page in questionnaire.pages:
        if page.id in posted:
            continue
        for slot in _slots(page):
            values[slot] = NOT_YET
    return Answers(values=values, problems=answers.problems)


def _slots(page: Page) -> tuple[int, ...]:
    if page.repeat is not None:
        return (page.repeat.slot,)
    return tuple(
        part.slot
        for question in page.questions
        for part in question.parts or (question,)
        if part.slot >= 0
    )


def asked_questions(page: Page, values: Values) -> tuple[Question, ...]:
    """Return the page's questions that branching does not hide, in order.

    A note stands with the others: it is shown when anything else on its page is.
    """
    shown = tuple(question for question in page.questions if _asked(question, values))
    if all(question.type is QuestionType.NOTE for question in shown):
        only_notes = all(q.type is QuestionType.NOTE for q in page.questions)
        return shown if only_notes else ()
    return shown


def _asked(question: Question, values: Values) -> bool:
    if question.type is QuestionType.NOTE:
        return True
    if question.parts:
        return any(values[part.slot] is not NOT_ASKED for part in question.parts)
    return values[question.slot] is not NOT_ASKED


def path(questionnaire: Questionnaire, values: Values) -> tuple[Page, ...]:
    """Return the pages that are open for these worked-out values, in order."""
    return tuple(
        page
        for page in questionnaire.pages
        if (
            values[page.repeat.slot] is not NOT_ASKED
            if page.repeat is not None
            else asked_questions(page, values)
        )
    )


def next_to_post(pages: tuple[Page, ...], posted: Collection[str]) -> Page | None:
    """Return the first open page that was not posted yet, None when all were."""
    return next((page for page in pages if page.id not in posted), None)


def is_open(pages: tuple[Page, ...], page_id: str, posted: Collection[str]) -> bool:
    """Tell whether a page may be shown: it is open, and all before it were posted."""
    for page in pages:
        if page.id == page_id:
            return True
        if page.id not in posted:
            return False
    return False


def after(pages: tuple[Page, ...], page_id: str) -> Page | None:
    """Return the open page after `page_id`, None when it is the last."""
    ids = [page.id for page in pages]
    position = ids.index(page_id) + 1 if page_id in ids else len(ids)
    return pages[position] if position < len(pages) else None


def before(pages: tuple[Page, ...], page_id: str) -> Page | None:
    """Return the open page before `page_id`, None when it is the first."""
    ids = [page.id for page in pages]
    position = ids.index(page_id) if page_id in ids else 0
    return pages[position - 1] if position else None


def failed_checks(questionnaire: Questionnaire, values: Values) -> tuple[Check, ...]:
    """Return the checks that these values surely break."""
    return tuple(c for c in questionnaire.checks if c.must.run(values) is False)


def visible_answers(
    questionnaire: Questionnaire, stored: Mapping[str, Stored], values: Values
) -> dict[str, Stored]:
    """Return the answers that count: what branching hides is left out, whole.

    `values` are the worked-out values of `stored`. The result is what is submitted.
    """
    kept: dict[str, Stored] = {}
    for page in questionnaire.pages:
        if page.repeat is not None:
            key = page.repeat.id
            if key in stored and values[page.repeat.slot] is not NOT_ASKED:
                kept[key] = stored[key]
        elif page.instrument is not None:
            _keep_items(kept, page, stored, values)
        else:
            for question in page.questions:
                if question.id in stored and _asked(question, values):
                    given = _visible_parts(question, stored[question.id], values)
                    kept[question.id] = _offered(question, given, values)
    return kept


def _keep_items(
    kept: dict[str, Stored], page: Page, stored: Mapping[str, Stored], values: Values
) -> None:
    instrument = page.instrument
    if instrument is None or instrument.key in kept:
        return
    given = stored.get(instrument.key)
    if isinstance(given, list):
        given = dict(zip((i.id for i in instrument.items), given, strict=False))
    if not isinstance(given, dict):
        return
    kept[instrument.key] = {
        item.id: given[item.id]
        for item in instrument.items
        if item.id in given and values[item.slot] is not NOT_ASKED
    }


def _offered(question: Question, stored: Stored, values: Values) -> Stored:
    """Return an answer without options that are not offered any more."""
    if question.parts and isinstance(stored, dict):
        parts = {part.id: part for part in question.parts}
        return {
            name: _offered(parts[name], one, values) if name in parts else one
            for name, one in stored.items()
        }
    gone = {option.value for option in question.options}
    gone -= {option.value for option in offered(question, values)}
    if not gone:
        return stored
    if isinstance(stored, list):
        return [word for word in stored if str(word) not in gone] or None
    return None if str(stored) in gone else stored


def _visible_parts(question: Question, stored: Stored, values: Values) -> Stored:
    if not question.parts or not isinstance(stored, dict):
        return stored
    return {
        part.id: stored[part.id]
        for part in question.parts
        if part.id in stored and values[part.slot] is not NOT_ASKED
    }


def suggested(
    questionnaire: Questionnaire, question: Question, values: Values
) -> frozenset[str]:
    """Return the options that a catalogue match suggests; only confirmed ones count.

    `suggest_from: medicines.classes` looks at the attribute `classes` of every entry
    that was picked in the repeat `medicines`.
    """
    if question.suggest_from is None:
        return frozenset()
    repeat_id, _, attribute = question.suggest_from.partition(".")
    repeat = questionnaire.repeats.get(repeat_id)
    entries = values[repeat.slot] if repeat else None
    found: set[str] = set()
    if repeat is None or not isinstance(entries, list):
        return frozenset()
    for pick in (q for q in repeat.questions if q.catalogue is not None):
        for entry in entries:
            for named in _named(pick, entry[pick.position]):
                words = pick.catalogue and pick.catalogue.attribute(named, attribute)
                found |= words if isinstance(words, frozenset) else set()
    return frozenset(found) & {option.value for option in question.options}


def _named(pick: Question, picked: object) -> tuple[Entry, ...]:
    """Return the catalogue's entries that were picked, or named in a longer text."""
    if not isinstance(picked, Entry) or pick.catalogue is None:
        return ()
    return (picked,) if picked.listed else pick.catalogue.mentioned(picked.label)

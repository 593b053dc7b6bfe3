"""How is one page of questions shown, and what happens to what was answered on it?

A post is read, its meaning worked out, and only then is anything written: an ending
deletes the draft, help that is due comes first, a page with something open is shown
again, and otherwise the page is kept and the next one follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from screening.core.translation import own_language
from screening.store.problems import DraftChanged
from screening.web.fields import answers_of, expected_names
from screening.web.language import is_switched
from screening.web.names import field_name
from screening.web.patient import entries, finding
from screening.web.patient.asked import asked_of, in_words
from screening.web.patient.blocks import blocks_of
from screening.web.patient.forms import answer_in, leaves, shown_strings
from screening.web.patient.journey import (
    Journey,
    address_of,
    current_journey,
    where_without_journey,
)
from screening.web.patient.leave import end
from screening.web.patient.pace import minutes_left
from screening.web.patient.posting import (
    ENDING,
    Meaning,
    Post,
    asked_leaves,
    look_at_checks,
    meaning_of,
    posted_revision,
    read_post,
    refuse_unknown,
    with_page,
)
from screening.web.patient.settling import settle
from screening.web.patient.suggestions import suggest
from screening.web.patient.typed import place_of, typed_on
from screening.web.patient.way import back_address, opened, then
from screening.web.patient.words import answer_words

if TYPE_CHECKING:
    from flask import Blueprint
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from screening.core.answers import Stored
    from screening.core.definition import Page, Question
    from screening.web.patient.way import Shown


_TRIES = 3
"""How often a page is saved while other windows write in between."""


def install(room: Blueprint) -> None:
    """Give the room the addresses of its question pages."""
    room.add_url_rule("/q", "questions", questions)
    room.add_url_rule("/q/<page_id>", "page", show, methods=["GET"])
    room.add_url_rule("/q/<page_id>", "save", save, methods=["POST"])


def questions() -> Response:
    """Lead to the first page that was not saved yet."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    return redirect(address_of(journey.next_page), 303)


def show(page_id: str) -> Shown:
    """Show a page that is open to this patient."""
    found = opened(page_id)
    if not isinstance(found, tuple):
        return found
    journey, page = found
    if journey.help_waits:
        return redirect(url_for("patient.help_now"), 303)
    if page.repeat is not None:
        return entries.show_list(journey, page)
    asked = asked_of(journey, page)
    to_answer = asked_leaves(asked, journey.evaluation.values)
    form = filled_form(journey, page, to_answer)
    suggest(journey, page, form)
    return render_page(journey, page, asked, form)


def save(page_id: str) -> Shown:
    """Take what was posted on a page; lead to what comes now."""
    found = opened(page_id)
    if not isinstance(found, tuple):
        return found
    journey, page = found
    if page.repeat is not None:
        return entries.save_list(journey, page)
    for _ in range(_TRIES):
        try:
            return _save(journey, page)
        except DraftChanged:
            again = opened(page_id, afresh=True)
            if not isinstance(again, tuple):
                return again
            journey, page = again
    return _changed(journey, page)


def filled_form(journey: Journey, page: Page, to_answer: list[Question]) -> FlaskForm:
    """Return the page's form, filled with what is stored, or typed since then."""
    form = journey.room.forms(journey.questionnaire).of(page.id, to_answer)
    data = {
        field_name(question.key): shown_strings(question, stored)
        for question in to_answer
        if (stored := stored_answer(journey, page, question)) is not None
    }
    typed = typed_on(journey.content, place_of(page.id), form)
    if typed is not None:
        return form(formdata=typed)
    return form(formdata=None, data=data)


def stored_answer(journey: Journey, page: Page, question: Question) -> Stored:
    """Return the stored form of a question's answer, None for none."""
    return answer_in(journey.content.answers, page, question)


def render_page(  # noqa: PLR0917 - what a page is drawn from
    journey: Journey,
    page: Page,
    asked: tuple[Question, ...],
    form: FlaskForm,
    post: Post | None = None,
    elsewhere: list[tuple[str, list[str]]] | None = None,
    carried: Post | None = None,
) -> str:
    """Return the page, with what is open about `post` told first.

    `carried` is a post about which nothing is told, because it was not meant to be
    saved.
    """
    return render_template(
        "patient/page.html",
        journey=journey,
        page=page,
        page_title=page.title,
        intro=in_words(journey, page.intro) if page.intro else None,
        blocks=blocks_of(page, asked, form),
        fields=answers_of(form),
        post=post,
        carried=carried,
        elsewhere=elsewhere or [],
        has_errors=post is not None,
        then=then(),
        items_language=items_language(journey, page),
        back=back_address(journey, page),
        part=[one.id for one in journey.path].index(page.id) + 1,
        minutes=minutes_left(journey, page),
    )


def items_language(journey: Journey, page: Page) -> str | None:
    """Return the language of a page's items where it is another than the page's."""
    if page.instrument is None:
        return None
    language = own_language(journey.questionnaire, page.instrument)
    return None if language == journey.questionnaire.language else language


def _save(journey: Journey, page: Page) -> Shown:
    values = journey.evaluation.values
    asked = asked_of(journey, page)
    to_answer = asked_leaves(asked, values)
    form = journey.room.forms(journey.questionnaire).of(page.id, to_answer)()
    stale = posted_revision() != journey.draft.revision
    if stale and _names_hidden(journey, page, form):
        return _changed(journey, page)
    refuse_unknown(form, finding.CONTROLS)
    post = read_post(form, to_answer)
    if stale and _differs(journey, page, to_answer, post):
        return _changed(journey, page)
    finding.ask_about_names(post, to_answer)
    answers = with_page(journey.content.answers, page, post.values, to_answer)
    content = replace(journey.content, answers=answers)
    meaning = meaning_of(journey, page, content, post.open_keys)
    if (finding.is_about_names() or is_switched()) and meaning.due:
        return settle(journey, page, meaning, is_whole=False)
    if finding.is_about_names() or is_switched():
        return _shown_again(journey, page, asked, form)
    if meaning.ends is not None:
        if set(journey.content.visited) <= {page.id} or ENDING in post.looked_again:
            return end(journey, meaning.ends)
        # A slip on a page that is changed later would delete everything.
        post.looked_again.add(ENDING)
        post.would_end = True
        return render_page(journey, page, asked, form, post), 422
    look_at_checks(post, journey, page, meaning)
    if not post.is_whole and not meaning.due:
        return render_page(journey, page, asked, form, post), 422
    return settle(journey, page, meaning, is_whole=post.is_whole)


def _shown_again(
    journey: Journey, page: Page, asked: tuple[Question, ...], form: FlaskForm
) -> Shown:
    """Answer a post that asks for a list of names, or for another language."""
    carried = finding.carried(form)
    to_answer = asked_leaves(asked, journey.evaluation.values)
    found = None
    if finding.is_about_names():
        found = finding.answer_about_names(journey, form, to_answer)
    return found or render_page(journey, page, asked, form, carried=carried)


def _names_hidden(journey: Journey, page: Page, form: FlaskForm) -> bool:
    """Tell whether a post from an older page answers what is hidden by now."""
    forms = journey.room.forms(journey.questionnaire)
    whole = forms.of(page.id, leaves(page.questions))(formdata=None)
    return bool(set(request.form) & (expected_names(whole) - expected_names(form)))


def _differs(
    journey: Journey, page: Page, to_answer: list[Question], post: Post
) -> bool:
    """Tell whether another window stored other answers here than were posted."""
    return any(
        (stored := stored_answer(journey, page, question)) is not None
        and stored != post.values.get(question.key)
        for question in to_answer
    )


def _changed(journey: Journey, page: Page) -> Shown:
    """Show what was typed together with what another window stored meanwhile.

    Help that is urgent comes first: what calls for it is kept, whatever was stored.
    """
    values = journey.evaluation.values
    asked = asked_of(journey, page)
    to_answer = asked_leaves(asked, values)
    urgent = _urgent_in(journey, page, to_answer)
    if urgent is not None:
        return settle(journey, page, urgent, is_whole=False)
    form = journey.room.forms(journey.questionnaire).of(page.id, to_answer)()
    stored = [
        (question.ask, answer_words(question, answer))
        for question in to_answer
        if (answer := stored_answer(journey, page, question)) is not None
    ]
    return render_page(journey, page, asked, form, None, stored), 409


def _urgent_in(
    journey: Journey, page: Page, to_answer: list[Question]
) -> Meaning | None:
    """Return what is due for what is urgent in a post of which no more is taken.

    None where nothing in it is.
    """
    form = journey.room.forms(journey.questionnaire).of(page.id, to_answer)()
    post = read_post(form, to_answer)
    stored = journey.content.answers
    posted = with_page(stored, page, post.values, to_answer)
    content = replace(journey.content, answers=posted)
    meaning = meaning_of(journey, page, content, post.open_keys)
    due = tuple(one for one in meaning.due if one.urgent)
    if not due:
        return None
    taken = {name: posted.get(name) for one in due for name in one.reads}
    content = replace(journey.content, answers={**stored, **taken})
    return replace(meaning_of(journey, page, content, post.open_keys), due=due)

"""How does a patient list things: is there any, then one at a time, as often as needed?

The page asks first whether there is anything to list. Each entry has a page of its own;
the list shows what was entered, what it was taken for, and lets it be changed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from flask import abort, redirect, render_template, request, url_for

from screening.store.problems import DraftChanged
from screening.tongue import say
from screening.web.fields import answers_of
from screening.web.language import is_switched
from screening.web.names import field_name
from screening.web.patient import finding
from screening.web.patient.asked import entry_asked_of
from screening.web.patient.forms import leaves, shown_strings
from screening.web.patient.late_questions import asked_late
from screening.web.patient.leave import end
from screening.web.patient.pace import minutes_left
from screening.web.patient.posting import (
    ASKED_AGAIN,
    CONTINUE,
    LEAVE_OUT,
    LOOKED_AGAIN,
    Post,
    look_at_checks,
    meaning_of,
    posted_revision,
    read_post,
    refuse_unknown,
)
from screening.web.patient.settling import settle
from screening.web.patient.suggestions import asked_anew
from screening.web.patient.typed import place_of, typed_on, without_typed
from screening.web.patient.way import back_address, opened, then, with_then
from screening.web.patient.words import LEFT_OUT, answer_words, taken_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from screening.core.definition import Page, Repeat
    from screening.store.drafts import DraftContent
    from screening.store.plain import Json
    from screening.web.patient.journey import Journey
    from screening.web.patient.way import Shown

_ANY = "any"
"""The name under which the opening question is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """An entry as the list shows it: a title, its other answers, its number.

    `note` says what its name was taken for, where that is not the name itself.
    """

    number: int
    title: str
    note: str | None
    lines: tuple[tuple[str, str], ...]


def install(room: Blueprint) -> None:
    """Give the room the addresses of entries."""
    base = "/q/<page_id>/entry/<int:number>"
    room.add_url_rule(base, "entry", show_entry, methods=["GET"])
    room.add_url_rule(base, "save_entry", save_entry, methods=["POST"])
    room.add_url_rule(f"{base}/remove", "remove_entry", remove_entry, methods=["POST"])


# -- the list


def show_list(journey: Journey, page: Page) -> Shown:
    """Show the entries there are, or ask whether there are any."""
    repeat = _repeat(page)
    stored = journey.content.answers.get(repeat.id)
    form = journey.room.forms(journey.questionnaire).any_of(page)
    chosen = stored if isinstance(stored, str) else "no" if stored == [] else None
    return _render_list(
        journey, page, form(formdata=None, data={field_name(repeat.id): chosen})
    )


def save_list(journey: Journey, page: Page) -> Shown:
    """Take the answer whether there is anything to list, or that the list is done."""
    repeat = _repeat(page)
    form = journey.room.forms(journey.questionnaire).any_of(page)()
    if is_switched():
        return _render_list(journey, page, form)
    refuse_unknown(form)
    post = Post(form=form, asked_again=set(request.form.get(ASKED_AGAIN, "").split()))
    post.looked_again = set(request.form.get(LOOKED_AGAIN, "").split())
    if entries_of(journey, repeat):
        return _listed(journey, page, post, journey.content.answers)
    field = form[field_name(repeat.id)]
    if not field.validate(form):
        return _render_list(journey, page, form, post), 422
    if field.value == "yes":
        address = url_for("patient.entry", page_id=page.id, number=1)
        return redirect(with_then(address), 303)
    if field.value is None and _ANY not in post.asked_again:
        field.errors = [say(LEAVE_OUT, button=say(CONTINUE))]
        post.asked_again.add(_ANY)
        return _render_list(journey, page, form, post), 422
    said = [] if field.value == "no" else cast("Json", field.value)
    return _listed(journey, page, post, {**journey.content.answers, repeat.id: said})


def _listed(
    journey: Journey, page: Page, post: Post, answers: Mapping[str, Json]
) -> Shown:
    """Go on from a list that is done, unless it ends the form or does not fit."""
    content = replace(journey.content, answers=dict(answers))
    meaning = meaning_of(journey, page, content, set())
    if meaning.ends is not None:
        return end(journey, meaning.ends)
    look_at_checks(post, journey, page, meaning)
    if post.failed:
        return _render_list(journey, page, post.form, post), 422
    try:
        return settle(journey, page, meaning, is_whole=True)
    except DraftChanged:
        return redirect(url_for("patient.page", page_id=page.id), 303)


def entries_of(journey: Journey, repeat: Repeat) -> list[Json]:
    """Return the stored entries of a list, none where there is none."""
    stored = journey.content.answers.get(repeat.id)
    return list(stored) if isinstance(stored, list) else []


def listed_entries(repeat: Repeat, entries: list[Json]) -> list[ListedEntry]:
    """Return the entries as a person reads them over."""
    first, *others = leaves(repeat.questions)
    found = []
    for number, entry in enumerate(entries, 1):
        given = entry if isinstance(entry, dict) else {}
        name = given.get(first.id)
        lines = [
            (question.ask, words)
            for question in others
            if (words := answer_words(question, given.get(question.id))) != [LEFT_OUT]
            or question.required
        ]
        found.append(
            ListedEntry(
                number=number,
                title=", ".join(answer_words(first, name)),
                note=taken_for(first, name),
                lines=tuple((ask, ", ".join(words)) for ask, words in lines),
            )
        )
    return found


def _render_list(
    journey: Journey, page: Page, form: FlaskForm, post: Post | None = None
) -> str:
    repeat = _repeat(page)
    entries = entries_of(journey, repeat)
    return render_template(
        "patient/list.html",
        journey=journey,
        page=page,
        repeat=repeat,
        page_title=page.title,
        entries=listed_entries(repeat, entries),
        may_add=len(entries) < repeat.at_most,
        form=form,
        fields=answers_of(form),
        post=post,
        has_errors=post is not None,
        then=then(),
        back=back_address(journey, page),
        part=[one.id for one in journey.path].index(page.id) + 1,
        minutes=minutes_left(journey, page),
    )


# -- one entry


def show_entry(page_id: str, number: int) -> Shown:
    """Show the questions about one entry, the next new one included."""
    found = _opened_entry(page_id, number)
    if not isinstance(found, tuple):
        return found
    journey, page, repeat = found
    if journey.help_waits:
        return redirect(url_for("patient.help_now"), 303)
    given = _given(journey, repeat, number)
    data = {
        field_name(question.key): shown_strings(question, stored)
        for question in leaves(repeat.questions)
        if (stored := given.get(question.id)) is not None
    }
    made = _entry_form(journey, page, repeat, given)
    typed = typed_on(journey.content, place_of(page.id, number), made)
    form = made(formdata=None, data=data) if typed is None else made(formdata=typed)
    return _render_entry(journey, page, number, form)


def save_entry(page_id: str, number: int) -> Shown:
    """Keep one entry, once nothing about it is left to ask."""
    found = _opened_entry(page_id, number)
    if not isinstance(found, tuple):
        return found
    journey, page, repeat = found
    given = _given(journey, repeat, number)
    form = _entry_form(journey, page, repeat, given)()
    refuse_unknown(form, finding.CONTROLS)
    questions = leaves(repeat.questions)
    if is_switched():
        return _render_entry(journey, page, number, form, carried=finding.carried(form))
    if finding.is_about_names():
        carried = finding.carried(form)
        return finding.answer_about_names(journey, form, questions) or _render_entry(
            journey, page, number, form, carried=carried
        )
    post = read_post(form, questions)
    finding.ask_about_names(post, questions)
    entry = {question.id: post.values.get(question.key) for question in questions}
    is_stale = posted_revision() != journey.draft.revision
    if is_stale and given and given != entry:
        return _render_entry(journey, page, number, form, given=given), 409
    if not post.open_keys:
        return _keep_entry(journey, page, number, post, entry)
    return _render_entry(journey, page, number, form, post), 422


def remove_entry(page_id: str, number: int) -> Shown:
    """Take one entry off the list, as the list stood when the button was shown."""
    found = _opened_entry(page_id, number)
    if not isinstance(found, tuple):
        return found
    journey, page, repeat = found
    entries = entries_of(journey, repeat)
    is_there = number <= len(entries)
    if is_there and posted_revision() == journey.draft.revision:
        del entries[number - 1]
        content = _with_entries(journey, page, entries or None)
        if not entries:
            # Nothing is listed now, and whether there is anything is open again.
            visited = tuple(one for one in content.visited if one != page.id)
            content = replace(content, visited=visited)
        evaluation = journey.with_content(content).evaluation
        content = asked_late(content, evaluation)
        # After a change in another window the list as it is now is shown instead.
        with suppress(DraftChanged):
            journey.keep(content)
    return redirect(with_then(url_for("patient.page", page_id=page.id)), 303)


def _keep_entry(
    journey: Journey, page: Page, number: int, post: Post, entry: dict[str, Json]
) -> Shown:
    repeat = _repeat(page)
    entries = entries_of(journey, repeat)
    entries[number - 1 : number] = [entry]
    content = _with_entries(journey, page, entries)
    meaning = meaning_of(journey, page, content, set())
    look_at_checks(post, journey, page, meaning)
    if post.failed:
        return _render_entry(journey, page, number, post.form, post), 422
    if meaning.ends is not None:
        return end(journey, meaning.ends)
    meaning = replace(meaning, content=asked_anew(journey, content))
    onward = with_then(url_for("patient.page", page_id=page.id))
    try:
        return settle(journey, page, meaning, is_whole=False, onward=onward)
    except DraftChanged:
        again = _opened_entry(page.id, number, afresh=True)
        if not isinstance(again, tuple):
            return again
        now = again[0]
        given = _given(now, repeat, number)
        return _render_entry(now, page, number, post.form, given=given), 409


def _with_entries(
    journey: Journey, page: Page, entries: list[Json] | None
) -> DraftContent:
    answers = dict(journey.content.answers)
    answers[_repeat(page).id] = entries
    return without_typed(replace(journey.content, answers=answers), page.id)


def _opened_entry(
    page_id: str, number: int, *, afresh: bool = False
) -> tuple[Journey, Page, Repeat] | Response:
    found = opened(page_id, afresh=afresh)
    if not isinstance(found, tuple):
        return found
    journey, page = found
    if page.repeat is None:
        abort(404)
    there = len(entries_of(journey, page.repeat))
    if not 1 <= number <= min(there + 1, page.repeat.at_most):
        return redirect(url_for("patient.page", page_id=page.id), 303)
    return journey, page, page.repeat


def _entry_form(
    journey: Journey, page: Page, repeat: Repeat, given: dict[str, Json]
) -> type[FlaskForm]:
    forms = journey.room.forms(journey.questionnaire)
    asked = entry_asked_of(journey, leaves(repeat.questions), given)
    return forms.of(page.id, asked)


def _given(journey: Journey, repeat: Repeat, number: int) -> dict[str, Json]:
    entries = entries_of(journey, repeat)
    entry = entries[number - 1] if number <= len(entries) else None
    return dict(entry) if isinstance(entry, dict) else {}


def _render_entry(  # noqa: PLR0917 - what a page is drawn from
    journey: Journey,
    page: Page,
    number: int,
    form: FlaskForm,
    post: Post | None = None,
    given: dict[str, Json] | None = None,
    carried: Post | None = None,
) -> str:
    repeat = _repeat(page)
    elsewhere = [
        (question.ask, answer_words(question, given[question.id]))
        for question in leaves(repeat.questions)
        if given and given.get(question.id) is not None
    ]
    return render_template(
        "patient/entry.html",
        journey=journey,
        page=page,
        repeat=repeat,
        number=number,
        page_title=repeat.entry,
        fields=answers_of(form),
        post=post,
        carried=carried,
        elsewhere=elsewhere,
        has_errors=post is not None,
        then=then(),
        back=with_then(url_for("patient.page", page_id=page.id)),
    )


def _repeat(page: Page) -> Repeat:
    if page.repeat is None:
        abort(404)
    return page.repeat

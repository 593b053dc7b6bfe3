"""How are answers looked over and sent, and what does the patient hold afterwards?

Sending is one transaction and happens once: pressed twice or reloaded, it leads to the
same receipt. How to reach the patient is asked last, on the page that sends, and goes
straight to a record of its own; it is never part of the draft.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, session, url_for

from screening.report.copy import copy_of, copy_pdf
from screening.store.audit import Action
from screening.store.problems import (
    DatabaseUnavailable,
    DraftChanged,
    DraftGone,
    RecordUnreadable,
)
from screening.store.submissions import Identity as About
from screening.tongue import day, noted, say
from screening.web.config import Identity
from screening.web.fields import answers_of
from screening.web.help_text import fill
from screening.web.language import is_switched
from screening.web.names import field_name
from screening.web.patient.contact import (
    BIRTH,
    birth_problem,
    contact_of,
    contact_questions,
)
from screening.web.patient.journey import (
    Journey,
    address_of,
    current_draft,
    current_journey,
    patient,
    where_without_journey,
)
from screening.web.patient.overview import first_to_look_at, sections
from screening.web.patient.posting import (
    posted_revision,
    read_post,
    refuse_unknown,
)
from screening.web.patient.record import sent
from screening.web.patient.room import current_room
from screening.web.recorded import recorded
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask import Blueprint
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from screening.core.definition import Questionnaire
    from screening.web.contact_text import Piece
    from screening.web.patient.posting import Post
    from screening.web.patient.way import Shown


SEND = noted("Send my answers")
"""What the button that sends reads."""

THANKS = noted(
    "Thank you. Your answers have reached the clinic. This form does not decide "
    "anything. Please keep taking your medicines as prescribed."
)
_QUOTE = noted(
    "To talk with somebody, please contact the clinic yourself and quote the reference."
)
NOBODY_KNOWN = (
    noted("They cannot be followed up."),
    noted("The form did not ask who you are, so nobody can contact you."),
)
NO_NUMBER = (
    noted("The clinic cannot call you."),
    noted(
        "You left no number, so nobody can contact you about your answers, whatever "
        "they say."
    ),
)

_CAN_FOLLOW_UP = "can-follow-up"
"""Where a session notes whether the clinic can reach who has sent answers in it."""


def install(room: Blueprint) -> None:
    """Give the room the addresses of looking over, sending and the receipt."""
    room.add_url_rule("/check", "check", check)
    room.add_url_rule("/contact", "contact", contact)
    room.add_url_rule("/send", "send", send, methods=["POST"])
    room.add_url_rule("/receipt", "receipt", receipt)
    room.add_url_rule("/receipt/copy", "copy", own_copy)


def check() -> Shown:
    """Show every answer with a way to change it."""
    found = _complete()
    if not isinstance(found, Journey):
        return found
    return _render_check(found)


def contact() -> Shown:
    """Ask how the clinic can reach the patient, where it asks that at all."""
    found = _complete()
    if not isinstance(found, Journey):
        return found
    if not found.asks_who:
        return redirect(url_for("patient.check"), 303)
    form = contact_form(found)(formdata=None)
    return _render_contact(found, form)


def send() -> Shown:
    """Send the answers, once, and lead to the receipt."""
    found = _complete()
    if not isinstance(found, Journey):
        return found
    if is_switched():
        return _render_contact(found, contact_form(found)())
    if posted_revision() != found.draft.revision:
        return _render_check(found, was_changed=True), 409
    told = who_it_is(found, SEND)
    if not isinstance(told, About):
        return _render_contact(found, *told), 422
    if not submitted(found, told):
        return _changed_meanwhile()
    return redirect(url_for("patient.receipt"), 303)


def who_it_is(journey: Journey, button: str) -> About | tuple[FlaskForm, Post]:
    """Return who the answers are about; or the posted form, where something is open.

    `button` is what the button reads that was pressed.
    """
    identity = journey.shell.config.identity
    if journey.content.follows:
        return _as_before(journey)
    if identity is Identity.CONTACT:
        form = contact_form(journey)()
        refuse_unknown(form)
        post = read_post(form, contact_questions(), button=button)
        _look_at_birth(post, journey)
        if post.open_keys:
            return form, post
        return About(contact=contact_of(post.values))
    if identity is Identity.INVITATION:
        invitation = journey.room.store.invitations.of_draft(journey.draft.id)
        return About(
            clinic_reference=invitation.clinic_reference if invitation else None
        )
    return About()


def _as_before(journey: Journey) -> About:
    """Return who it was that sent what these answers follow, where that can be read."""
    try:
        before = journey.room.store.submissions.read(
            journey.content.follows, actor=patient(), action=Action.SUBMISSION_ASK
        )
    except RecordUnreadable:
        # What is sent now names the one before, and must not be lost with it.
        return About()
    return About() if before is None else before.identity


def receipt() -> Shown:
    """Show the one neutral receipt, to whoever sent answers in this session."""
    draft = current_draft()
    if draft is None or draft.submitted_as is None:
        return redirect(where_without_journey(), 303)
    shell = current_shell()
    questionnaire = current_room().asked(draft.version_sha256)
    return render_template(
        "patient/receipt.html",
        thanks=_thanks(questionnaire),
        warning=_warning(),
        config=shell.config,
        reference=draft.submitted_as,
        sent_on=day(draft.updated_at.astimezone(shell.config.time_zone).date()),
        page_title=say("Your answers are sent"),
    )


def _thanks(questionnaire: Questionnaire) -> tuple[Piece, ...]:
    """Return what is said first after sending; of a reply only where one can come."""
    shell = current_shell()
    text = questionnaire.receipt["body"] if _warning() is None else say(THANKS)
    return fill(text, shell.locale, shell.config)


def _warning() -> tuple[str, str] | None:
    """Return that nobody can get in touch, in short and in full, where that is so."""
    if current_shell().config.identity is Identity.ANONYMOUS:
        found = NOBODY_KNOWN
    elif session.get(_CAN_FOLLOW_UP, True):
        return None
    else:
        found = NO_NUMBER
    return say(found[0]), f"{say(found[1])} {say(_QUOTE)}"


def own_copy() -> Shown:
    """Give whoever sent answers in this session a PDF of them, with nothing judged."""
    draft = current_draft()
    if draft is None or draft.submitted_as is None:
        return redirect(where_without_journey(), 303)
    room, shell = current_room(), current_shell()
    submission = room.store.submissions.read(
        draft.submitted_as, actor=patient(), action=Action.SUBMISSION_COPY
    )
    if submission is None:
        return redirect(url_for("patient.receipt"), 303)
    made = room.asked(draft.version_sha256)
    place = shell.locale
    steps = (
        "".join(piece.text for piece in _thanks(made)),
        *filter(None, [" ".join(_warning() or ())]),
        say("Nobody is watching the answers at this moment."),
        say("To withdraw or correct your answers, tell the clinic the reference."),
    )
    numbers = [(say("In an emergency"), place.emergency)]
    numbers += [(line.name, line.contact) for line in (*place.crisis, *place.more)]
    record = recorded(submission, shell.config.time_zone.key)
    response = make_response(copy_pdf(copy_of(made, record, steps, numbers)))
    response.mimetype = "application/pdf"
    name = f"my-answers-{submission.reference}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _complete() -> Journey | Response:
    """Return the journey once every page was saved, or where to go instead."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    if journey.help_waits:
        return redirect(url_for("patient.help_now"), 303)
    unsaved = journey.next_page
    return redirect(address_of(unsaved), 303) if unsaved is not None else journey


def submitted(journey: Journey, about: About, *, is_early: bool = False) -> bool:
    """Send what was answered; False where another window wrote or deleted meanwhile."""
    whole = sent(journey, journey.shell.clock(), is_early=is_early)
    try:
        journey.room.store.submissions.submit(
            journey.draft.id,
            expected_revision=journey.draft.revision,
            facts=whole.facts,
            record=whole.record,
            identity=about,
            actor=patient(),
        )
    except (DraftChanged, DraftGone):
        return False
    # The form was sent: whether its times are added up must not change that.
    with suppress(DatabaseUnavailable):
        journey.room.store.paces.add(
            journey.draft.version_sha256, journey.content.seconds
        )
    has_number = bool(about.contact.get("phone"))
    session[_CAN_FOLLOW_UP] = has_number or about.clinic_reference is not None
    return True


def _changed_meanwhile() -> Shown:
    again = current_journey(afresh=True)
    if again is None:
        return redirect(where_without_journey(), 303)
    return _render_check(again, was_changed=True), 409


def _look_at_birth(post: Post, journey: Journey) -> None:
    problem = birth_problem(post.values.get(BIRTH), journey.today)
    if problem is not None:
        post.form[field_name(BIRTH)].errors = [problem]
        post.open_keys.add(BIRTH)


def _render_check(journey: Journey, *, was_changed: bool = False) -> str:
    found = sections(journey)
    left_open, of_safety = first_to_look_at(found)
    return render_template(
        "patient/check.html",
        journey=journey,
        sections=found,
        left_open=left_open,
        of_safety=of_safety,
        asks_who=journey.asks_who,
        identity=journey.shell.config.identity.value,
        was_changed=was_changed,
        page_title=say("Check your answers"),
    )


def contact_form(journey: Journey) -> type[FlaskForm]:
    """Return the form that asks how to reach the patient."""
    forms = journey.room.forms(journey.questionnaire)
    return forms.of("contact-details", contact_questions())


def _render_contact(journey: Journey, form: FlaskForm, post: Post | None = None) -> str:
    return render_template(
        "patient/contact.html",
        journey=journey,
        fields=answers_of(form),
        post=post,
        has_errors=post is not None,
        config=journey.shell.config,
        page_title=say("How the clinic can reach you"),
    )

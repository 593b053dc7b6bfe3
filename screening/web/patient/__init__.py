"""What does a patient meet? Start, questions, help, a check, a receipt.

Every address is read and written here and nowhere else; where the patient is comes
from `journey`, what a post says from `posting`, what is kept from `record`.
"""

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from screening.store.opening import Store
from screening.store.problems import DraftGone, DraftSubmitted
from screening.web.article.page import Article
from screening.web.guards.repeated_names import allow_repeated, learn_repeated
from screening.web.language import offer_languages
from screening.web.patient import (
    check,
    device,
    early,
    entries,
    form_parts,
    help_now,
    leave,
    moving,
    pages,
    resume,
    start,
    typed,
)
from screening.web.patient.forms import repeated_names
from screening.web.patient.journey import current_draft
from screening.web.patient.room import Room, put_room
from screening.web.patient.way import lead_from_gone
from screening.web.questionnaires import Questionnaires


def blueprint(
    *, store: Store, questionnaires: Questionnaires, articles: Mapping[str, Article]
) -> Blueprint:
    """Return the patient's room of one service."""
    room = Blueprint("patient", __name__)
    shared = Room(store=store, questionnaires=questionnaires, articles=articles)

    @room.record_once
    def furnish(state: BlueprintSetupState) -> None:
        # Blueprints are registered on applications that answer requests only.
        app = cast("Flask", state.app)
        put_room(app, shared)
        offer_languages(app, shared.languages, elsewhere="patient.questions")
        questionnaires.when_loaded(
            lambda loaded: allow_repeated(app, repeated_names(loaded))
        )
        # Reading a draft loads the version it began with.
        learn_repeated(app, current_draft)

    for part in (
        start,
        pages,
        form_parts,
        entries,
        help_now,
        check,
        device,
        early,
        leave,
        moving,
        resume,
        typed,
    ):
        part.install(room)
    for gone in (DraftGone, DraftSubmitted):
        room.register_error_handler(gone, lead_from_gone)
    return room

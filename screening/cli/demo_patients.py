"""Which invented patients does the demonstration's queue hold? One of every outcome.

They are the worked patients of the questionnaire, sent by the functions that the
pages use, so that the clinic's page shows them as it shows real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from screening.cli.worked import Case, read_cases
from screening.core.progress import path
from screening.core.safety import help_due
from screening.library import shelf_for
from screening.store.drafts import DraftContent
from screening.store.submissions import Identity
from screening.web.patient.help_marks import acknowledged, with_help
from screening.web.patient.journey import Journey
from screening.web.patient.record import sent
from screening.web.patient.room import current_room
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask import Flask

    from screening.store.audit import Actor
    from screening.store.plain import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A worked patient under an invented name, and how long ago they sent it."""

    case: str
    name: str
    born: str
    hours_ago: int
    minutes_taken: int


SAMPLES = (
    Sample(
        case="U1", name="Robin Ember", born="1991-04-12", hours_ago=2, minutes_taken=19
    ),
    Sample(
        case="U3",
        name="Sam Holloway",
        born="1987-08-30",
        hours_ago=20,
        minutes_taken=24,
    ),
    Sample(
        case="N1",
        name="Kim Larkspur",
        born="1979-01-22",
        hours_ago=27,
        minutes_taken=17,
    ),
    Sample(
        case="N2",
        name="Jo Fennimore",
        born="2000-11-05",
        hours_ago=50,
        minutes_taken=31,
    ),
    Sample(
        case="R1",
        name="Alex Thornbury",
        born="1968-06-17",
        hours_ago=5,
        minutes_taken=22,
    ),
    Sample(
        case="R2", name="Noor Calder", born="1995-02-03", hours_ago=74, minutes_taken=28
    ),
    Sample(
        case="L1", name="Ida Marsh", born="1992-09-14", hours_ago=9, minutes_taken=16
    ),
    Sample(
        case="L2", name="Theo Brandt", born="1984-12-01", hours_ago=98, minutes_taken=21
    ),
)
"""Nobody of these names is known to the authors; the numbers are kept for fiction."""

PHONE = "01632 960 001"


def send_samples(app: Flask, *, actor: Actor) -> None:
    """Send every sample to the clinic's queue, the oldest first."""
    with app.app_context():
        cases = _cases()
        now = current_shell().clock()
        for sample in sorted(SAMPLES, key=lambda one: -one.hours_ago):
            sent_at = now - timedelta(hours=sample.hours_ago)
            _send(cases[sample.case], sample, sent_at, actor)


def _cases() -> dict[str, Case]:
    config = current_shell().config
    shelf = shelf_for(config.questionnaire, config.questionnaires)
    name = f"{config.questionnaire}/cases/worked.yaml"
    return {case.id: case for case in read_cases([(name, shelf.read(name) or "")])}


def _send(case: Case, sample: Sample, sent_at: datetime, actor: Actor) -> None:
    room, shell = current_room(), current_shell()
    started_at = sent_at - timedelta(minutes=sample.minutes_taken)
    questionnaire = room.questionnaires.current()
    every_page = tuple(page.id for page in questionnaire.pages)
    content = DraftContent(
        started_at=started_at,
        answers=cast("JsonObject", case.answers),
        visited=every_page,
    )
    draft = room.store.drafts.create(questionnaire.sha256, content, actor=actor)
    journey = Journey(room, shell, draft, content)
    opened = tuple(page.id for page in path(questionnaire, journey.evaluation.values))
    due = [
        one
        for page in questionnaire.pages
        for one in help_due(journey.evaluation, page, ())
        if page.id in opened
    ]
    shown = {one.cause: one for one in due}.values()
    content = acknowledged(
        with_help(
            content, shown, started_at + timedelta(minutes=sample.minutes_taken / 2)
        )
    )
    journey = Journey(room, shell, draft, content)
    whole = sent(journey, sent_at)
    room.store.submissions.submit(
        draft.id,
        expected_revision=draft.revision,
        facts=whole.facts,
        record=whole.record,
        identity=Identity(
            contact={
                "name": sample.name,
                "date_of_birth": sample.born,
                "phone": PHONE,
                "safe_to_leave_message": "yes",
            }
        ),
        actor=actor,
    )

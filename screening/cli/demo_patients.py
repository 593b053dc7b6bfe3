"""Which invented patients does the demonstration's queue hold? One of every outcome.

They are the worked patients of the questionnaire, sent by the functions that the
pages use, so that the clinic's page shows them as it shows real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from screening.core.cases import Case, read_cases
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
    from screening.store.plain import Json, JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A worked patient under an invented name, and how long ago they sent it.

    `birthday` is (month, day); the year follows from the age that was answered.
    `medicines` are pairs (entry of the catalogue, dose). `groups` are the medicine
    groups confirmed beside those of the worked case.
    """

    case: str
    name: str
    birthday: tuple[int, int]
    hours_ago: int
    minutes_taken: int
    medicines: tuple[tuple[str, str], ...]
    groups: tuple[str, ...] = ()


_SERTRALINE = ("sertraline", "200 mg every morning")

SAMPLES = (
    Sample(
        case="U1",
        name="Robin Ember",
        birthday=(4, 12),
        hours_ago=2,
        minutes_taken=19,
        medicines=(_SERTRALINE,),
    ),
    Sample(
        case="U3",
        name="Sam Holloway",
        birthday=(8, 30),
        hours_ago=20,
        minutes_taken=24,
        medicines=(
            _SERTRALINE,
            ("amlodipine", "10 mg every morning"),
            ("lisinopril", "20 mg every morning"),
        ),
    ),
    Sample(
        case="N1",
        name="Kim Larkspur",
        birthday=(1, 22),
        hours_ago=27,
        minutes_taken=17,
        medicines=(_SERTRALINE, ("folic_acid", "400 micrograms every day")),
    ),
    Sample(
        case="N2",
        name="Joe Fennimore",
        birthday=(11, 5),
        hours_ago=50,
        minutes_taken=31,
        medicines=(
            _SERTRALINE,
            ("theophylline", "200 mg morning and evening"),
            ("ramipril", "5 mg every morning"),
            ("aspirin", "75 mg every morning"),
        ),
    ),
    Sample(
        case="R1",
        name="Alex Thornbury",
        birthday=(6, 17),
        hours_ago=5,
        minutes_taken=22,
        medicines=(),
    ),
    Sample(
        case="R2",
        name="Noor Calder",
        birthday=(2, 3),
        hours_ago=74,
        minutes_taken=28,
        medicines=(
            _SERTRALINE,
            ("tramadol", "50 mg twice a day, for back pain"),
            ("losartan", "50 mg every morning"),
        ),
        groups=("opioid",),
    ),
    Sample(
        case="L1",
        name="Ida Marsh",
        birthday=(9, 14),
        hours_ago=9,
        minutes_taken=16,
        medicines=(_SERTRALINE,),
    ),
    Sample(
        case="L2",
        name="Theo Brandt",
        birthday=(12, 1),
        hours_ago=98,
        minutes_taken=21,
        medicines=(
            ("clomipramine", "200 mg at night"),
            ("clonazepam", "0.5 mg every night"),
            ("amlodipine", "5 mg every morning"),
        ),
    ),
)
"""Nobody of these names is known to the authors; the numbers are kept for fiction."""


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


def answers_of(sample: Sample, case: Case) -> JsonObject:
    """Return the worked answers with what the sample's own story adds to them."""
    worked = cast("JsonObject", case.answers)
    confirmed = cast("list[Json]", worked["medicine_classes"])
    return {
        **worked,
        "consent": "yes",
        "medicines": [
            {"medicine": medicine, "dose": dose} for medicine, dose in sample.medicines
        ],
        "medicine_classes": [*confirmed, *sample.groups],
    }


def _born(sample: Sample, answers: JsonObject, sent_at: datetime) -> date:
    """Return the day of birth of somebody as old as was answered when it was sent."""
    month, day = sample.birthday
    is_to_come = (month, day) > (sent_at.month, sent_at.day)
    year = sent_at.year - int(str(answers["age"])) - is_to_come
    return date(year, month, day)


def _send(case: Case, sample: Sample, sent_at: datetime, actor: Actor) -> None:
    room, shell = current_room(), current_shell()
    started_at = sent_at - timedelta(minutes=sample.minutes_taken)
    questionnaire = room.questionnaires.current()
    every_page = tuple(page.id for page in questionnaire.pages)
    answers = answers_of(sample, case)
    content = DraftContent(
        started_at=started_at,
        answers=answers,
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
                "date_of_birth": _born(sample, answers, sent_at).isoformat(),
                "phone": f"01632 960 {SAMPLES.index(sample) + 1:03}",
                "safe_to_leave_message": "yes",
            }
        ),
        actor=actor,
    )

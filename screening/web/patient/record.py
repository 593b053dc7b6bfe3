"""What is kept of a questionnaire when it is sent?

The answers that count, what they meant by the version they were given to, the help
that was shown with its times, and which program decided. The same functions of the
core decide here, on the command line and when a record is worked out again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, cast

from screening import __version__
from screening.core.answers import read_answers, stored_form, typed
from screening.core.counting import evaluate_asked
from screening.core.definition import Outcome, QuestionType
from screening.core.progress import visible_answers
from screening.core.safety import retracted
from screening.store.submissions import Facts, Record
from screening.web.patient.help_marks import causes, plain
from screening.web.recorded import (
    ASSISTED_BY,
    ASSISTED_HOW,
    FOLLOWS,
    SENT_EARLY,
)

if TYPE_CHECKING:
    from datetime import datetime

    from screening.core.answers import Stored
    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation
    from screening.store.plain import Json, JsonObject
    from screening.web.patient.journey import Journey


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What goes into a submission: its plain facts and its sealed record."""

    facts: Facts
    record: Record


def sent(journey: Journey, now: datetime, *, is_early: bool = False) -> Sent:
    """Return the submission of a journey.

    All of its pages were saved, or the patient sends it early (`is_early`).
    """
    questionnaire = journey.questionnaire
    local = now.astimezone(journey.shell.config.time_zone)
    stored = _with_listed_names(questionnaire, journey.content.answers)
    answers = read_answers(questionnaire, stored, local.date())
    first = evaluate_asked(questionnaire, answers)
    taken_back = retracted(questionnaire, first, causes(journey.content))
    evaluation = evaluate_asked(questionnaire, answers, retracted=bool(taken_back))
    facts = Facts(
        submitted_at=now,
        local_date=local.date(),
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        version_sha256=questionnaire.sha256,
        engine_version=__version__,
        outcome=evaluation.outcome.value,
        urgent=evaluation.outcome is Outcome.URGENT,
        same_day=evaluation.same_day,
        locale=journey.shell.locale.code,
    )
    started = journey.content.started_at
    record = Record(
        answers=_json(visible_answers(questionnaire, stored, evaluation.values)),
        scores=scores_of(evaluation),
        findings=[
            {"id": one.id, "kind": one.kind.value, "priority": one.priority}
            for one in evaluation.findings
        ],
        missing=list(evaluation.missing),
        undetermined=list(evaluation.undetermined),
        derived=_json(evaluation.derived),
        help_shown=plain(questionnaire, journey.content),
        durations={
            "started_at": started.isoformat(),
            "submitted_at": now.isoformat(),
            "seconds": int((now - started).total_seconds()),
            "time_zone": str(journey.shell.config.time_zone),
            "language": questionnaire.language,
            **({SENT_EARLY: True} if is_early else {}),
            **_assistance(journey),
            **({FOLLOWS: follows} if (follows := journey.content.follows) else {}),
        },
    )
    return Sent(facts=facts, record=record)


def _assistance(journey: Journey) -> dict[str, str]:
    """Return who filled the form in with the patient, and how; nothing where nobody."""
    content = journey.content
    if not content.assisted_by:
        return {}
    return {ASSISTED_BY: content.assisted_by, ASSISTED_HOW: content.assisted_how}


def scores_of(evaluation: Evaluation) -> dict[str, Json]:
    """Return the score cards as JSON says them."""
    return {key: asdict(card) for key, card in evaluation.scores.items()}


def _json(values: dict[str, object]) -> JsonObject:
    # What the core gives back here is what an answers file can say.
    return cast("JsonObject", values)


def _with_listed_names(
    questionnaire: Questionnaire, answers: JsonObject
) -> dict[str, Stored]:
    """Return the answers with names as the catalogue has them, where it has them."""
    made: dict[str, Stored] = dict(answers)
    for repeat in questionnaire.repeats.values():
        picks = [q for q in repeat.questions if q.type is QuestionType.PICK]
        entries = made.get(repeat.id)
        if isinstance(entries, list):
            made[repeat.id] = [
                entry
                | {
                    pick.id: stored_form(typed(pick, entry.get(pick.id)))
                    for pick in picks
                }
                for entry in entries
            ]
    for question in questionnaire.questions.values():
        if question.type is QuestionType.PICK and question.id in made:
            made[question.id] = stored_form(typed(question, made[question.id]))
    return made

"""Which records do the tests of the report start from? All patients are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.core.load import load
from screening.core.source import plain, read_text
from screening.library import shelf_for
from screening.report.record import Contact, HelpShown, Record, Retraction
from screening.report.summary import summarise

SENT = datetime(2026, 11, 23, 14, 32, 5, tzinfo=UTC)
WORKED = ("L1", "L2", "R1", "R2", "N1", "N2", "U1", "U3")
MARKUP = '<img src="/etc/hostname"/><b>'
NAMES = {
    "latin": "Łódź Ærøskøbing",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Наталья Щербакова",
    "arabic": "محمد عبد الله",
    "hebrew": "שרה כהן",
    "devanagari": "अनीता शर्मा",
    "chinese": "王小明 漢字",
    "emoji": "😀 👩‍⚕️",
}
MANY_SCRIPTS = "Łódź عربي 漢字 😀"


@cache
def questionnaire():
    shelf = shelf_for("ocd-ketamine")
    return load(shelf.questionnaire_id, shelf.read)


@cache
def _worked_cases():
    name = "ocd-ketamine/cases/worked.yaml"
    cases = plain(read_text(shelf_for("ocd-ketamine").read(name), name))["cases"]
    return {case["case"]: case for case in cases}


def _without_nulls(value):
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return None if value in ("null", "") else value


def answers_of(case):
    return _without_nulls(_worked_cases()[case]["answers"])


def expected_of(case):
    return _worked_cases()[case]["expect"]


def record_of(answers, **others):
    definition = questionnaire()
    return replace(
        Record(
            reference="K7QM-2XRD",
            submitted_at=SENT,
            local_date=date(2026, 11, 23),
            zone="Europe/London",
            answers=answers,
            questionnaire=definition.id,
            version=definition.version,
            version_sha256=definition.sha256,
            engine_version="1.0.0",
            locale="UK",
            filled_in_by="by the patient, on the clinic's web form",
        ),
        **others,
    )


def summary_of(record, *, retracted=False, language="en"):
    definition = replace(questionnaire(), language=language)
    answers = read_answers(definition, record.answers, record.local_date)
    assert not answers.problems
    evaluation = evaluate(definition, answers, retracted=retracted)
    return summarise(definition, evaluation, record)


def worked(case, **others):
    return summary_of(record_of(answers_of(case), **others))


def nearly_empty():
    return summary_of(record_of({}))


def full_answers():
    """Give one of everything: lists, free text, unknowns, a reported total."""
    answers = answers_of("U1")
    trials = [
        *answers["medicine_trials"],
        {
            "drug": "citalopram",
            "max_dose_mg": 20,
            "weeks_total": "unsure",
            "weeks_at_max": 3,
            "adherence": "irregular",
            "outcome": "stopped_side_effects",
            "still_taking": "no",
        },
        {"drug": "kava tea", "weeks_total": 20, "outcome": "unknown"},
    ]
    return answers | {
        "medicine_trials": trials,
        "augmentation_trials": [
            {"drug": "aripiprazole", "weeks": 6, "outcome": "no_change"}
        ],
        "medicines": [
            {"medicine": "Klonopin", "dose": "0.5 mg every night"},
            {"medicine": MARKUP, "dose": MARKUP},
            {"medicine": "phenelzine", "dose": None},
        ],
        "medicine_classes": ["benzodiazepine_regular", "opioid"],
        "phq9": [3, 3, None, 3, 2, 3, 3, 1, 3],
        "ybocs_total": 31,
        "ybocs_version": "ybocs_ii",
        "ybocs_rater": "clinician",
        "ybocs_date": "2026-09",
        "liver": "unsure",
    }


def contact(name=MANY_SCRIPTS):
    return Contact(
        name=name,
        date_of_birth=date(1985, 2, 3),
        call_back="01632 960 001",
        may_leave_message=False,
    )


def in_spanish(case="L1", *, full_too=False):
    """Return a summary whose own words are Spanish."""
    if full_too:
        return full(language="es")
    return summary_of(record_of(answers_of(case)), language="es")


def full(language="en"):
    shown_at = SENT - timedelta(minutes=12)
    record = record_of(
        full_answers(),
        identity=contact(),
        help_shown=(
            HelpShown(
                cause="urgent-asq-acute",
                help="urgent_mental",
                shown_at=shown_at,
                answers={"asq": {"q1": "yes", "q5": "yes"}},
            ),
        ),
        retracted=(
            Retraction(
                question="harm_others",
                first="yes",
                first_at=shown_at,
                later="no",
                later_at=shown_at + timedelta(minutes=4),
            ),
        ),
    )
    return summary_of(record, retracted=True, language=language)

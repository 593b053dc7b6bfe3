"""What does a stored submission mean, read again with the questions it was asked with?

The answers are judged anew under the version that the patient saw, and the result is
compared with what was stored on the day. Where the two differ, both are said at the
top of the summary, on the page as in the PDF.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from screening.core import safety
from screening.core.answers import Answers, read_answers
from screening.core.definition import Questionnaire
from screening.core.judge import Evaluation, evaluate
from screening.report.content import Banner, Summary
from screening.report.record import Record
from screening.report.summary import summarise
from screening.store.submissions import Identity, Submission
from screening.store.visits import VisitHistory
from screening.web.clinician.visit_words import visit_block, visit_faults
from screening.web.clinician.words import outcome_in_words
from screening.web.questionnaires import Questionnaires
from screening.web.recorded import Mark, known_as, marks_of, plain_map, recorded

DIFFERS = "Read again, this record gives something else than on the day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that came out one way on the day and another way now."""

    what: str
    on_the_day: str
    now: str

    def __str__(self) -> str:
        """Say both in one line."""
        return f"{self.what}: on the day {self.on_the_day}; read again {self.now}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A submission as it was stored, and its summary as the clinician reads it."""

    submission: Submission
    questionnaire: Questionnaire
    record: Record
    evaluation: Evaluation
    summary: Summary
    differences: tuple[Difference, ...]


def read_again(
    questionnaires: Questionnaires,
    submission: Submission,
    zone: str,
    visits: VisitHistory | None = None,
) -> Reading:
    """Judge the submission's answers again and say what they mean.

    `zone` is the clinic's time zone, such as Europe/London, for a record that does not
    hold the one of its day. `visits` is what was said of the answers since.

    Raises:
        VersionUnknown: the files of its questionnaire are not kept.
        DefinitionError: this release cannot read those files any more.
        RecordUnreadable: the kept files are not the ones the patient answered.
    """
    facts = submission.facts
    questionnaire = questionnaires.version(facts.version_sha256)
    stored = plain_map(submission.record.answers)
    answers = read_answers(questionnaire, stored, facts.local_date)
    marks = marks_of(submission)
    evaluation = _judged(questionnaire, answers, marks)
    record = recorded(submission, zone)
    differences = _differences(submission, evaluation, answers)
    visit = None if visits is None else visit_block(visits, zone)
    summary = summarise(questionnaire, evaluation, record, visit)
    summary = _with_contact(summary, submission.identity)
    if visits is not None:
        summary = replace(summary, visit_faults=visit_faults(visits))
    return Reading(
        submission=submission,
        questionnaire=questionnaire,
        record=record,
        evaluation=evaluation,
        summary=_with_differences(summary, differences),
        differences=differences,
    )


def listed(stored: object) -> str:
    """Give the ids of findings or questions, however they are kept, in one order."""
    ids = sorted(_id(each) for each in stored or ())  # type: ignore[attr-defined]
    return ", ".join(ids) or "none"


def _judged(
    questionnaire: Questionnaire, answers: Answers, marks: Sequence[Mark]
) -> Evaluation:
    evaluation = evaluate(questionnaire, answers)
    causes = [str(mark["cause"]) for mark in marks]
    if safety.retracted(questionnaire, evaluation, causes):
        return evaluate(questionnaire, answers, retracted=True)
    return evaluation


def _with_contact(summary: Summary, identity: Identity) -> Summary:
    """Add what is known of the person where it is too little to name them."""
    if known_as(identity) is not None:
        return summary
    lines = tuple(
        (f"Given: {key.replace('_', ' ')}", str(value))
        for key, value in identity.contact.items()
        if value
    )
    return replace(summary, about=summary.about + lines)


def _differences(
    submission: Submission, evaluation: Evaluation, answers: Answers
) -> tuple[Difference, ...]:
    facts, record = submission.facts, submission.record
    pairs = (
        (
            "Outcome",
            outcome_in_words(facts.outcome),
            outcome_in_words(evaluation.outcome),
        ),
        (
            "Same day",
            "yes" if facts.same_day else "no",
            "yes" if evaluation.same_day else "no",
        ),
        ("Findings", listed(record.findings), listed(evaluation.findings)),
        ("Missing", listed(record.missing), listed(evaluation.missing)),
        ("Answers that cannot be read", "none", _problem_keys(answers)),
    )
    return tuple(
        Difference(what=what, on_the_day=on_the_day, now=now)
        for what, on_the_day, now in pairs
        if on_the_day != now
    )


def _id(each: object) -> str:
    if isinstance(each, Mapping):
        return str(each["id"])
    return str(getattr(each, "id", each))


def _problem_keys(answers: Answers) -> str:
    keys = sorted({each.about or each.code for each in answers.problems})
    return ", ".join(keys) or "none"


def _with_differences(summary: Summary, differences: tuple[Difference, ...]) -> Summary:
    if not differences:
        return summary
    lines = tuple(str(each) for each in differences)
    if summary.banner is None:
        return replace(summary, banner=Banner(title=DIFFERS, lines=lines))
    both = (*summary.banner.lines, f"{DIFFERS}.", *lines)
    return replace(summary, banner=replace(summary.banner, lines=both))

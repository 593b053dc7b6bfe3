"""What does a stored submission mean, read again with the questions it was asked with?

The answers are judged anew under the version that the patient saw, and the result is
compared with what was stored on the day. Where the two differ, both are said at the
top of the summary, on the page as in the PDF.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from screening.core import safety
from screening.core.answers import Answers, Stored, read_answers
from screening.core.definition import Questionnaire
from screening.core.judge import Evaluation, evaluate
from screening.report.content import Banner, Summary
from screening.report.record import Contact, HelpShown, Invitation, Record, Retraction
from screening.report.record import Identity as KnownAs
from screening.report.summary import summarise
from screening.store.submissions import Identity, Submission
from screening.web.clinician.words import outcome_in_words
from screening.web.questionnaires import Questionnaires

Mark = Mapping[str, object]
"""Help that was shown, as a submission keeps it: cause, key, at, answers, changed."""

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
    summary: Summary
    differences: tuple[Difference, ...]


def read_again(
    questionnaires: Questionnaires, submission: Submission, zone: str
) -> Reading:
    """Judge the submission's answers again and say what they mean.

    `zone` is the clinic's time zone, such as Europe/London, for a record that does not
    hold the one of its day.

    Raises:
        VersionUnknown: the files of its questionnaire are not kept.
        DefinitionError: this release cannot read those files any more.
        RecordUnreadable: the kept files are not the ones the patient answered.
    """
    facts = submission.facts
    questionnaire = questionnaires.version(facts.version_sha256)
    stored = _plain_map(submission.record.answers)
    answers = read_answers(questionnaire, stored, facts.local_date)
    marks = _marks(submission)
    evaluation = _judged(questionnaire, answers, marks)
    record = recorded(submission, zone)
    differences = _differences(submission, evaluation, answers)
    summary = summarise(questionnaire, evaluation, record)
    summary = _with_contact(summary, submission.identity)
    return Reading(
        submission=submission,
        summary=_with_differences(summary, differences),
        differences=differences,
    )


def recorded(submission: Submission, zone: str) -> Record:
    """Return a submission as the record that is shown and printed.

    `zone` is the clinic's time zone, for one that does not hold that of its day.
    """
    facts, marks = submission.facts, _marks(submission)
    return Record(
        reference=submission.reference,
        submitted_at=facts.submitted_at,
        local_date=facts.local_date,
        zone=_zone_on_the_day(submission) or zone,
        answers=_plain_map(submission.record.answers),
        questionnaire=facts.questionnaire,
        version=facts.version,
        version_sha256=facts.version_sha256,
        engine_version=facts.engine_version,
        locale=facts.locale,
        help_shown=tuple(_help_shown(mark) for mark in marks),
        retracted=tuple(_retractions(marks)),
        identity=_known_as(submission.identity),
    )


def _judged(
    questionnaire: Questionnaire, answers: Answers, marks: Sequence[Mark]
) -> Evaluation:
    evaluation = evaluate(questionnaire, answers)
    causes = [str(mark["cause"]) for mark in marks]
    if safety.retracted(questionnaire, evaluation, causes):
        return evaluate(questionnaire, answers, retracted=True)
    return evaluation


def _help_shown(mark: Mark) -> HelpShown:
    return HelpShown(
        cause=str(mark["cause"]),
        help=str(mark.get("key") or mark["cause"]),
        shown_at=_instant(mark["at"]),
        answers=_plain_map(mark["answers"]),
    )


def _retractions(marks: Sequence[Mark]) -> Iterable[Retraction]:
    """Give each answer that had called for urgent help and was changed since."""
    for mark in marks:
        changed = mark.get("changed")
        if not isinstance(changed, Mapping):
            continue
        first, later = _plain_map(mark["answers"]), _plain_map(changed["answers"])
        for question in first:
            if first[question] != later.get(question):
                yield Retraction(
                    question=question,
                    first=first[question],
                    first_at=_instant(mark["at"]),
                    later=later.get(question),
                    later_at=_instant(changed["at"]),
                )


def _known_as(identity: Identity) -> KnownAs:
    if identity.clinic_reference:
        return Invitation(clinic_reference=identity.clinic_reference)
    contact = identity.contact
    born = _date(contact.get("date_of_birth"))
    if not contact.get("name") or born is None:
        return None
    return Contact(
        name=str(contact["name"]),
        date_of_birth=born,
        call_back=str(contact.get("phone") or ""),
        may_leave_message={"yes": True, "no": False}.get(
            str(contact.get("safe_to_leave_message"))
        ),
    )


def _with_contact(summary: Summary, identity: Identity) -> Summary:
    """Add what is known of the person where it is too little to name them."""
    if _known_as(identity) is not None:
        return summary
    lines = tuple(
        (f"Given: {key.replace('_', ' ')}", str(value))
        for key, value in identity.contact.items()
        if value
    )
    return replace(summary, about=summary.about + lines)


def _date(stored: object) -> date | None:
    try:
        return date.fromisoformat(str(stored))
    except ValueError:
        return None


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
        ("Findings", _listed(record.findings), _listed(evaluation.findings)),
        ("Missing", _listed(record.missing), _listed(evaluation.missing)),
        ("Answers that cannot be read", "none", _problem_keys(answers)),
    )
    return tuple(
        Difference(what=what, on_the_day=on_the_day, now=now)
        for what, on_the_day, now in pairs
        if on_the_day != now
    )


def _listed(stored: object) -> str:
    """Give the ids of findings or questions, however they are kept, in one order."""
    ids = sorted(_id(each) for each in stored or ())  # type: ignore[attr-defined]
    return ", ".join(ids) or "none"


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


def _marks(submission: Submission) -> list[Mark]:
    stored = submission.record.help_shown
    return list(stored) if isinstance(stored, list) else []


def _zone_on_the_day(submission: Submission) -> str:
    kept = submission.record.durations
    return str(kept.get("time_zone") or "") if isinstance(kept, Mapping) else ""


def _instant(stored: object) -> datetime:
    return datetime.fromisoformat(str(stored))


def _plain_map(stored: object) -> dict[str, Stored]:
    if not isinstance(stored, Mapping):
        return {}
    return {str(key): _plain(value) for key, value in stored.items()}


def _plain(value: object) -> Stored:
    """Write numbers with decimals as the text of an answers file."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return _plain_map(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value

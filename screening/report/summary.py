"""What does a clinician read about one record? The answer, without any layout.

`summarise` is pure: the same definition, evaluation and record give the same summary,
which the clinician's page shows and the PDF draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.answers import typed
from screening.core.definition import Kind, Outcome, Question
from screening.core.judge import RETRACTED
from screening.report.banner import banner_of
from screening.report.chart import chart_of
from screening.report.content import (
    FindingLine,
    HelpLine,
    InstrumentLine,
    OpenQuestion,
    OutcomeLine,
    RetractionLine,
    RuleTally,
    SourceLine,
    Summary,
    VisitBlock,
)
from screening.report.findings import (
    KINDS,
    accepted_unknowns,
    findings_of,
    open_question,
)
from screening.report.overview import overview_of
from screening.report.own_words import own_words_of
from screening.report.record import Contact, Invitation
from screening.report.sections import pages_of, sections_of
from screening.report.wording import (
    answer_in_words,
    moment_in_words,
)
from screening.report.worksheet import worksheet_of
from screening.tongue import day, noted, say, speaking

if TYPE_CHECKING:
    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation
    from screening.report.chart import Chart
    from screening.report.record import Record, Retraction

STATEMENT = noted("Patient-reported, unverified. Not a diagnosis, not a decision.")
ANONYMOUS = noted("Anonymous: cannot be followed up")

_OUTCOMES = {
    Outcome.URGENT: (
        noted("Urgent"),
        noted("At least one answer calls for help at once."),
    ),
    Outcome.CONTRAINDICATION_REPORTED: (
        noted("Contraindication reported"),
        noted(
            "The patient reports something that a label, a guideline or trials name as"
            " a contraindication. It is for a clinician to assess."
        ),
    ),
    Outcome.NEEDS_REVIEW: (
        noted("Needs review"),
        noted("Something is unclear, not answered, or needs a clinician's view first."),
    ),
    Outcome.NO_BARRIER_REPORTED: (
        noted("No barrier reported"),
        noted(
            "No rule found a barrier in what was reported, and nothing that must be"
            " known is open. Suitability was not assessed: a clinician decides."
        ),
    ),
}


def summarise(
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    record: Record,
    visit: VisitBlock | None = None,
) -> Summary:
    """Return everything a clinician reads about the record, in reading order.

    `evaluation` is of the record's answers by this questionnaire, in whose language
    the summary is; `visit` is what was said of them since, which changes none.
    """
    with speaking(questionnaire.language):
        return _summary(questionnaire, evaluation, record, visit)


def _summary(
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    record: Record,
    visit: VisitBlock | None,
) -> Summary:
    said = {line.key: line.beside for line in visit.lines} if visit else {}
    chart = chart_of(questionnaire, evaluation, said)
    placeholders = chart.placeholders()
    findings = findings_of(chart, placeholders)
    missing = tuple(open_question(chart, key) for key in evaluation.missing)
    help_shown = _help_shown(chart, record)
    retracted = tuple(_retraction(chart, record, one) for one in record.retracted)
    sections = sections_of(chart, placeholders)
    return Summary(
        title=questionnaire.title,
        statement=say(STATEMENT),
        reference=record.reference,
        language=questionnaire.language,
        clinic_language=questionnaire.written_in,
        locale=record.locale,
        submitted_at=record.submitted_at,
        identifiers=_identifiers(record),
        about=_about(record),
        banner=banner_of(record, findings, help_shown, retracted),
        outcome=_outcome(evaluation, findings, missing),
        open_urgent=tuple(
            one
            for one in evaluation.undetermined
            if questionnaire.criterion(one).kind is Kind.URGENT
        ),
        overview=overview_of(sections),
        findings=findings,
        missing=missing,
        accepted=accepted_unknowns(chart),
        worksheet=worksheet_of(chart, record),
        help_shown=help_shown,
        retracted=retracted,
        sections=sections,
        own_words=own_words_of(chart),
        pages=pages_of(chart),
        rules=_rules(chart),
        instruments=_instruments(chart),
        sources=_sources(chart),
        versions=_versions(questionnaire, record),
        record_hash=record.record_hash,
        record=record.canonical_content,
        version_line=say(
            "{questionnaire} {version} ({sha256}), engine {engine}",
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            sha256=questionnaire.sha256[:12],
            engine=record.engine_version,
        ),
        visit=visit,
    )


# -- who and when


def _identifiers(record: Record) -> tuple[str, ...]:
    match record.identity:
        case Contact(name=name, date_of_birth=born):
            return (name, say("born {day}", day=day(born)))
        case Invitation(clinic_reference=reference):
            return (
                say("Clinic's reference {reference}", reference=reference),
                say("form {reference}", reference=record.reference),
            )
        case _:
            return (record.reference, say(ANONYMOUS))


def _about(record: Record) -> tuple[tuple[str, str], ...]:
    lines = [(say("Reference"), record.reference)]
    match record.identity:
        case Contact() as contact:
            lines += [
                (say("Name"), contact.name),
                (say("Date of birth"), day(contact.date_of_birth)),
                (say("Call-back number"), contact.call_back or say("not given")),
                (say("Leave a message"), _may(contact.may_leave_message)),
            ]
        case Invitation(clinic_reference=reference):
            lines.append((say("Clinic's reference"), reference))
        case _:
            lines.append((say("Patient"), say(ANONYMOUS)))
    lines.append((say("Sent"), moment_in_words(record.submitted_at, record.zone)))
    if record.filled_in_by:
        lines.append((say("Filled in"), say(record.filled_in_by)))
    if record.follows:
        lines.append((say("Asked again, after"), record.follows))
    return tuple(lines)


def _may(answer: bool | None) -> str:  # noqa: FBT001 - the patient's answer
    if answer is None:
        return say("not answered")
    return say("yes") if answer else say("no")


def _versions(
    questionnaire: Questionnaire, record: Record
) -> tuple[tuple[str, str], ...]:
    return (
        (say("Questionnaire"), f"{questionnaire.title} ({questionnaire.id})"),
        (say("Version of questions and rules"), questionnaire.version),
        (say("SHA-256 of its files"), questionnaire.sha256),
        (say("Engine version"), record.engine_version),
        (say("Day the rules were applied for"), day(record.local_date)),
        (say("Time zone"), record.zone),
        (say("Locale"), record.locale),
        (say("SHA-256 of this record"), record.record_hash),
    )


# -- outcome and reasons


def _outcome(
    evaluation: Evaluation,
    findings: tuple[FindingLine, ...],
    missing: tuple[OpenQuestion, ...],
) -> OutcomeLine:
    label, meaning = _OUTCOMES[evaluation.outcome]
    counts = [
        f"{say(KINDS[kind])}: {count}"
        for kind in Kind
        if (count := sum(finding.kind is kind for finding in findings))
    ]
    if missing:
        counts.append(say("Must be known, not known: {count}", count=len(missing)))
    return OutcomeLine(
        outcome=evaluation.outcome,
        label=say(label),
        meaning=say(meaning),
        counts=tuple(counts),
    )


# -- what happened on the way


def _help_shown(chart: Chart, record: Record) -> tuple[HelpLine, ...]:
    texts = chart.questionnaire.help
    return tuple(
        HelpLine(
            cause=shown.cause,
            title=texts[shown.help].title if shown.help in texts else shown.help,
            shown_at=moment_in_words(shown.shown_at, record.zone),
            answers=tuple(
                (chart.label(key), _stored_in_words(chart, key, value))
                for key, value in shown.answers.items()
            ),
        )
        for shown in record.help_shown
    )


def _retraction(chart: Chart, record: Record, change: Retraction) -> RetractionLine:
    return RetractionLine(
        question=chart.label(change.question),
        first=_stored_in_words(chart, change.question, change.first),
        first_at=moment_in_words(change.first_at, record.zone),
        later=_stored_in_words(chart, change.question, change.later),
        later_at=moment_in_words(change.later_at, record.zone),
    )


def _stored_in_words(chart: Chart, key: str, stored: object) -> str:
    holder = chart.holder(key)
    if isinstance(holder, Question) and not holder.parts:
        return answer_in_words(holder, typed(holder, stored))
    if isinstance(stored, dict):
        said = (
            f"{chart.label(f'{key}.{name}')}: "
            f"{_stored_in_words(chart, f'{key}.{name}', value)}"
            for name, value in stored.items()
        )
        return "; ".join(said)
    if isinstance(stored, list):
        return ", ".join(say("left out") if one is None else str(one) for one in stored)
    return say("Left out") if stored is None else str(stored)


# -- where it all comes from


def _rules(chart: Chart) -> RuleTally:
    met = tuple(finding.id for finding in chart.evaluation.findings)
    still_open = chart.evaluation.undetermined
    known = {*met, *still_open}
    return RuleTally(
        met=met,
        open=still_open,
        not_met=tuple(
            criterion.id
            for criterion in chart.questionnaire.criteria
            if criterion.id not in known
        ),
    )


def _instruments(chart: Chart) -> tuple[InstrumentLine, ...]:
    used = dict(chart.questionnaire.instruments)
    return tuple(
        InstrumentLine(
            title=instrument.title,
            attribution=instrument.licence.attribution,
            note=instrument.licence.note,
        )
        for instrument in used.values()
    )


def _sources(chart: Chart) -> tuple[SourceLine, ...]:
    """Return the sources of the findings and of every score that is printed."""
    ids: dict[str, None] = {}
    for finding in chart.evaluation.findings:
        if finding.id != RETRACTED:
            ids |= dict.fromkeys(chart.questionnaire.criterion(finding.id).sources)
    for instrument in chart.questionnaire.instruments.values():
        ids |= dict.fromkeys(instrument.sources)
        for table in instrument.bands:
            ids |= dict.fromkeys(table.sources)
    for section in chart.questionnaire.summary:
        scales = section.reported.scales.values() if section.reported else ()
        for scale in scales:
            for table in scale.bands:
                ids |= dict.fromkeys(table.sources)
    return chart.sources(ids)

"""What does one submission say? The page that a clinician reads, and the same as PDF.

Each look and each download leaves an audit row in the transaction that reads.
"""

from dataclasses import dataclass

from flask import Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from screening.core.problems import DefinitionError
from screening.report.content import Block
from screening.report.wording import moment_in_words
from screening.store.audit import Action
from screening.store.decision_drafts import DecisionDraft
from screening.store.decisions import History
from screening.store.problems import RecordUnreadable
from screening.store.submissions import Submission
from screening.web import logging
from screening.web.clinician import assigning
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.decision_words import with_decision
from screening.web.clinician.earlier import earlier_of
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.printing import printed
from screening.web.clinician.reading import Reading, read_again
from screening.web.clinician.record_links import links_of
from screening.web.clinician.score_line import score_line
from screening.web.clinician.treatment_line import treatment_line
from screening.web.clinician.trend_line import trend_line
from screening.web.clinician.words import (
    duration_in_words,
    moment_here,
    outcome_in_words,
)
from screening.web.shell import current_shell


def show(reference: str) -> ResponseReturnValue:
    """Show everything that was answered and what it means."""
    reading = opened(reference, Action.SUBMISSION_VIEW)
    if not isinstance(reading, Reading):
        return reading
    waiting = current_shell().clock() - reading.submission.facts.submitted_at
    return make_response(
        render_template(
            "clinician/review.html",
            earlier=earlier_of(reading),
            holder=assigning.holder_of(reference),
            kind_of=kind_of,
            links=links_of(reference),
            moment=moment_here,
            score_line=score_line,
            summary=with_decision(reading.summary, history_of(reading)),
            treatment_line=treatment_line,
            trend_line=trend_line,
            user=current_user(),
            waiting=duration_in_words(waiting),
            writing=others_writing(reference),
        )
    )


def download(reference: str) -> ResponseReturnValue:
    """Give the summary as a PDF to keep, under a name that says nothing of anybody."""
    reading = opened(reference, Action.SUBMISSION_PDF_DOWNLOAD)
    if not isinstance(reading, Reading):
        return reading
    submission = reading.submission
    summary = with_decision(reading.summary, history_of(reading))
    shell = current_shell()
    pdf = printed(summary, shell.config, shell.clock())
    response = Response(pdf, mimetype="application/pdf")
    day = submission.facts.local_date.isoformat()
    response.headers.set(
        "Content-Disposition",
        "attachment",
        filename=f"summary-{submission.reference}-{day}.pdf",
    )
    return response


def opened(reference: str, action: Action) -> Reading | Response:
    """Return a submission, read again; or the page that says why it can't be shown.

    `action` is what it is read for: viewing, or making its PDF.
    """
    submission = _submission(reference, action)
    try:
        return _read_again(submission)
    except DefinitionError as error:
        return _unopened(submission, error)


def history_of(reading: Reading) -> History:
    """Return what was signed about a submission, held against the record just read."""
    found = current_clinic().store.decisions.read(
        reading.submission.reference,
        actor=current_actor(),
        record_sha256=reading.summary.record_hash,
    )
    if found is None:  # it was read a moment ago, and submissions are never deleted
        abort(404)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWriting:
    """Somebody else is writing a decision: who, since when, and when it was saved."""

    name: str
    begun: str
    saved: str


def others_writing(reference: str) -> tuple[OtherWriting, ...]:
    """Return who else is writing a decision, with times of the clinic's clock."""
    zone = current_shell().config.time_zone.key
    found = current_clinic().store.decision_drafts.others(reference, current_user().id)
    return tuple(
        OtherWriting(
            name=one.name,
            begun=moment_in_words(one.begun_at, zone),
            saved=moment_in_words(one.saved_at, zone),
        )
        for one in found
    )


def own_draft(reference: str) -> DecisionDraft | None:
    """Return what this person is writing; None for nothing, or nothing to be read."""
    try:
        return current_clinic().store.decision_drafts.read(reference, current_user().id)
    except RecordUnreadable as problem:
        logging.log_event("decision_draft_unreadable", problem=str(problem))
        return None


def kind_of(block: Block) -> str:
    """Return the name of the template's part that draws a block.

    >>> from screening.report.content import AnswersBlock
    >>> kind_of(AnswersBlock(lines=()))
    'answers'
    """
    return type(block).__name__.removesuffix("Block").lower()


def _submission(reference: str, action: Action) -> Submission:
    found = current_clinic().store.submissions.read(
        reference, actor=current_actor(), action=action
    )
    if found is None:
        abort(404)
    return found


def _read_again(submission: Submission) -> Reading:
    zone = current_shell().config.time_zone.key
    visits = current_clinic().store.visits.of(submission.reference)
    return read_again(current_clinic().questionnaires, submission, zone, visits)


def _unopened(submission: Submission, error: DefinitionError) -> Response:
    """Say what was stored, where this release cannot read the old questions."""
    logging.log_event(
        "edition_unreadable",
        submission=submission.reference,
        version=submission.facts.version_sha256,
        count=len(error.problems),
    )
    page = render_template(
        "clinician/unopened.html",
        facts=submission.facts,
        outcome=outcome_in_words(submission.facts.outcome),
        reference=submission.reference,
        user=current_user(),
    )
    return make_response(page, 500)

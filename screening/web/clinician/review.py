"""What does one submission say? The page that a clinician reads, and the same as PDF.

Each look and each download leaves an audit row in the transaction that reads.
"""

from flask import Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from screening.core.problems import DefinitionError
from screening.report.content import Block
from screening.store.audit import Action
from screening.store.submissions import Submission
from screening.web import logging
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.printing import printed
from screening.web.clinician.reading import Reading, read_again
from screening.web.clinician.score_line import score_line
from screening.web.clinician.words import duration_in_words, outcome_in_words
from screening.web.shell import current_shell


def show(reference: str) -> ResponseReturnValue:
    """Show everything that was answered and what it means."""
    submission = _submission(reference, Action.SUBMISSION_VIEW)
    try:
        reading = _read_again(submission)
    except DefinitionError as error:
        return _unopened(submission, error)
    waiting = current_shell().clock() - submission.facts.submitted_at
    return make_response(
        render_template(
            "clinician/review.html",
            kind_of=kind_of,
            score_line=score_line,
            summary=reading.summary,
            user=current_user(),
            waiting=duration_in_words(waiting),
        )
    )


def download(reference: str) -> ResponseReturnValue:
    """Give the summary as a PDF to keep, under a name that says nothing of anybody."""
    submission = _submission(reference, Action.SUBMISSION_PDF_DOWNLOAD)
    try:
        reading = _read_again(submission)
    except DefinitionError as error:
        return _unopened(submission, error)
    shell = current_shell()
    pdf = printed(reading.summary, shell.config, shell.clock())
    response = Response(pdf, mimetype="application/pdf")
    day = submission.facts.local_date.isoformat()
    response.headers.set(
        "Content-Disposition",
        "attachment",
        filename=f"summary-{submission.reference}-{day}.pdf",
    )
    return response


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
    return read_again(current_clinic().questionnaires, submission, zone)


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

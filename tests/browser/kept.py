"""What does the clinic hold of who sits at the browser? Read from the store itself."""

from sqlalchemy import func, select

from screening.store.audit import Actor
from screening.store.drafts import DraftContent
from screening.store.tables import DraftRow, SubmissionRow
from tests.browser.person import Person

STAFF = Actor(name="ada", role="clinician")


def latest_draft(store):
    """Return the draft that was written last."""
    with store.database.reading() as session:
        newest = select(DraftRow.id).order_by(DraftRow.updated_at.desc()).limit(1)
        return store.drafts.read(session.scalar(newest))


def kept_answers(store):
    """Return the answers of the draft that was written last."""
    return latest_draft(store).content.answers


def submission_count(store):
    """Return how many submissions there are."""
    with store.database.reading() as session:
        return session.scalar(select(func.count()).select_from(SubmissionRow))


def begin(page):
    """Begin a form in the browser, as anybody does; return the person."""
    person = Person(page, {})
    page.goto("/")
    person.press_in("/start")
    return person


def begin_with(page, store, questionnaire, answers):
    """Begin a form and put answers to every page into its draft; return the person."""
    person = begin(page)
    draft = latest_draft(store)
    content = DraftContent(
        started_at=draft.content.started_at,
        answers=answers,
        visited=tuple(one.id for one in questionnaire.pages),
    )
    store.drafts.write(draft.id, content, expected_revision=draft.revision)
    return person


def read_submission(store, reference):
    """Return a submission as a member of staff reads it."""
    return store.submissions.read(reference, actor=STAFF)

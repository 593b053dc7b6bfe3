"""Are the counts and the audit trail sound to look at, on a phone and on a desk?"""

import pytest

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.store.audit import Action, Actor, Deed
from screening.store.drafts import DraftContent
from screening.store.submissions import Facts, Identity, Record
from screening.web.patient.room import current_room
from tests.browser.conftest import PASSWORD, Clinic
from tests.browser.looking import at_widths, violations
from tests.browser.person import press, sign_in

pytestmark = pytest.mark.browser

WIDTHS = (375, 1280)
OUTCOMES = ("urgent", "needs_review", "needs_review", "no_barrier_reported")


@pytest.fixture(scope="module")
def busy(clinic):
    """A clinic that many have sent to, with somebody who looks after accounts."""
    store = clinic.store
    with clinic.app.app_context():
        questionnaire = current_room().questionnaires.current()
    ids = [each.id for each in questionnaire.criteria]
    for number in range(40):
        _send(store, questionnaire, OUTCOMES[number % 4], ids[: 2 + number % 6])
    pages = {each.id: 20 + 9 * at for at, each in enumerate(questionnaire.pages)}
    for _ in range(6):
        store.paces.add(questionnaire.sha256, pages)
    open_accounts(store.ground).users.create(
        username="max",
        display_name="Max Reed",
        role=Role.ADMINISTRATOR,
        password=PASSWORD,
        actor=Actor.service("tests"),
    )
    store.audit.write(
        Actor(name="ada", role="clinician"),
        Deed(
            action=Action.SUBMISSION_EXPORT,
            object_kind="submission",
            object_id="K7QM-2XRD",
            reason="The audit of March, as the board asked for it in its last meeting",
        ),
    )
    return clinic


def _send(store, questionnaire, outcome, findings):
    actor, now = Actor.patient(), store.ground.clock()
    draft = store.drafts.create(
        questionnaire.sha256, DraftContent(started_at=now), actor=actor
    )
    store.submissions.submit(
        draft.id,
        expected_revision=draft.revision,
        facts=Facts(
            submitted_at=now,
            local_date=now.date(),
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            version_sha256=questionnaire.sha256,
            engine_version="0.1.0",
            outcome=outcome,
            urgent=outcome == "urgent",
            same_day=False,
            locale="US",
        ),
        record=Record(answers={}, findings=[{"id": each} for each in findings]),
        identity=Identity(),
        actor=actor,
    )


class Inspector:
    """Looks at a page on a phone and on a desk, and keeps what is wrong."""

    def __init__(self, axe):
        self.axe, self.found = axe, []

    def __call__(self, page, name):
        found = at_widths(page, WIDTHS, lambda _: violations(page, self.axe))
        self.found += [f"{name}: {fault}" for fault in found]


def test_counts_are_sound_in_light_dark_and_forced_colours(busy, open_page, axe):
    look = Inspector(axe)
    page = open_page(script=True, width=1280)
    sign_in(page, busy)
    page.goto("/clinic")

    press(page.get_by_role("link", name="At a glance"))
    look(page, "glance")
    page.emulate_media(color_scheme="dark")
    look(page, "glance-dark")
    page.emulate_media(color_scheme="light", forced_colors="active")
    look(page, "glance-forced")

    assert page.get_by_role("img").count() == 4
    assert page.get_by_role("table").count() == 4
    assert look.found == []


def test_the_trail_is_narrowed_and_checked_by_keyboard(busy, open_page, axe):
    look = Inspector(axe)
    page = open_page(script=True, width=1280)
    sign_in(page, Clinic(busy.address, busy.app, username="max"))
    page.goto("/clinic/audit")
    look(page, "audit")
    page.get_by_role("button", name="Check the whole trail now").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("What was done").select_option("submission:export")
    page.get_by_role("button", name="Show").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page, "audit-narrowed")
    said = page.locator("main").inner_text()
    page.goto("/clinic/audit?day=never")
    look(page, "audit-wrong-day")

    assert "every row was as it was written" in said
    assert "K7QM-2XRD" in said
    assert look.found == []

"""Are patients invited with links that are shown once and can be replaced at once?"""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from screening.store.drafts import DraftContent
from screening.store.tables import SubmissionRow
from screening.web.config import Identity
from screening.web.shell import put_shell
from tests.web.clinician.conftest import PATIENT, Browser, open_clinic
from tests.web.clinician.deciding import words
from tests.web.conftest import secure_client

LIST = "/clinic/invitations"
LINK = re.compile(r"https?://[^/\s<]+(/i/[\w-]{20,})")
OVER = "This link does not open a form any more"


def by_links(clinic):
    """Let patients come in by links alone."""
    shell = clinic.app.extensions["screening"]
    config = replace(shell.config, identity=Identity.INVITATION)
    put_shell(clinic.app, replace(shell, config=config))
    return clinic


@pytest.fixture
def clinic(config, tmp_path, cases):
    with open_clinic(config, tmp_path, cases, has_patients=True) as clinic:
        yield by_links(clinic)


@pytest.fixture
def desk(clinic):
    browser = clinic.quick("coordinator")
    browser.get(f"{LIST}/new")
    return browser


def link_in(answer):
    return LINK.search(answer.text)[1]


def invite(desk, reference="MRN 0042", days="14", **more):
    return desk.post(f"{LIST}/new", reference=reference, days=days, **more)


def one_of(clinic):
    """Give the address of the newest invitation."""
    [(_, made)] = clinic.audited("intake:invitation:create")[-1:]
    return f"{LIST}/{made}"


def patient(clinic, link):
    """Open a link as a patient, and begin; give the answer to each."""
    browser = Browser(secure_client(clinic.app))
    return browser.get(link), browser.post(link)


def test_a_link_is_shown_once_and_opens_the_form(clinic, desk):
    answer = invite(desk)

    seen, begun = patient(clinic, link_in(answer))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "is shown only now" in words(answer)
    assert "15 March 2026" in words(answer)
    assert (seen.status_code, begun.status_code) == (200, 303)
    for address in (LIST, one_of(clinic)):
        assert LINK.search(desk.get(address).text) is None


def test_the_text_to_send_names_no_condition_and_no_treatment(desk):
    said = words(invite(desk)).lower()

    text = said.split("as you always do.")[1].split("see this invitation")[0]
    assert "/i/" in text
    assert "14 march 2026" in text
    for word in ("ocd", "obsess", "ketamin", "psych", "mental", "infusion", "mrn"):
        assert word not in text


def test_the_link_stands_in_no_log_and_no_audit_row(clinic, desk, caplog):
    with caplog.at_level("DEBUG"):
        answer = invite(desk)
        desk.get(one_of(clinic))

    token = link_in(answer).removeprefix("/i/")
    assert token not in caplog.text
    assert "MRN 0042" not in caplog.text
    assert clinic.audited("intake:invitation:create")[0][0] == "a-coordinator"
    assert all(token not in named for _, named in _every_row(clinic))


def _every_row(clinic):
    return clinic.audited("intake:invitation:create") + clinic.audited(
        "intake:invitation:view"
    )


def test_the_list_says_what_became_of_each(clinic, desk):
    link = link_in(invite(desk))
    clinic.clock.step(minutes=1)
    invite(desk, "MRN 0043", "7")
    patient(clinic, link)

    page = words(desk.get(LIST))
    opened = words(desk.get(f"{LIST}?show=opened"))

    assert page.index("MRN 0043") < page.index("MRN 0042")
    assert "Made 1 March 2026, 09:30 UTC by a-coordinator" in page
    assert "good until 15 March 2026" in page
    assert "MRN 0042" in opened
    assert "MRN 0043" not in opened
    assert "There are none." in words(desk.get(f"{LIST}?show=withdrawn"))
    assert desk.get(f"{LIST}?show=anything").status_code == 404


def test_what_was_sent_is_linked_only_for_those_who_read(clinic, desk):
    invite(desk)
    reference = clinic.submit("L1")
    with clinic.store.database.reading() as session:
        draft_id = session.scalar(select(SubmissionRow.draft_id))
    clinic.store.invitations.use(one_of(clinic).rsplit("/", 1)[1], draft_id)

    for_coordinator = desk.get(LIST).text
    for_clinician = clinic.quick("clinician").get(LIST).text

    assert f"Sent as {reference}" in for_coordinator
    assert f"submissions/{reference}" not in for_coordinator
    assert f"submissions/{reference}" in for_clinician


def test_the_list_goes_on_after_fifty(clinic, desk, monkeypatch):
    for at in range(51):
        clinic.clock.step(seconds=1)
        clinic.store.invitations.create(
            clinic_reference=f"MRN {at:02}",
            expires_at=clinic.clock(),
            actor=clinic.actor,
        )

    first = desk.get(LIST)
    onward = re.search(r'href="([^"]+)">Next page', first.text)[1]
    second = words(desk.get(onward))

    assert first.text.count("clinic-list__item") == 50
    assert "MRN 00" in second
    assert "MRN 01" not in second


def test_a_reference_is_found_whole_and_stands_in_no_address(clinic, desk):
    invite(desk)

    found = desk.post(f"{LIST}/find", reference="MRN 0042")
    part = words(desk.post(f"{LIST}/find", reference="MRN"))
    nothing = words(desk.post(f"{LIST}/find", reference=" "))

    assert "Made 1 March 2026" in words(found)
    assert "No invitation was made for this reference." in part
    assert "Enter the clinic's reference" in nothing
    assert clinic.audited("intake:invitation:view") == [
        ("a-coordinator", "search"),
        ("a-coordinator", "search"),
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reference": " "}, "Enter the clinic's reference"),
        ({"reference": "x" * 65}, "Enter the clinic's reference"),
        ({"days": ""}, "Choose for how long"),
        ({"days": "5000"}, "Choose for how long"),
    ],
)
def test_what_is_missing_is_told_and_no_link_is_made(clinic, desk, typed, told):
    answer = invite(desk, **typed)

    assert answer.status_code == 422
    assert told in words(answer)
    assert clinic.audited("intake:invitation:create") == []


def test_inviting_somebody_twice_is_asked_about_first(clinic, desk):
    invite(desk)

    asked = invite(desk, days="30")
    made = invite(desk, days="30", again="yes")

    assert asked.status_code == 422
    assert "This patient has an invitation already." in words(asked)
    assert re.search(r'value="30"[^>]* checked', asked.text)
    assert LINK.search(made.text)
    assert len(clinic.audited("intake:invitation:create")) == 2


def test_sent_again_the_old_link_is_dead_and_the_new_one_leads_back(clinic, desk):
    old = link_in(invite(desk))
    patient(clinic, old)
    drafts = clinic.row_counts()["drafts"]
    early = Browser(secure_client(clinic.app))
    early.get(old)

    answer = desk.post(f"{one_of(clinic)}/resend", days="30")

    assert OVER in words(patient(clinic, old)[0])
    assert early.post(old).status_code == 404
    assert patient(clinic, link_in(answer))[1].status_code == 303
    assert clinic.row_counts()["drafts"] == drafts
    assert len(clinic.audited("intake:invitation:resend")) == 1


def test_a_link_is_withdrawn_once_somebody_has_ticked_it(clinic, desk):
    link = link_in(invite(desk))

    asked = desk.post(f"{one_of(clinic)}/withdraw")
    still = patient(clinic, link)[0]
    done = desk.post(f"{one_of(clinic)}/withdraw", sure="yes")
    again = desk.post(f"{one_of(clinic)}/withdraw", sure="yes")

    assert (asked.status_code, still.status_code) == (422, 200)
    assert "Tick the box to withdraw" in words(asked)
    assert (done.status_code, again.status_code) == (303, 303)
    assert patient(clinic, link)[0].status_code == 404
    page = words(desk.get(one_of(clinic)))
    assert "State Withdrawn" in page
    assert "Make a new link" not in page
    assert len(clinic.audited("intake:invitation:withdraw")) == 1
    assert desk.post(f"{one_of(clinic)}/resend", days="7").status_code == 303


def test_a_form_that_was_begun_lives_on_after_withdrawing(clinic, desk):
    link = link_in(invite(desk))
    browser = Browser(secure_client(clinic.app))
    browser.get(link)
    browser.post(link)

    desk.post(f"{one_of(clinic)}/withdraw", sure="yes")

    assert browser.get("/q", follow_redirects=True).status_code == 200
    assert clinic.row_counts()["drafts"] == 1


def test_a_link_is_prolonged_and_the_patient_keeps_it(clinic, desk):
    link = link_in(invite(desk, days="7"))

    missing = desk.post(f"{one_of(clinic)}/prolong")
    desk.post(f"{one_of(clinic)}/prolong", days="30")
    clinic.clock.step(days=20)

    assert missing.status_code == 422
    assert patient(clinic, link)[0].status_code == 200
    assert len(clinic.audited("intake:invitation:prolong")) == 1


def test_an_expired_link_says_calmly_how_to_go_on(clinic, desk):
    link = link_in(invite(desk, days="7"))
    clinic.clock.step(days=8)

    expired = patient(clinic, link)[0]
    unknown = patient(clinic, "/i/never-was")[0]

    assert expired.status_code == 404
    assert OVER in words(expired)
    assert "Carry on with a code" in words(expired)
    assert words(unknown) == words(expired)


def test_an_invitation_that_there_is_none_of_is_not_found(desk):
    nowhere = f"{LIST}/none-of-this-id-22-xxx"

    assert desk.get(nowhere).status_code == 404
    assert desk.post(f"{nowhere}/resend", days="7").status_code == 404
    assert desk.post(f"{nowhere}/prolong", days="7").status_code == 404
    assert desk.post(f"{nowhere}/withdraw", sure="yes").status_code == 404


def test_where_patients_need_no_link_none_is_made(config, tmp_path, cases):
    with open_clinic(config, tmp_path, cases, has_patients=True) as clinic:
        desk = clinic.quick("coordinator")
        page = words(desk.get(LIST))
        asked, made = desk.get(f"{LIST}/new"), invite(desk)

    assert "its setting SCREENING_IDENTITY is “contact”" in page
    assert "Invite a patient" not in page
    assert (asked.location, made.location) == (LIST, LIST)


def test_both_ways_to_a_form_lead_to_each_other(desk):
    assert 'href="/clinic/fill-in"' in desk.get(LIST).text.split("<main")[1]
    assert f'href="{LIST}"' in desk.get("/clinic/fill-in").text.split("<main")[1]


def test_whoever_keeps_accounts_sees_no_invitations(clinic, desk):
    invite(desk)

    assert clinic.quick("administrator").get(LIST).status_code == 403


def test_the_text_is_offered_in_spanish_where_the_form_is(clinic, desk, monkeypatch):
    english = invite(desk).text
    monkeypatch.setattr(
        "screening.web.clinician.invitations.offered_languages", lambda: ("en", "es")
    )

    both = invite(desk, again="yes")

    assert "in Spanish" not in english
    assert "El enlace vale hasta el 14 de marzo de 2026" in words(both)


def test_the_form_of_a_link_is_deleted_and_the_next_link_begins_anew(clinic, desk):
    invite(desk)
    content = DraftContent(started_at=clinic.clock())
    draft = clinic.store.drafts.create(
        clinic.questionnaire.sha256, content, actor=PATIENT
    )
    clinic.store.invitations.use(one_of(clinic).rsplit("/", 1)[1], draft.id)
    clinic.store.drafts.delete(draft.id, actor=PATIENT)

    answer = desk.post(f"{one_of(clinic)}/resend", days="7")

    assert patient(clinic, link_in(answer))[1].status_code == 303

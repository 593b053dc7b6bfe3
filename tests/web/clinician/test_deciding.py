"""Does a clinician write a decision without losing anything, and know who else does?"""

from dataclasses import replace

import pytest
from sqlalchemy import select

from screening.accounts.permissions import Role
from screening.store.audit import Actor
from screening.store.tables import DecisionDraftRow
from screening.web.clinician.decision_form import LONGEST, LONGEST_OVERRIDE
from screening.web.shell import put_shell
from tests.accounts.authenticators import AppOfATest
from tests.web.clinician.deciding import (
    NOT_NOW,
    begin,
    decide,
    home,
    revision_in,
    save,
    words,
    write,
)


@pytest.fixture
def browser(clinic):
    return clinic.browser("clinician")


@pytest.fixture
def other(clinic):
    """Give a browser of a second clinician."""
    user = clinic.accounts.users.create(
        username="ben",
        display_name="Dr Ben Cole",
        role=Role.CLINICIAN,
        password="velvet tangerine orbit kayak",
        actor=Actor.service("test"),
    )
    clinic.apps["ben"] = AppOfATest.of(clinic.accounts, user.id)
    found = clinic.browser()
    assert found.sign_in("ben").status_code == 303
    return found


def test_the_record_leads_to_a_form_of_ones_own(clinic, browser):
    reference = clinic.submit("N1")

    answer = begin(browser, reference)
    page = browser.get(answer.location)

    assert answer.status_code == 303
    assert page.status_code == 200
    assert f"Decide about {reference}" in words(page)
    assert clinic.audited("decision:draft:begin") == [("a-clinician", reference)]


def test_every_finding_has_a_place_for_what_is_held_instead(clinic, browser):
    reference = clinic.submit("U1")
    begin(browser, reference)

    page = browser.get(f"{home(reference)}/draft").text

    for finding in clinic.expected["U1"]["findings"]:
        assert f'name="holds-{finding}"' in page
        assert f'name="because-{finding}"' in page


def test_what_was_saved_is_there_when_one_comes_back(clinic, browser):
    reference = clinic.submit("U1")
    begin(browser, reference)
    finding = clinic.expected["U1"]["findings"][0]

    answer = save(
        browser,
        reference,
        then="record",
        reason="half a thought <b>",
        notes="call her sister",
        **{f"holds-{finding}": "an obsession", "rate-nimh_gocs.v": "99"},
    )

    page = browser.get(f"{home(reference)}/draft").text
    assert answer.location.endswith(f"/clinic/submissions/{reference}")
    assert "half a thought &lt;b&gt;" in page
    assert "call her sister" in page
    assert "an obsession" in page
    assert 'value="99"' in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose what you decide."),
        ({"decision": "not_now"}, "Give your reason."),
        ({"decision": "burn", "reason": "x"}, "Choose one of these."),
        ({"decision": "ask", "reason": "x"}, "Choose at least one question"),
        (NOT_NOW | {"reason": "x" * (LONGEST + 1)}, f"Use at most {LONGEST}"),
        (NOT_NOW | {"rate-nimh_gocs.v": "99"}, "between 1 and 15"),
        (NOT_NOW | {"rate-cgi_s_i.i": "2"}, "or leave the whole scale unrated"),
    ],
)
def test_what_is_open_is_told_and_kept(clinic, browser, fields, told):
    reference = clinic.submit("N1")
    begin(browser, reference)

    answer = save(browser, reference, **fields)

    assert answer.status_code == 422
    assert told in words(answer)
    assert "<title>Error: " in answer.text
    saved = browser.get(f"{home(reference)}/draft").text
    assert fields.get("reason", "") in saved
    assert fields.get("rate-nimh_gocs.v", "") in saved


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"holds": "x"}, "Give the reason for what you hold instead."),
        ({"because": "x"}, "Say what you hold instead"),
        ({"holds": "x" * (LONGEST_OVERRIDE + 1), "because": "y"}, "Use at most 500"),
    ],
)
def test_a_finding_is_overridden_with_a_reason_or_not_at_all(
    clinic, browser, typed, told
):
    reference = clinic.submit("U1")
    begin(browser, reference)
    finding = clinic.expected["U1"]["findings"][0]

    fields = {f"{name}-{finding}": text for name, text in typed.items()}
    answer = save(browser, reference, **NOT_NOW, **fields)

    assert answer.status_code == 422
    assert told in words(answer)


def test_inviting_where_no_barrier_was_reported_needs_no_reason(clinic, browser):
    reference = clinic.submit("L1")

    answer = write(browser, reference, decision="invite")

    assert clinic.expected["L1"]["outcome"] == "no_barrier_reported"
    assert answer.location.endswith("/decision/sign")


def test_inviting_in_spite_of_a_finding_needs_a_reason(clinic, browser):
    reference = clinic.submit("U1")

    answer = write(browser, reference, decision="invite")

    assert "Give your reason." in words(answer)


def test_a_name_that_the_form_has_not_is_refused(clinic, browser):
    reference = clinic.submit("N1")
    begin(browser, reference)

    answer = save(browser, reference, **NOT_NOW, signer="somebody else")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "wrong", [{"then": "burn"}, {"revision": "x"}, {"revision": "-1"}]
)
def test_a_button_or_a_revision_that_there_is_not_is_refused(clinic, browser, wrong):
    reference = clinic.submit("N1")
    begin(browser, reference)

    assert save(browser, reference, **NOT_NOW, **wrong).status_code == 400


def test_a_second_window_shows_both_texts_and_loses_neither(clinic, browser):
    reference = clinic.submit("N1")
    begin(browser, reference)
    old = revision_in(browser.get(f"{home(reference)}/draft"))
    save(browser, reference, then="record", reason="text of the first window")

    answer = save(
        browser, reference, revision=old, reason="text of the second", then="record"
    )

    assert answer.status_code == 409
    assert "text of the first window" in answer.text
    assert "text of the second" in answer.text
    kept = browser.get(f"{home(reference)}/draft").text
    assert "text of the first window" in kept


def test_what_was_put_together_of_both_windows_can_be_saved(clinic, browser):
    reference = clinic.submit("N1")
    begin(browser, reference)
    old = revision_in(browser.get(f"{home(reference)}/draft"))
    save(browser, reference, then="record", reason="first")
    stale = save(browser, reference, revision=old, reason="second", then="record")

    answer = browser.post(
        f"{home(reference)}/draft",
        revision=revision_in(stale),
        then="record",
        reason="first and second",
    )

    assert answer.status_code == 303
    assert "first and second" in browser.get(f"{home(reference)}/draft").text


@pytest.mark.parametrize("page", ["", "/decision", "/decision/draft"])
def test_two_reviewers_are_told_of_each_other(clinic, browser, other, page):
    reference = clinic.submit("N1")
    begin(other, reference)
    clinic.clock.step(minutes=7)
    begin(browser, reference)

    told = words(browser.get(f"/clinic/submissions/{reference}{page}"))

    assert "Dr Ben Cole began a decision on 1 March 2026, 09:30 UTC" in told
    assert "Some Clinician began" not in told


def test_nobody_sees_or_changes_what_the_other_writes(clinic, browser, other):
    reference = clinic.submit("N1")
    begin(other, reference)
    save(other, reference, then="record", reason="thoughts of Ben")
    begin(browser, reference)

    save(browser, reference, then="record", reason="thoughts of mine")

    assert "thoughts of Ben" not in browser.get(f"{home(reference)}/draft").text
    assert "thoughts of Ben" in other.get(f"{home(reference)}/draft").text


def test_what_somebody_signed_meanwhile_is_shown_beside_ones_own(
    clinic, browser, other
):
    reference = clinic.submit("N1")
    write(browser, reference, decision="refer", reason="to the crisis team")
    decide(other, reference, **NOT_NOW)

    page = browser.get(f"{home(reference)}/sign")

    assert page.status_code == 409
    assert "A version was signed while you were writing" in words(page)
    assert NOT_NOW["reason"] in words(page)
    assert "to the crisis team" in page.text
    assert "Dr Ben Cole (ben), clinician" in words(page)


def test_ones_own_can_go_on_from_what_was_signed_meanwhile(clinic, browser, other):
    reference = clinic.submit("N1")
    mine = {"decision": "refer", "reason": "to the crisis team"}
    write(browser, reference, **mine)
    decide(other, reference, **NOT_NOW)

    save(browser, reference, then="onward", newest="1", **mine)

    page = browser.get(f"{home(reference)}/sign")
    assert page.status_code == 200
    assert "2, which goes on from version 1" in words(page)


def test_what_was_discarded_is_gone(clinic, browser):
    reference = clinic.submit("N1")
    write(browser, reference)

    browser.post(f"{home(reference)}/discard")

    answer = browser.get(f"{home(reference)}/draft")
    assert answer.location.endswith(home(reference))
    assert "Nothing was decided yet." in words(browser.get(home(reference)))
    assert browser.post(f"{home(reference)}/discard").status_code == 303


def test_a_scale_that_has_to_be_asked_for_is_not_offered(clinic, browser):
    reference = clinic.submit("N1")
    begin(browser, reference)

    page = browser.get(f"{home(reference)}/draft").text

    assert 'name="rate-nimh_gocs.v"' in page
    assert 'name="rate-cgi_s_i.s"' in page
    assert "rate-ybocs." not in page


def test_a_scale_with_its_licensed_text_is_offered(clinic, browser):
    (clinic.folder / "packs" / "ybocs.yaml").write_text(PACK, encoding="utf-8")
    shell = clinic.app.extensions["screening"]
    config = replace(shell.config, questionnaires=clinic.folder)
    put_shell(clinic.app, replace(shell, config=config))
    reference = clinic.submit("N1")
    begin(browser, reference)

    page = browser.get(f"{home(reference)}/draft").text

    assert 'name="rate-ybocs.q10"' in page
    assert "wording of item ten" in page


PACK = """language_version: 1
pack: ybocs
language: en
licence_reference: "a licence made up for this test"
items:
""" + "".join(
    f'  q{n}: "wording of item {"ten" if n == 10 else n}"\n' for n in range(1, 11)
)


def test_looking_changes_nothing_but_the_audit_trail(clinic, browser):
    reference = clinic.submit("N1")
    write(browser, reference)
    before = clinic.row_counts()

    for page in ("", "/draft", "/sign"):
        browser.get(f"{home(reference)}{page}")

    after = clinic.row_counts()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"audit"}


def test_deciding_about_an_unknown_reference_is_not_found(browser):
    browser.get("/clinic")

    assert browser.post(f"{home('0000-0000')}/begin").status_code == 404
    assert browser.get(home("0000-0000")).status_code == 404


def test_a_draft_that_cannot_be_read_keeps_nobody_from_deciding(clinic, browser):
    reference = clinic.submit("U1")
    write(browser, reference)
    with clinic.store.database.transaction() as session:
        row = session.scalars(select(DecisionDraftRow)).one()
        row.ciphertext = row.ciphertext[:-1] + bytes([row.ciphertext[-1] ^ 1])

    page = browser.get(home(reference))

    assert page.status_code == 200
    assert browser.get(f"{home(reference)}/draft").location == home(reference)
    assert begin(browser, reference).location == f"{home(reference)}/draft"
    assert browser.get(f"{home(reference)}/draft").status_code == 200

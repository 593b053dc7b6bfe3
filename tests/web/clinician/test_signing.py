"""Is what was signed what was shown, by whom it says, and never changed afterwards?"""

import pytest
from sqlalchemy import text

from screening.accounts.problems import SignerRefused
from screening.store.audit import Actor
from tests.web.clinician.deciding import (
    NOT_NOW,
    SEEN,
    begin,
    decide,
    home,
    save,
    sign,
    words,
    write,
)


@pytest.fixture
def browser(clinic):
    return clinic.browser("clinician")


@pytest.fixture
def reference(clinic):
    return clinic.submit("U1")


def drop_guards(clinic):
    """Take the triggers away, as somebody who owns the database could."""
    with clinic.store.database.engine.begin() as connection:
        for deed in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER decisions_refuses_{deed}"))


def change(clinic, statement):
    drop_guards(clinic)
    with clinic.store.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_what_is_signed_is_shown_first_word_for_word(clinic, browser, reference):
    finding = clinic.expected["U1"]["findings"][0]
    answer = write(
        browser,
        reference,
        **NOT_NOW,
        notes="Call her sister.",
        **{
            f"holds-{finding}": "An unwanted thought.",
            f"because-{finding}": "Seen today.",
            "rate-nimh_gocs.v": "8",
            "rate-cgi_s_i.s": "5",
        },
    )

    said = words(browser.get(answer.location))

    assert "Decision Not now" in said
    assert NOT_NOW["reason"] in said
    assert "An unwanted thought. Reason: Seen today." in said
    assert "Present clinical state 8" in said
    assert "Total 8 of 1 to 15: clinical, by table nimh" in said
    assert "CGI-S: severity Markedly ill (5)" in said
    assert "Call her sister." in said
    assert f"“I reviewed submission {reference} and decided: Not now.”" in said


def test_a_signed_decision_says_who_when_what_it_means_and_over_what(
    clinic, browser, reference
):
    page = words(decide(browser, reference))

    assert "Not now: version 1, which holds" in page
    assert "Signed by Some Clinician (a-clinician), clinician" in page
    assert "1 March 2026, 09:30 UTC (2026-03-01T09:30:00.000000Z)" in page
    assert f"Meaning I reviewed submission {reference} and decided: Not now." in page
    assert "Confirmed by password" in page
    [signed] = clinic.audited("submission:sign")
    assert signed == ("a-clinician", reference)


def test_it_is_signed_over_the_record_that_its_pdf_names(clinic, browser, reference):
    page = words(decide(browser, reference))

    record = page.split("SHA-256 of the record ")[1][:64]
    signed = clinic.store.decisions.read(
        reference, actor=Actor.service("test"), record_sha256=record
    )
    assert signed.current is not None


@pytest.mark.parametrize("password", ["", "velvet tangerine orbit", "x" * 200])
def test_nothing_is_signed_without_the_right_password(
    clinic, browser, reference, password
):
    write(browser, reference)

    answer = sign(browser, reference, password)

    assert answer.status_code == 422
    assert str(SignerRefused()) in words(answer)
    assert clinic.audited("submission:sign") == []
    assert len(clinic.audited("decision:sign:refused")) == 1
    assert "Nothing was decided yet." in words(browser.get(home(reference)))


def test_guessing_passwords_ends_after_five(clinic, browser, reference):
    write(browser, reference)

    codes = [sign(browser, reference, "wrong").status_code for _ in range(6)]

    assert codes == [422] * 5 + [429]


def test_what_was_changed_since_it_was_read_is_not_signed(clinic, browser, reference):
    write(browser, reference)
    seen = SEEN.search(browser.get(f"{home(reference)}/sign").text)[1]
    save(browser, reference, decision="invite", reason="changed in another window")

    answer = browser.post(
        f"{home(reference)}/sign", seen=seen, password="velvet tangerine orbit kayak"
    )

    assert answer.status_code == 409
    assert "What would be signed has changed since you read it." in words(answer)
    assert "changed in another window" in words(answer)
    assert clinic.audited("submission:sign") == []


def test_pressed_twice_it_is_signed_once(clinic, browser, reference):
    write(browser, reference)
    seen = SEEN.search(browser.get(f"{home(reference)}/sign").text)[1]
    form = {"seen": seen, "password": "velvet tangerine orbit kayak"}

    first = browser.post(f"{home(reference)}/sign", **form)
    second = browser.post(f"{home(reference)}/sign", **form)

    assert first.location == second.location
    assert len(clinic.audited("submission:sign")) == 1


def test_a_decision_without_what_it_needs_cannot_be_signed(clinic, browser, reference):
    begin(browser, reference)
    save(browser, reference, then="record", decision="refer")

    page = browser.get(f"{home(reference)}/sign")

    assert page.status_code == 422
    assert "Give your reason." in words(page)


def test_an_amendment_keeps_the_version_before_and_says_what_changed(
    clinic, browser, reference
):
    decide(browser, reference, **NOT_NOW, notes="Call her sister.")
    clinic.clock.step(hours=1)
    browser.sign_in("a-clinician")

    page = words(decide(browser, reference, decision="invite", reason="Seen today."))

    assert "Invite to a visit: version 2, which holds" in page
    assert "Not now: version 1, replaced" in page
    assert "Decision Before: Not now Now: Invite to a visit" in page
    assert "Notes Before: Call her sister. Now: nothing" in page
    assert "decided: Invite to a visit. This amends version 1." in page
    assert clinic.audited("submission:amend") == [("a-clinician", reference)]


def test_an_amendment_begins_with_what_was_signed(clinic, browser, reference):
    fields = {"rate-nimh_gocs.v": "8", "rate-cgi_s_i.s": "5"}
    decide(browser, reference, **NOT_NOW, **fields)

    begin(browser, reference)

    form = browser.get(f"{home(reference)}/draft")
    assert NOT_NOW["reason"] in form.text
    assert 'value="8"' in form.text
    assert "This goes on from version 1, which stays as it was signed." in words(form)


def test_the_record_and_the_queue_say_what_was_decided(clinic, browser, reference):
    other = clinic.submit("N1")
    decide(browser, reference)

    record = words(browser.get(f"/clinic/submissions/{reference}"))
    queue = words(browser.get("/clinic"))

    assert "Decided: Not now. Version 1, signed by Some Clinician" in record
    assert "Not now" in queue
    assert "Not decided" in queue
    assert "Decided:" not in words(browser.get(f"/clinic/submissions/{other}"))


def test_the_queue_can_be_narrowed_to_what_waits_for_a_decision(
    clinic, browser, reference
):
    other = clinic.submit("N1")
    decide(browser, reference)

    page = browser.get("/clinic?show=waiting").text

    assert other in page
    assert reference not in page


# -- what somebody with the database changes


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET ciphertext = wrapped_key",
        "UPDATE decisions SET decision = 'invite'",
        "DELETE FROM decisions",
    ],
)
def test_a_signature_that_does_not_hold_is_shown_as_broken(
    clinic, browser, reference, statement
):
    decide(browser, reference)

    change(clinic, statement)

    page = words(browser.get(home(reference)))
    record = words(browser.get(f"/clinic/submissions/{reference}"))
    assert "What is stored is not what was signed" in page
    assert "Version 1 is not as it was signed" in page
    assert "Version 1 is not as it was signed" in record
    assert "Decided: Not now" not in record
    assert "which holds" not in page
    assert "Amend the decision" not in page


def test_nothing_is_begun_on_a_signature_that_does_not_hold(clinic, browser, reference):
    decide(browser, reference)
    change(clinic, "UPDATE decisions SET decision = 'invite'")

    answer = begin(browser, reference)

    assert answer.location.endswith(home(reference))
    assert len(clinic.audited("decision:draft:begin")) == 1


def test_a_record_that_was_changed_after_signing_is_not_the_one_signed(
    clinic, browser, reference, monkeypatch
):
    decide(browser, reference)

    monkeypatch.setattr(
        "screening.report.record.Record.record_hash", property(lambda _: "ab" * 32)
    )

    page = words(browser.get(home(reference)))
    assert "the record is not the one that was signed" in page


# -- who may do what


def test_a_coordinator_sees_the_decision_and_nothing_of_the_patient(
    clinic, browser, reference
):
    decide(browser, reference)
    coordinator = clinic.browser("coordinator")

    page = words(coordinator.get(home(reference)))

    assert "Not now: version 1, which holds" in page
    assert "Signed by Some Clinician (a-clinician), clinician" in page
    assert NOT_NOW["reason"] not in page
    assert "Amend" not in page
    assert clinic.audited("decision:view")[-1] == ("a-coordinator", reference)


@pytest.mark.parametrize("deed", ["begin", "draft", "discard", "sign"])
@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_only_clinicians_decide(clinic, browser, reference, role, deed):
    write(browser, reference)
    somebody = clinic.browser(role)
    somebody.get("/clinic")

    answer = somebody.post(f"{home(reference)}/{deed}", **NOT_NOW)

    assert answer.status_code == 404
    assert clinic.audited("authz:denied")[-1] == (f"a-{role}", reference)

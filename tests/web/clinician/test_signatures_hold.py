"""Is a signature bound to its record, its signer and its moment, version by version?

SEC-49 and SEC-50 of the list of security requirements, on the pages and in the PDF.
"""

import io
import re

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from screening.accounts.sessions import Stage
from screening.report.inside import inside
from screening.store.audit import Actor
from tests.web.clinician.deciding import NOT_NOW, SEEN, decide, home, sign, words, write

SIGNED_AT = "2026-03-01T09:30:00.000000Z"
GONE = "The signature no longer matches."
COPY = """
    INSERT INTO decisions (id, submission_id, number, decision, signed_at, sha256,
        previous_sha256, key_id, wrapped_key, ciphertext)
    SELECT 'copied-by-somebody-xxx',
        (SELECT id FROM submissions WHERE reference = :other), number, decision,
        signed_at, sha256, previous_sha256, key_id, wrapped_key, ciphertext
    FROM decisions
"""
MOVE = """
    UPDATE decisions SET submission_id =
        (SELECT id FROM submissions WHERE reference = :other)
"""
CHANGES = {
    "its text": "UPDATE decisions SET ciphertext = wrapped_key",
    "its word": "UPDATE decisions SET decision = 'invite'",
    "its time": "UPDATE decisions SET signed_at = '2026-02-01 09:30:00'",
    "its hash": "UPDATE decisions SET sha256 = replace(sha256, 'a', 'b') || ' '",
}


@pytest.fixture
def browser(clinic):
    return clinic.browser("clinician")


@pytest.fixture
def reference(clinic):
    return clinic.submit("U1")


def page_of(browser, reference):
    return words(browser.get(home(reference)))


def pdf_of(browser, reference):
    return browser.get(f"/clinic/submissions/{reference}.pdf").data


def text_of(pdf):
    """Give a PDF's words without the spaces, which its columns break anywhere."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def squeezed(said):
    return "".join(said.split())


def change(clinic, statement, **values):
    """Change what is stored, as somebody who owns the database could."""
    with clinic.store.database.engine.begin() as connection:
        for deed in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER decisions_refuses_{deed}"))
        assert connection.execute(text(statement), values).rowcount == 1


# -- SEC-49: an amendment adds a version


def test_sec_49_an_amendment_adds_a_version_and_the_old_one_stays_readable(
    clinic, browser, reference
):
    decide(browser, reference, **NOT_NOW, notes="Call her sister.")
    first = clinic.store.decisions.read(reference, actor=clinic.actor).versions
    clinic.clock.step(minutes=4)
    decide(browser, reference, decision="invite", reason="Seen today.")

    history = clinic.store.decisions.read(reference, actor=clinic.actor)
    page = page_of(browser, reference)
    old = page.split("All of version 1")[1]

    assert history.versions[:1] == first
    assert [one.number for one in history.versions] == [1, 2]
    assert "Invite to a visit: version 2, which holds" in page
    assert NOT_NOW["reason"] in old
    assert "Call her sister." in old
    assert f"({SIGNED_AT})" in old
    assert first[0].sha256 in old


def test_sec_49_an_amendment_is_bound_to_the_version_that_it_replaces(
    clinic, browser, reference
):
    decide(browser, reference)
    first = clinic.store.decisions.read(reference, actor=clinic.actor).current

    page = words(decide(browser, reference, decision="refer", reason="To the hospital"))

    assert f"SHA-256 of the version before {first.sha256}" in page
    assert "This amends version 1." in page
    assert squeezed("This amends version 1.") in text_of(pdf_of(browser, reference))


def test_sec_49_no_version_can_be_written_over(clinic, browser, reference):
    decide(browser, reference)

    engine = clinic.store.database.engine
    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(text("UPDATE decisions SET decision = 'invite'"))

    assert "Not now: version 1, which holds" in page_of(browser, reference)


# -- SEC-50: what a signature says


def test_sec_50_the_page_and_the_pdf_say_who_when_in_utc_and_what_it_means(
    browser, reference
):
    page = words(decide(browser, reference))
    printed = text_of(pdf_of(browser, reference))

    for said in (
        "Some Clinician (a-clinician), clinician",
        f"1 March 2026, 09:30 UTC ({SIGNED_AT})",
        f"I reviewed submission {reference} and decided: Not now.",
    ):
        assert said in page
        assert squeezed(said) in printed


def test_sec_50_the_hash_is_of_the_signed_text_that_the_pdf_carries(
    clinic, browser, reference
):
    page = words(decide(browser, reference))
    pdf = pdf_of(browser, reference)
    signed = clinic.store.decisions.read(reference, actor=clinic.actor).current

    assert inside(pdf).decision == signed.text
    assert f"SHA-256 of what was signed {signed.sha256}" in page
    assert signed.sha256 in text_of(pdf)


# -- SEC-50: what has to be shown to sign


def test_sec_50_nobody_gets_to_sign_with_the_password_alone(clinic, browser, reference):
    write(browser, reference)
    seen = SEEN.search(browser.get(f"{home(reference)}/sign").text)[1]
    half = clinic.quick("clinician", Stage.HALF)
    half.get("/clinic/sign-in/second")

    answer = half.post(
        f"{home(reference)}/sign", seen=seen, password="velvet tangerine orbit kayak"
    )

    assert answer.status_code == 303
    assert answer.location.startswith("/clinic/sign-in/second")
    assert clinic.audited("submission:sign") == []


def test_sec_50_after_two_factors_each_signature_of_the_session_takes_one(
    clinic, browser
):
    for case in ("U1", "L1"):
        reference = clinic.submit(case)
        write(browser, reference)
        assert sign(browser, reference, "").status_code == 422
        assert sign(browser, reference).status_code == 303
        clinic.clock.step(minutes=4)

    assert len(clinic.audited("account:two_factor:failure")) == 0
    assert len(clinic.audited("account:login:success")) == 1
    assert len(clinic.audited("decision:sign:refused")) == 2
    assert len(clinic.audited("submission:sign")) == 2


# -- SEC-50: what no longer holds


@pytest.mark.parametrize("what", CHANGES)
def test_sec_50_of_an_altered_version_it_says_that_the_signature_no_longer_matches(
    clinic, browser, reference, what
):
    decide(browser, reference)

    change(clinic, CHANGES[what])

    record = words(browser.get(f"/clinic/submissions/{reference}"))
    pdf = pdf_of(browser, reference)
    assert GONE in page_of(browser, reference)
    assert GONE in record
    assert squeezed(GONE) in text_of(pdf)
    assert inside(pdf).decision is None
    [(where, _)] = clinic.store.decisions.check_all()[1]
    assert where == reference


def test_sec_50_of_an_altered_record_it_says_that_the_signature_no_longer_matches(
    browser, reference, monkeypatch
):
    decide(browser, reference)

    monkeypatch.setattr(
        "screening.report.record.Record.record_hash", property(lambda _: "ab" * 32)
    )

    page = page_of(browser, reference)
    assert f"the record is not the one that was signed. {GONE}" in page


def test_sec_50_a_signature_copied_to_another_record_does_not_hold_there(
    clinic, browser, reference
):
    other = clinic.submit("L1")
    decide(browser, reference)

    change(clinic, COPY, other=other)

    assert GONE in page_of(browser, other)
    assert squeezed(GONE) in text_of(pdf_of(browser, other))
    assert GONE not in page_of(browser, reference)
    count, broken = clinic.store.decisions.check_all()
    assert (count, [where for where, _ in broken]) == (2, [other])


def test_sec_50_a_signature_moved_to_another_record_holds_nowhere(
    clinic, browser, reference
):
    other = clinic.submit("L1")
    decide(browser, reference)

    change(clinic, MOVE, other=other)

    assert f"it was signed for another submission. {GONE}" in page_of(browser, other)
    assert f"the version is gone. {GONE}" in page_of(browser, reference)
    _, broken = clinic.store.decisions.check_all()
    assert {where for where, _ in broken} == {reference, other}


def test_sec_50_a_copied_row_cannot_be_signed_on(clinic, browser, reference):
    other = clinic.submit("L1")
    decide(browser, reference)
    change(clinic, COPY, other=other)

    page = browser.get(home(other)).text

    assert not re.search(r"Amend the decision|decision/begin", page)
    history = clinic.store.decisions.read(other, actor=Actor.service("test"))
    assert history.current is None

"""Is it known which version patients are asked, and what was shown of it before?"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from screening.core.certificate import (
    Basis,
    Certificate,
    Redecision,
    Waiver,
    read_certificate,
)
from screening.store.audit import Action, Actor
from screening.store.problems import (
    CertificateUnknown,
    RecordUnreadable,
    VersionUnknown,
)
from screening.store.tables import AuditRow
from screening.store.versions import Bundle
from tests.store.fixtures import SHA256

ADA = Actor(name="ada", role="coordinator")
BOB = Actor(name="bob", role="clinician")
NAME = "ocd-ketamine"
WAIVER = Waiver(
    about="reached: page seizures",
    standing="refuted",
    words="no patient's answers lead to page seizures",
    reason="The page is for next month.",
    near="L1",
    changed={"age": 17, "weight": Decimal("70.5"), "note": "\u2603"},
)


def certificate(**changes):
    usual = {
        "questionnaire": NAME,
        "version": "2.0",
        "sha256": SHA256,
        "made_at": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        "day": date(2026, 3, 1),
        "engine": "0.1.0",
        "solver": "Z3 1.2",
        "basis": Basis.PROOFS,
        "rests_on": None,
        "cases": 3,
        "proved": {"promises": ("promise nobody-under-18",)},
        "accepted_unknowns": ("weight",),
        "left_out": ("severity",),
        "waivers": (),
        "compared_with": "ab" * 32,
        "redecided": (
            Redecision(before="urgent", after="needs review", near=None, changed=None),
        ),
        "by": "ada",
        "second_is_needed": False,
    }
    return Certificate(**(usual | changes))


def kept(store, **changes):
    made = certificate(**changes)
    store.certificates.keep(made, actor=ADA)
    return made


def deeds(store):
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    return [(row.action, row.actor, row.object_id) for row in rows]


def test_a_certificate_says_the_same_when_it_is_read_back():
    made = certificate()

    assert read_certificate(made.text) == made


def test_a_waived_patient_keeps_every_answer():
    read = read_certificate(certificate(waivers=(WAIVER,)).text)

    assert read.waivers[0].changed == {"age": 17, "weight": "70.5", "note": "\u2603"}
    assert read.id == certificate(waivers=(WAIVER,)).id


@pytest.mark.parametrize("told", ["", "{}", "[]", "null", '{"basis": 3}'])
def test_what_is_no_certificate_is_refused(told):
    with pytest.raises(ValueError, match=r"certificate|Expecting"):
        read_certificate(told)


def test_nothing_is_published_before_somebody_publishes(store):
    kept(store)

    assert store.certificates.published(NAME) is None
    assert store.certificates.state(NAME) == 0


def test_what_is_published_last_holds_and_is_noted(store):
    first, second = kept(store), kept(store, cases=4)
    for made, actor in ((first, ADA), (second, BOB)):
        store.certificates.publish(made, actor=actor)

    now = store.certificates.published(NAME)

    assert (now.certificate, now.published_by, now.seconded_by) == (second, "bob", None)
    assert deeds(store)[-4:] == [
        (Action.QUESTIONNAIRE_CERTIFY, "ada", first.id),
        (Action.QUESTIONNAIRE_CERTIFY, "ada", second.id),
        (Action.QUESTIONNAIRE_PUBLISH, "ada", first.id),
        (Action.QUESTIONNAIRE_PUBLISH, "bob", second.id),
    ]


def test_an_earlier_version_can_be_gone_back_to(store):
    first, second = kept(store), kept(store, cases=4)
    states = []
    for made in (first, second, first):
        store.certificates.publish(made, actor=ADA)
        states.append(store.certificates.state(NAME))

    assert store.certificates.published(NAME).certificate == first
    assert len(set(states)) == 3
    assert len(store.certificates.publications(first)) == 2


def test_another_questionnaire_is_published_by_itself(store):
    store.certificates.publish(kept(store), actor=ADA)

    assert store.certificates.published("first-visit") is None


def test_what_is_waived_needs_a_second_person_where_the_clinic_says_so(store):
    made = kept(store, waivers=(WAIVER,), second_is_needed=True)
    for nobody in (None, "ada"):
        with pytest.raises(ValueError, match="second person"):
            store.certificates.publish(made, actor=ADA, seconded_by=nobody)
    assert store.certificates.published(NAME) is None

    store.certificates.publish(made, actor=BOB, seconded_by="bob")

    now = store.certificates.published(NAME)
    assert (now.published_by, now.seconded_by) == ("ada", "bob")
    with store.database.reading() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert last.reason == f"{WAIVER.about}: {WAIVER.reason}"


def test_a_certificate_is_of_a_version_that_is_kept(store):
    with pytest.raises(VersionUnknown):
        store.certificates.keep(certificate(sha256="00" * 32), actor=ADA)


def test_what_was_never_kept_is_not_published(store):
    with pytest.raises(CertificateUnknown):
        store.certificates.publish(certificate(), actor=ADA)


def test_a_certificate_is_found_by_the_beginning_of_its_id(store):
    first, second = kept(store), kept(store, cases=4)

    assert store.certificates.find(first.id[:12]) == first
    assert store.certificates.find(second.id) == second
    for nothing in ("", "x", "%"):
        with pytest.raises(CertificateUnknown):
            store.certificates.find(nothing)


def test_keeping_it_again_is_not_noted_again(store):
    kept(store)
    before = len(deeds(store))

    kept(store)

    assert len(deeds(store)) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE certificates SET text = replace(text, '\"cases\": 3', '\"cases\": 9')",
        "UPDATE certificates SET text = '{}'",
        "UPDATE certificates SET version_sha256 = '" + "cd" * 32 + "'",
    ],
)
def test_one_that_was_changed_is_not_taken_for_what_was_written(store, change):
    other = Bundle(sha256="cd" * 32, questionnaire=NAME, version="3", files={})
    store.versions.keep_version(other, actor=ADA)
    store.certificates.publish(kept(store), actor=ADA)

    with store.database.engine.begin() as connection:
        assert connection.execute(text(change)).rowcount == 1

    with pytest.raises(RecordUnreadable):
        store.certificates.published(NAME)


def test_two_certificates_that_say_otherwise_are_not_called_the_same():
    made = certificate()

    assert made.id != replace(made, by="bob").id

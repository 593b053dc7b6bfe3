"""Can what a clinician signed be changed, moved or taken away unseen?"""

import hashlib
import json
import threading
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from screening.store.audit import Action, Actor
from screening.store.decision_drafts import Author
from screening.store.decisions import Signing
from screening.store.problems import DecisionChanged, DecisionGone, SignedMeanwhile
from screening.store.tables import AuditRow, DecisionRow
from tests.store.fixtures import submit

ANN = Author(id="a" * 22, username="ann", name="Dr Ann Bell", role="clinician")
BEN = Author(id="b" * 22, username="ben", name="Dr Ben Cole", role="clinician")
CLINICIAN = Actor(name="ann", role="clinician", request_id="request-2")
RECORD = "5e" * 32
CANARY = "canary-zebra-4711"


def signing(author=ANN, decision="not_now", **changes):
    usual = Signing(
        decision=decision,
        content={"decision": decision, "reason": CANARY},
        record_sha256=RECORD,
        meaning="I reviewed this submission.",
        signer=author,
        confirmed_by=("password",),
        zone="Europe/London",
    )
    return replace(usual, **changes)


@pytest.fixture
def reference(store, clock):
    return submit(store, clock).reference


def begin(store, reference, author=ANN, amends=0):
    store.decision_drafts.begin(
        reference, author, {"reason": ""}, amends=amends, actor=CLINICIAN
    )


def sign(store, reference, author=ANN, amends=0, **changes):
    begin(store, reference, author, amends)
    return store.decisions.sign(
        reference, signing(author, **changes), expected_revision=1, actor=CLINICIAN
    )


def read(store, reference, **options):
    return store.decisions.read(reference, actor=CLINICIAN, **options)


def audited(store, *actions):
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq))
        return [
            (row.action, row.object_id, row.reason)
            for row in rows
            if row.action in actions
        ]


def drop_guards(store):
    """Take the triggers away, as somebody who owns the database could."""
    with store.database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE decisions DISABLE TRIGGER ALL"))
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            return
        for table in ("decisions", "audit"):
            for deed in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_refuses_{deed}"))


def change(store, statement, **values):
    with store.database.engine.begin() as connection:
        connection.execute(text(statement), values)


def what_is_broken(store, reference, **options):
    return [one.what for one in read(store, reference, **options).broken]


def test_a_signed_decision_is_read_as_it_was_signed(store, reference, clock):
    signed = sign(store, reference)

    read_again = read(store, reference, record_sha256=RECORD).current

    assert read_again == signed
    assert read_again.content == {"decision": "not_now", "reason": CANARY}
    assert (read_again.signer, read_again.signed_at) == (ANN, clock())
    assert (read_again.number, read_again.previous_sha256) == (1, None)


def test_the_hash_is_of_everything_that_was_signed(store, reference):
    signed = sign(store, reference)

    told = json.loads(signed.text)

    assert hashlib.sha256(signed.text).hexdigest() == signed.sha256
    assert told["record_sha256"] == RECORD
    assert told["meaning"] == "I reviewed this submission."
    assert told["signer"]["name"] == "Dr Ann Bell"
    assert told["signed_at"] == "2026-03-01T09:30:00.000000Z"
    assert told["content"]["reason"] == CANARY


def test_an_amendment_is_a_version_that_names_the_one_before(store, reference):
    first = sign(store, reference)
    second = sign(store, reference, BEN, amends=1, decision="invite")

    history = read(store, reference)

    assert history.versions == (first, second)
    assert second.previous_sha256 == first.sha256
    assert history.current == second


def test_signing_leaves_a_row_with_the_hash_in_the_audit_trail(store, reference):
    first = sign(store, reference)
    second = sign(store, reference, amends=1)

    assert audited(store, Action.SUBMISSION_SIGN, Action.SUBMISSION_AMEND) == [
        ("submission:sign", reference, f"version 1, sha256 {first.sha256}"),
        ("submission:amend", reference, f"version 2, sha256 {second.sha256}"),
    ]


def test_reading_is_noted_once_there_is_something_to_read(store, reference):
    read(store, reference)
    sign(store, reference)
    read(store, reference)

    assert audited(store, Action.DECISION_VIEW) == [("decision:view", reference, "")]


def test_an_unknown_submission_has_no_history(store):
    assert read(store, "0000-0000") is None
    with pytest.raises(DecisionGone):
        sign(store, "0000-0000")


def test_nothing_is_signed_without_a_draft(store, reference):
    with pytest.raises(DecisionGone):
        store.decisions.sign(reference, signing(), expected_revision=1, actor=CLINICIAN)

    assert read(store, reference).versions == ()


def test_a_draft_that_was_saved_since_is_not_signed(store, reference):
    begin(store, reference)
    store.decision_drafts.write(
        reference, ANN.id, {"reason": "x"}, expected_revision=1, actor=CLINICIAN
    )

    with pytest.raises(DecisionChanged, match="revision 1 and is now at 2"):
        store.decisions.sign(reference, signing(), expected_revision=1, actor=CLINICIAN)

    assert read(store, reference).versions == ()


def test_what_was_begun_before_somebody_signed_is_kept_and_not_signed(store, reference):
    begin(store, reference, BEN)
    sign(store, reference)

    with pytest.raises(SignedMeanwhile, match="version 1 was signed"):
        store.decisions.sign(
            reference, signing(BEN), expected_revision=1, actor=CLINICIAN
        )

    assert read(store, reference).newest == 1
    assert store.decision_drafts.read(reference, BEN.id).content == {"reason": ""}


def test_of_two_who_sign_at_once_one_is_told_of_the_other(store, reference):
    begin(store, reference, ANN)
    begin(store, reference, BEN)
    barrier = threading.Barrier(2)
    outcomes = []

    def go(author):
        barrier.wait()
        try:
            store.decisions.sign(
                reference, signing(author), expected_revision=1, actor=CLINICIAN
            )
            outcomes.append("signed")
        except SignedMeanwhile:
            outcomes.append("told")

    threads = [threading.Thread(target=go, args=(each,)) for each in (ANN, BEN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["signed", "told"]
    assert read(store, reference).newest == 1


def test_signing_and_its_audit_row_are_kept_together_or_not_at_all(
    store, reference, monkeypatch
):
    begin(store, reference)

    def fail(*_details, **_named):
        raise RuntimeError("no row")

    monkeypatch.setattr(store.audit, "append", fail)
    with pytest.raises(RuntimeError):
        store.decisions.sign(reference, signing(), expected_revision=1, actor=CLINICIAN)

    with store.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DecisionRow)) == 0
    assert store.decision_drafts.read(reference, ANN.id) is not None


# -- what the database refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET decision = 'invite'",
        "UPDATE decisions SET sha256 = 'x'",
        "UPDATE decisions SET ciphertext = wrapped_key",
        "UPDATE decisions SET number = 2",
        "DELETE FROM decisions",
    ],
)
def test_the_database_refuses_to_change_what_was_signed(store, reference, statement):
    sign(store, reference)

    with pytest.raises(DBAPIError, match="never changed"):
        change(store, statement)

    assert what_is_broken(store, reference) == []


def test_the_data_key_may_be_wrapped_by_another_key(store, reference):
    sign(store, reference)

    change(store, "UPDATE decisions SET key_id = key_id, wrapped_key = wrapped_key")

    assert what_is_broken(store, reference) == []


# -- what is seen once the guards are gone


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE decisions SET decision = 'invite'", "beside it is not what was"),
        ("UPDATE decisions SET sha256 = :other", "its hash is another one"),
        ("UPDATE decisions SET previous_sha256 = :other", "beside it is not what"),
        ("UPDATE decisions SET signed_at = :later", "beside it is not what was"),
        ("UPDATE decisions SET wrapped_key = ciphertext", "was not sealed for"),
    ],
)
def test_a_change_is_seen(store, reference, statement, what, clock):
    sign(store, reference)
    drop_guards(store)
    clock.step(days=1)
    named = {"other": "ab" * 32, "later": "2027-03-01 09:30:00"}

    used = {name: value for name, value in named.items() if f":{name}" in statement}
    change(store, statement, **used)

    [told] = what_is_broken(store, reference)
    assert what in told
    assert read(store, reference).current is None


@pytest.mark.parametrize("at", [0, 11, 12, -16, -1])
@pytest.mark.parametrize("column", ["ciphertext", "wrapped_key"])
def test_one_changed_byte_is_seen(store, reference, column, at):
    sign(store, reference)
    drop_guards(store)
    with store.database.transaction() as session:
        row = session.scalar(select(DecisionRow))
        changed = bytearray(getattr(row, column))
        changed[at] ^= 1
        setattr(row, column, bytes(changed))

    assert what_is_broken(store, reference) == ["signed was not sealed for this row"]


def test_a_signature_that_is_copied_to_another_submission_does_not_hold(
    store, reference, clock
):
    other = submit(store, clock).reference
    sign(store, reference)
    drop_guards(store)

    change(
        store,
        "UPDATE decisions SET submission_id = "
        "(SELECT id FROM submissions WHERE reference = :other)",
        other=other,
    )

    assert what_is_broken(store, other) == ["it was signed for another submission"]
    assert what_is_broken(store, reference) == ["the version is gone"]


def test_a_signature_under_another_record_does_not_hold(store, reference):
    sign(store, reference)

    told = what_is_broken(store, reference, record_sha256="ab" * 32)

    assert told == ["the record is not the one that was signed"]


def test_a_version_that_was_taken_out_is_missed(store, reference):
    sign(store, reference)
    sign(store, reference, amends=1)
    drop_guards(store)

    change(store, "DELETE FROM decisions WHERE number = 2")

    history = read(store, reference)
    assert [one.what for one in history.broken] == ["the version is gone"]
    assert (history.newest, history.current) == (2, None)


def test_a_version_of_which_the_audit_trail_does_not_tell_does_not_hold(
    store, reference
):
    sign(store, reference)
    drop_guards(store)

    change(store, "UPDATE audit SET reason = '' WHERE action = 'submission:sign'")

    assert what_is_broken(store, reference) == [
        "the audit trail does not tell of this signature"
    ]


def test_all_that_was_ever_signed_is_checked_at_once(store, reference, clock):
    other = submit(store, clock).reference
    submit(store, clock)
    sign(store, reference)
    sign(store, other)
    whole = store.decisions.check_all()

    drop_guards(store)
    change(store, "DELETE FROM decisions WHERE sha256 IS NOT NULL")
    count, broken = store.decisions.check_all()

    assert whole == (2, ())
    assert (count, {where for where, _ in broken}) == (2, {reference, other})


def test_the_queue_says_what_was_decided_last(store, reference, clock):
    submit(store, clock)
    sign(store, reference)
    sign(store, reference, amends=1, decision="invite")

    told = {each.reference: each.decision for each in store.queue.page().entries}

    assert sorted(told.values(), key=str) == [None, "invite"]
    assert told[reference] == "invite"


def test_nothing_that_was_decided_is_readable_in_the_files(
    sqlite_store, sqlite_file, clock
):
    reference = submit(sqlite_store, clock).reference
    sign(sqlite_store, reference)

    files = b"".join(p.read_bytes() for p in sorted(sqlite_file.parent.glob("store*")))

    assert CANARY.encode() not in files
    assert b"not_now" in files

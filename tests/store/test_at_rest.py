"""Can somebody who holds the database file, but not the keys, read a patient?"""

import base64
import json

from sqlalchemy import text

from screening.store.drafts import DraftContent
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, submit

CANARY = "canary-zebra-4711"


def spellings(secret):
    plain = secret.encode()
    return (
        plain,
        secret.encode("utf-16-le"),
        base64.b64encode(plain)[:-4],
        plain.hex().encode(),
        json.dumps(secret)[1:-1].encode(),
    )


def content_of_all_files(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("store*")))


def test_nothing_a_patient_wrote_is_in_any_file_of_the_database(
    sqlite_store, sqlite_file, clock
):
    content = DraftContent(started_at=clock(), answers={"story": CANARY})
    draft = sqlite_store.drafts.create(SHA256, content, actor=PATIENT)
    sqlite_store.drafts.write(draft.id, content, expected_revision=1)
    submit(sqlite_store, clock, answers={"s": CANARY}, contact={"name": CANARY})
    invitation = sqlite_store.invitations.create(
        clinic_reference=CANARY, expires_at=clock(), actor=CLINICIAN
    )

    files = content_of_all_files(sqlite_file.parent)

    assert list(sqlite_file.parent.glob("store*-wal"))
    for spelling in (*spellings(CANARY), *spellings(invitation.token)):
        assert spelling not in files


def test_the_search_would_find_what_is_not_encrypted(sqlite_store, sqlite_file):
    with sqlite_store.database.transaction() as session:
        session.execute(
            text("UPDATE questionnaire_versions SET version = :x"), {"x": CANARY}
        )

    assert CANARY.encode() in content_of_all_files(sqlite_file.parent)


def test_a_withdrawn_draft_leaves_no_trace_once_the_log_is_folded_in(
    sqlite_store, sqlite_file, clock
):
    content = DraftContent(started_at=clock(), answers={"story": CANARY})
    draft = sqlite_store.drafts.create(SHA256, content, actor=PATIENT)
    with sqlite_store.database.reading() as session:
        sealed = session.scalar(text("SELECT wrapped_key FROM drafts"))

    sqlite_store.drafts.delete(draft.id, actor=PATIENT)
    before = sealed in content_of_all_files(sqlite_file.parent)
    with sqlite_store.database.engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert before
    assert sealed not in content_of_all_files(sqlite_file.parent)

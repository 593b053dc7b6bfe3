"""Does a code lead to one open draft, and a wrong one to none?"""

import math
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from screening.store.audit import Action, Actor
from screening.store.drafts import DraftContent
from screening.store.outside import CROCKFORD
from screening.store.problems import DraftGone, DraftSubmitted
from screening.store.submissions import Identity, Record
from screening.store.tables import AuditRow, ResumeCodeRow
from tests.store.fixtures import PATIENT, SHA256, facts


@pytest.fixture
def draft(store, clock):
    content = DraftContent(started_at=clock())
    return store.drafts.create(SHA256, content, actor=PATIENT)


def actions(store):
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    return [(row.action, row.object_id) for row in rows]


def test_a_code_leads_to_its_draft_however_it_is_typed(store, draft):
    code = store.resume_codes.give(draft.id, actor=PATIENT)

    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert store.resume_codes.find(typed, actor=PATIENT) == draft.id


def test_it_is_not_stored_and_not_in_the_trail(store, draft):
    code = store.resume_codes.give(draft.id, actor=PATIENT)
    store.resume_codes.find(code, actor=PATIENT)

    with store.database.reading() as session:
        [row] = session.scalars(select(ResumeCodeRow)).all()
        trail = session.scalars(select(AuditRow)).all()
    assert code.replace("-", "") not in row.code_mac.upper()
    assert not any(code in str(vars(one)) for one in trail)


def test_it_holds_120_bits(store, draft):
    code = store.resume_codes.give(draft.id, actor=PATIENT)

    signs = code.replace("-", "")
    assert set(signs) <= set(CROCKFORD)
    assert len(signs) * math.log2(len(CROCKFORD)) >= 112


def test_a_new_code_puts_the_old_one_out_of_use(store, draft):
    old = store.resume_codes.give(draft.id, actor=PATIENT)

    new = store.resume_codes.give(draft.id, actor=PATIENT)

    assert old != new
    assert store.resume_codes.find(old, actor=PATIENT) is None
    assert store.resume_codes.find(new, actor=PATIENT) == draft.id


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-2XRD" * 3, "é" * 24, "0" * 24])
def test_what_is_no_code_leads_nowhere_and_is_noted(store, draft, typed):
    store.resume_codes.give(draft.id, actor=PATIENT)

    assert store.resume_codes.find(typed, actor=PATIENT) is None
    assert actions(store)[-1] == (Action.DRAFT_RESUME_FAILURE, "unknown")


def test_each_code_and_each_use_is_a_row_of_the_trail(store, draft):
    code = store.resume_codes.give(draft.id, actor=PATIENT)
    store.resume_codes.find(code, actor=PATIENT)

    told = actions(store)[-2:]
    assert told == [(Action.DRAFT_CODE, draft.id), (Action.DRAFT_RESUME, draft.id)]


def test_after_sending_it_is_dead(store, draft, clock):
    code = store.resume_codes.give(draft.id, actor=PATIENT)
    store.submissions.submit(
        draft.id,
        expected_revision=1,
        facts=facts(clock),
        record=Record(answers={}),
        identity=Identity(contact={}),
        actor=PATIENT,
    )

    assert store.resume_codes.find(code, actor=PATIENT) is None
    with pytest.raises(DraftSubmitted):
        store.resume_codes.give(draft.id, actor=PATIENT)


def test_it_goes_with_its_draft(store, draft, clock):
    code = store.resume_codes.give(draft.id, actor=PATIENT)
    clock.step(days=15)
    store.drafts.purge(older_than=timedelta(days=14), actor=Actor.service("purge"))

    assert store.resume_codes.find(code, actor=PATIENT) is None
    with store.database.reading() as session:
        assert session.scalars(select(ResumeCodeRow)).all() == []
    with pytest.raises(DraftGone):
        store.resume_codes.give(draft.id, actor=PATIENT)


def test_no_sign_of_a_code_is_likelier_than_another(store, draft):
    codes = [store.resume_codes.give(draft.id, actor=PATIENT) for _ in range(400)]

    assert len(set(codes)) == 400
    counts = Counter("".join(codes).replace("-", ""))
    expected = 400 * 24 / 32
    chi_square = sum((counts[s] - expected) ** 2 / expected for s in CROCKFORD)
    # 31 degrees of freedom: beyond 90 once in two million draws.
    assert chi_square < 90

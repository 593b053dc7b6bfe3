"""Does the clinic see what became of each invitation, and is an old link dead?"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from screening.store.audit import Action
from screening.store.drafts import DraftContent
from screening.store.invited import State
from screening.store.problems import InvitationOver
from screening.store.tables import AuditRow, InvitationRow, SubmissionRow
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, submit

DAYS = timedelta(days=14)


def invite(store, clock, reference="MRN-7"):
    clock.step(seconds=1)
    return store.invitations.create(
        clinic_reference=reference, expires_at=clock() + DAYS, actor=CLINICIAN
    )


def states(store):
    return [one.state for one in store.invited.page(actor=CLINICIAN).entries]


def page(store, **options):
    found = store.invited.page(actor=CLINICIAN, **options)
    return [one.id for one in found.entries], found.next_after


def read(store, made):
    return store.invited.read(made.id, actor=CLINICIAN)


def audited(store, action):
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == action))
        return [(row.actor, row.object_kind, row.object_id) for row in rows]


def draft_of(store, clock):
    content = DraftContent(started_at=clock())
    return store.drafts.create(SHA256, content, actor=PATIENT)


def send(store, clock, invitation_id):
    """Open an invitation and send its form; give the reference on the receipt."""
    reference = submit(store, clock).reference
    with store.database.reading() as session:
        wanted = select(SubmissionRow.draft_id).where(
            SubmissionRow.reference == reference
        )
        draft_id = session.scalar(wanted)
    store.invitations.use(invitation_id, draft_id)
    return reference


def all_states(store, clock):
    """Make an invitation in each state; give their ids by it."""
    made = {state: invite(store, clock, f"MRN {state}") for state in State}
    send(store, clock, made[State.SENT].id)
    store.invitations.use(made[State.OPENED].id, draft_of(store, clock).id)
    store.invited.withdraw(made[State.WITHDRAWN].id, actor=CLINICIAN)
    clock.step(days=15)
    made[State.NOT_OPENED] = invite(store, clock)
    return {state: one.id for state, one in made.items()}


def test_an_invitation_says_for_whom_when_and_by_whom_it_was_made(store, clock):
    made = invite(store, clock)

    found = read(store, made)

    assert found.clinic_reference == "MRN-7"
    assert (found.made_at, found.made_by) == (clock(), CLINICIAN.name)
    assert (found.state, found.has_lapsed) == (State.NOT_OPENED, False)
    assert "MRN" not in repr(found)


@pytest.mark.parametrize("state", State)
def test_the_list_can_be_narrowed_to_each_state(store, clock, state):
    wanted = all_states(store, clock)[state]

    found = store.invited.page(actor=CLINICIAN, state=state).entries

    assert wanted in [one.id for one in found]
    assert {one.state for one in found} == {state}


def test_what_was_sent_names_the_submission(store, clock):
    made = invite(store, clock)
    reference = send(store, clock, made.id)

    assert read(store, made).sent_as == reference


def test_the_newest_come_first_and_pages_go_on_after_the_last(store, clock):
    ids = [invite(store, clock).id for _ in range(5)][::-1]

    first, after = page(store, size=2)
    second, after = page(store, size=2, after=after)
    third, end = page(store, size=2, after=after)

    assert (first + second + third, end) == (ids, None)
    assert page(store, after="none-of-this-id-22-xxx") == ([], None)


def test_a_reference_is_found_whole_alone(store, clock):
    older, newer = invite(store, clock), invite(store, clock)
    invite(store, clock, "MRN-71")

    found = store.invited.find("MRN-7", actor=CLINICIAN)

    assert [one.id for one in found] == [newer.id, older.id]
    assert store.invited.find("MRN", actor=CLINICIAN) == ()


def test_nobody_reads_a_reference_in_the_database(sqlite_store, sqlite_file, clock):
    invite(sqlite_store, clock, "canary-zebra-4711")

    files = b"".join(p.read_bytes() for p in sorted(sqlite_file.parent.glob("store*")))

    assert b"canary-zebra-4711" not in files
    assert b"invitations" in files


def test_who_has_an_invitation_that_was_not_withdrawn_is_known(store, clock):
    made = invite(store, clock)

    before = store.invited.is_invited("MRN-7")
    store.invited.withdraw(made.id, actor=CLINICIAN)

    assert (before, store.invited.is_invited("MRN-7")) == (True, False)


def test_sent_again_the_old_link_is_dead_and_the_form_stays(store, clock):
    made, draft = invite(store, clock), draft_of(store, clock)
    store.invitations.use(made.id, draft.id)
    clock.step(days=15)

    again = store.invited.resend(made.id, expires_at=clock() + DAYS, actor=CLINICIAN)

    assert store.invitations.look_up(made.token) is None
    found = store.invitations.look_up(again.token)
    assert (found.id, found.used_by) == (made.id, draft.id)
    assert found.expires_at == clock() + DAYS


def test_sent_again_after_the_form_was_deleted_the_link_begins_another(store, clock):
    made, draft = invite(store, clock), draft_of(store, clock)
    store.invitations.use(made.id, draft.id)
    store.drafts.delete(draft.id, actor=PATIENT)

    again = store.invited.resend(made.id, expires_at=clock() + DAYS, actor=CLINICIAN)

    assert store.invitations.look_up(again.token).used_by is None


def test_a_withdrawn_link_opens_nothing(store, clock):
    made = invite(store, clock)

    store.invited.withdraw(made.id, actor=CLINICIAN)

    assert store.invitations.look_up(made.token) is None
    assert store.invitations.use(made.id, draft_of(store, clock).id) is None


def test_a_link_is_made_good_for_longer_and_never_for_less(store, clock):
    made = invite(store, clock)

    store.invited.prolong(made.id, expires_at=clock() + 2 * DAYS, actor=CLINICIAN)
    longer = read(store, made).expires_at
    store.invited.prolong(made.id, expires_at=clock() + DAYS / 2, actor=CLINICIAN)

    assert longer == read(store, made).expires_at == clock() + 2 * DAYS
    clock.step(days=20)
    assert store.invitations.look_up(made.token) is not None


def act(store, clock, name, invitation_id):
    named = {} if name == "withdraw" else {"expires_at": clock() + DAYS}
    getattr(store.invited, name)(invitation_id, actor=CLINICIAN, **named)


@pytest.mark.parametrize("name", ["resend", "prolong", "withdraw"])
def test_nothing_is_changed_of_an_invitation_that_is_over(store, clock, name):
    ids = all_states(store, clock)

    for over in (ids[State.SENT], ids[State.WITHDRAWN], "none-of-this-id-22-xxx"):
        with pytest.raises(InvitationOver):
            act(store, clock, name, over)


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("resend", Action.INVITATION_RESEND),
        ("prolong", Action.INVITATION_PROLONG),
        ("withdraw", Action.INVITATION_WITHDRAW),
    ],
)
def test_each_change_is_one_row_or_does_not_happen(
    store, clock, monkeypatch, name, action
):
    made = invite(store, clock)

    def kept():
        with store.database.reading() as session:
            row = session.get(InvitationRow, made.id)
            return row.token_mac, row.expires_at, row.withdrawn_at

    def fail(*_details):
        raise RuntimeError("no row")

    before = kept()
    clock.step(days=1)
    with monkeypatch.context() as without_trail:
        without_trail.setattr(type(store.audit), "append", fail)
        with pytest.raises(RuntimeError):
            act(store, clock, name, made.id)
        assert kept() == before

    act(store, clock, name, made.id)

    assert kept() != before
    assert audited(store, action) == [(CLINICIAN.name, "invitation", made.id)]


def test_reading_invitations_is_noted(store, clock):
    made = invite(store, clock)

    store.invited.page(actor=CLINICIAN)
    store.invited.find("MRN-7", actor=CLINICIAN)
    read(store, made)

    told = [where for _, _, where in audited(store, Action.INVITATION_VIEW)]
    assert told == ["list", "search", made.id]

"""Is an export made by one worker at a time, kept sealed, and gone after a day?"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from screening.store.audit import Actor
from screening.store.exports import HOLD, State
from screening.store.problems import ExportGone, RecordUnreadable
from screening.store.tables import AuditRow, ExportPartRow
from tests.store.fixtures import CLINICIAN

ANN = CLINICIAN.name
CANARY = b"canary-zebra-4711"


@pytest.fixture
def exports(store):
    return store.exports


@pytest.fixture
def asked(exports):
    return exports.ask(
        ["AAAA-AAAA", "BBBB-BBBB"], form="csv", reason="audit", actor=CLINICIAN
    )


def made(exports, asked, *parts):
    """Take the export, keep these parts and finish it."""
    work = exports.take(asked)
    for part in parts:
        exports.add_part(work, part)
    exports.finish(work, skipped=[])
    return exports.find(asked, asked_by=ANN)


def counted(store, table):
    with store.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_what_was_asked_for_is_kept_for_whoever_asked(exports, asked, clock):
    found = exports.find(asked, asked_by=ANN)

    assert (found.state, found.total, found.done) == (State.WAITING, 2, 0)
    assert (found.form, found.reason) == ("csv", "audit")
    assert found.expires_at - clock() == timedelta(hours=24)
    assert exports.of(ANN) == (found,)


def test_nobody_else_is_given_it(exports, asked):
    assert exports.find(asked, asked_by="bob") is None
    assert exports.of("bob") == ()
    assert exports.is_there(asked)
    assert not exports.is_there("x" * 22)


def test_a_worker_is_told_what_to_make_and_in_whose_name(exports, asked):
    work = exports.take(asked)

    assert work.references == ("AAAA-AAAA", "BBBB-BBBB")
    assert work.actor == CLINICIAN


def test_one_worker_has_it_until_it_is_silent_for_too_long(exports, asked, clock):
    first = exports.take(asked)
    assert exports.take(asked) is None
    assert exports.waiting() == ()

    exports.note_progress(first, 1)
    clock.step(seconds=HOLD.seconds - 1)
    assert exports.take(asked) is None
    clock.step(seconds=1)
    assert exports.waiting() == (asked,)
    second = exports.take(asked)

    assert second is not None
    with pytest.raises(ExportGone):
        exports.note_progress(first, 2)
    with pytest.raises(ExportGone):
        exports.add_part(first, b"late")
    with pytest.raises(ExportGone):
        exports.finish(first, skipped=[])
    with pytest.raises(ExportGone):
        exports.give_up(first)
    exports.note_progress(second, 2)
    assert exports.find(asked, asked_by=ANN).done == 2


def test_what_an_earlier_worker_made_is_not_in_the_file(store, exports, asked, clock):
    exports.add_part(exports.take(asked), b"half")
    clock.step(seconds=HOLD.seconds)

    export = made(exports, asked, b"who", b"le")

    assert b"".join(exports.fetch(export, actor=CLINICIAN)) == b"whole"
    assert export.size_bytes == 5
    assert counted(store, ExportPartRow) == 2


def test_the_submissions_that_could_not_be_opened_are_named(exports, asked):
    exports.finish(exports.take(asked), skipped=["BBBB-BBBB"])

    found = exports.find(asked, asked_by=ANN)

    assert (found.state, found.skipped) == (State.READY, ("BBBB-BBBB",))
    assert exports.waiting() == ()


def test_parts_are_sealed(store, exports, asked):
    made(exports, asked, CANARY)

    with store.database.reading() as session:
        [part] = session.scalars(select(ExportPartRow)).all()
    assert CANARY not in part.ciphertext


def test_parts_that_were_exchanged_do_not_open(store, exports, asked):
    export = made(exports, asked, b"one", b"two")
    with store.database.transaction() as session:
        for number, other in ((0, 7), (1, 0), (7, 1)):
            session.execute(
                update(ExportPartRow)
                .where(ExportPartRow.number == number)
                .values(number=other)
            )

    with pytest.raises(RecordUnreadable):
        list(exports.fetch(export, actor=CLINICIAN))


def test_a_part_that_is_missing_is_told(store, exports, asked):
    export = made(exports, asked, b"one", b"two")
    with store.database.transaction() as session:
        session.execute(text("DELETE FROM export_parts WHERE number = 1"))

    with pytest.raises(RecordUnreadable, match="a part is missing"):
        list(exports.fetch(export, actor=CLINICIAN))


def test_a_cancelled_export_is_left_by_its_worker_and_leaves_nothing(
    store, exports, asked
):
    work = exports.take(asked)
    exports.add_part(work, b"half")

    exports.cancel(asked, actor=CLINICIAN)
    exports.cancel(asked, actor=CLINICIAN)

    with pytest.raises(ExportGone):
        exports.note_progress(work, 1)
    assert exports.take(asked) is None
    assert counted(store, ExportPartRow) == 0
    assert actions(store).count("export:cancel") == 1


def test_nobody_cancels_what_another_asked_for(exports, asked):
    exports.cancel(asked, actor=Actor(name="bob", role="clinician"))

    assert exports.find(asked, asked_by=ANN).state is State.WAITING


def test_what_can_not_be_made_is_said_to_have_failed(store, exports, asked):
    work = exports.take(asked)
    exports.add_part(work, b"half")

    exports.give_up(work)

    assert exports.find(asked, asked_by=ANN).state is State.FAILED
    assert counted(store, ExportPartRow) == 0


def test_a_day_after_it_was_made_it_is_gone(store, exports, asked, clock):
    clock.step(hours=23)
    made(exports, asked, b"whole")

    clock.step(hours=23, minutes=59)
    assert exports.forget_old() == 0
    clock.step(minutes=1)

    assert exports.forget_old() == 1
    assert not exports.is_there(asked)
    assert counted(store, ExportPartRow) == 0
    assert actions(store)[-1] == "export:expire"


def test_who_asked_and_who_fetched_stands_in_the_audit_trail(store, exports, asked):
    export = made(exports, asked, b"whole")

    exports.fetch(export, actor=CLINICIAN)

    assert actions(store) == ["export:start", "export:download"]
    assert store.audit.verify().is_whole


def actions(store):
    """Give what was done with exports, in order."""
    with store.database.reading() as session:
        found = session.scalars(select(AuditRow.action).order_by(AuditRow.seq)).all()
    return [action for action in found if action.startswith("export:")]

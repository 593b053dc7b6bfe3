"""Is the trail read newest first, by the clinic's calendar, with its checks in it?"""

from datetime import date
from zoneinfo import ZoneInfo

from screening.store.audit import Action, Actor, Deed
from screening.store.audit_reading import AuditReading, Narrowing

ADA = Actor(name="ada", role="administrator")


def wrote(store, object_id):
    deed = Deed(
        action=Action.SUBMISSION_VIEW, object_kind="submission", object_id=object_id
    )
    store.audit.write(ADA, deed)


def test_a_day_begins_at_midnight_where_the_clinic_is(store, clock):
    reading = AuditReading(store.ground)
    wrote(store, "18:30 in Tokyo")
    clock.step(hours=6)
    wrote(store, "00:30 in Tokyo")

    def on(day):
        wanted = Narrowing(
            zone=ZoneInfo("Asia/Tokyo"),
            day=date(2026, 3, day),
            action=Action.SUBMISSION_VIEW,
        )
        return [row.object_id for row in reading.page(wanted, actor=ADA).rows]

    assert on(1) == ["18:30 in Tokyo"]
    assert on(2) == ["00:30 in Tokyo"]


def test_what_a_check_found_is_what_is_told_of_it_later(store):
    reading = AuditReading(store.ground)
    before = reading.last_check()
    wrote(store, "1")

    verdict = reading.check(ADA)

    told = reading.last_check()
    assert before is None
    assert verdict.is_whole
    assert verdict.checked == store.audit.head().seq - 1
    assert (told.actor, told.is_whole, told.where) == ("ada", True, "")

"""Is nothing lost, mixed or refused while the files of a running site are written?

`make reload` runs the same for a minute.
"""

from tests.web.reload.site import running
from tests.web.reload.storm import Ledger, compared, storm

SECONDS = 10
UNSTEADY = "from tests.web.reload.unsteady import main; main()"


def test_patients_notice_nothing_of_files_that_change_under_them(tmp_path):
    with running(tmp_path) as site:
        outcome = storm(site, SECONDS, until=_shows_enough)

    assert outcome.errors == (), outcome
    assert outcome.is_clean, outcome
    assert _shows_enough(outcome), outcome
    assert outcome.rejected <= outcome.changes, outcome


def test_a_draft_that_did_not_stay_on_its_version_would_be_seen(tmp_path):
    with running(tmp_path, program=UNSTEADY) as site:
        outcome = storm(site, SECONDS / 2, until=_shows_a_fault)

    assert _shows_a_fault(outcome), outcome
    assert not outcome.is_clean


def test_what_was_acknowledged_and_is_not_stored_would_be_seen(tmp_path):
    ledger = Ledger(acknowledged=["ABCD-EFGH", "ABCD-EFGH"])

    with running(tmp_path) as site:
        outcome = compared(site.store, ledger, growth=0)

    assert (outcome.lost, outcome.duplicated) == (2, 1)
    assert not outcome.is_clean


def _shows_enough(outcome):
    return (
        outcome.acknowledged >= 20 and outcome.versions >= 3 and outcome.rejected >= 1
    )


def _shows_a_fault(outcome):
    return outcome.mixed + len(outcome.errors) > 0

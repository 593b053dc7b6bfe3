"""Does the demonstration start, with a patient of every outcome to look at?"""

from screening.accounts.sign_in import open_accounts
from screening.cli.demo import PASSWORD, USERNAME, make_demo
from screening.store.opening import open_store
from tests.cli.running import run


def test_the_demonstration_starts_answers_and_stops():
    result = run("demo", "--check")

    assert result.exit_code == 0
    assert result.stdout == "OK\n"


def test_its_queue_holds_every_outcome_and_its_clinician_can_sign_in(tmp_path):
    config = make_demo(tmp_path / "demo")

    store = open_store(config.database, config.key_ring)
    outcomes = {entry.outcome for entry in store.queue.page().entries}
    signed_in = open_accounts(store.ground).sign_in(
        username=USERNAME, password=PASSWORD, address="127.0.0.1"
    )
    store.close()

    assert outcomes == {
        "urgent",
        "contraindication_reported",
        "needs_review",
        "no_barrier_reported",
    }
    assert signed_in.user.display_name == "Demonstration clinician"


def test_a_demonstration_that_is_there_is_kept_as_it_is(tmp_path):
    first = make_demo(tmp_path / "demo")

    second = make_demo(tmp_path / "demo")

    store = open_store(second.database, second.key_ring)
    assert len(store.queue.page().entries) == 8
    assert first.database == second.database
    store.close()

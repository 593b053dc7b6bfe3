"""Does the demonstration start, with a patient of every outcome to look at?"""

import stat
from datetime import date

import pytest

from screening.accounts.permissions import Role
from screening.accounts.sessions import Stage
from screening.accounts.sign_in import open_accounts
from screening.cli.demo import PASSWORD, USERNAME, make_demo
from screening.cli.demo_patients import SAMPLES
from screening.cli.instance import SEAL
from screening.core.cases import read_cases
from screening.resources import questionnaires_folder
from screening.store.audit import Actor
from screening.store.opening import open_store
from tests.cli.running import run


@pytest.fixture(scope="module")
def patients(tmp_path_factory):
    """Return the submissions of a demonstration by the patient's name."""
    config = make_demo(tmp_path_factory.mktemp("clinic") / "demo")
    store = open_store(config.database, config.key_ring)
    reader = Actor.service("test")
    found = [
        store.submissions.read(entry.reference, actor=reader)
        for entry in store.queue.page().entries
    ]
    store.close()
    return {one.identity.contact["name"]: one for one in found}


@pytest.fixture(scope="module")
def worked():
    """Return the worked patients by id."""
    path = questionnaires_folder() / "ocd-ketamine" / "cases" / "worked.yaml"
    cases = read_cases([(path.name, path.read_text("utf-8"))])
    return {case.id: case for case in cases}


def test_the_demonstration_starts_answers_and_stops():
    result = run("demo", "--check")

    assert result.exit_code == 0
    assert result.stdout == "OK\n"


def test_its_seal_is_for_its_owner_alone_and_signs(tmp_path):
    config = make_demo(tmp_path / "demo")

    assert config.seal.name == "Demonstration clinic"
    assert stat.S_IMODE((tmp_path / "demo" / SEAL).stat().st_mode) == 0o600


def test_a_demonstration_of_an_earlier_release_has_no_seal_and_runs(tmp_path):
    make_demo(tmp_path / "demo")
    (tmp_path / "demo" / SEAL).unlink()

    assert make_demo(tmp_path / "demo").seal is None


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


def test_each_role_has_an_account_that_its_password_alone_signs_in(tmp_path):
    config = make_demo(tmp_path / "demo")

    store = open_store(config.database, config.key_ring)
    accounts = open_accounts(store.ground, needs_second_factor=False)
    signed_in = [
        accounts.sign_in(username=role.value, password=PASSWORD, address="127.0.0.1")
        for role in Role
    ]
    store.close()

    assert [one.user.role for one in signed_in] == list(Role)
    assert {one.stage for one in signed_in} == {Stage.WHOLE}


def test_a_demonstration_that_is_there_is_kept_as_it_is(tmp_path):
    first = make_demo(tmp_path / "demo")

    second = make_demo(tmp_path / "demo")

    store = open_store(second.database, second.key_ring)
    assert len(store.queue.page().entries) == 8
    assert first.database == second.database
    store.close()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.case)
def test_each_patient_is_as_old_as_they_answered(patients, sample):
    found = patients[sample.name]
    born = date.fromisoformat(found.identity.contact["date_of_birth"])
    sent = found.facts.submitted_at.date()

    years = sent.year - born.year - ((sent.month, sent.day) < (born.month, born.day))

    assert years == int(found.record.answers["age"])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.case)
def test_each_patient_comes_out_as_the_worked_case(patients, worked, sample):
    expected = worked[sample.case].expect

    found = patients[sample.name]

    assert found.facts.outcome == expected["outcome"]
    assert sorted(one["id"] for one in found.record.findings) == expected["findings"]
    assert sorted(found.record.missing) == expected["missing"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.case)
def test_each_patient_agreed_and_lists_the_medicines_for_ocd(patients, sample):
    answers = patients[sample.name].record.answers

    listed = {one["medicine"] for one in answers["medicines"]}
    trials = answers["medicine_trials"]

    assert answers["consent"] == "yes"
    assert {one["drug"] for one in trials if one["still_taking"] == "true"} <= listed
    assert not {one["drug"] for one in trials if one["still_taking"] != "true"} & listed

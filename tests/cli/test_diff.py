"""What does a coordinator read of two versions of a questionnaire?"""

import json
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from screening.cli.instance import settings_of, store_of
from screening.core.load import load
from screening.library import shelf_for
from screening.store.audit import Actor
from screening.store.drafts import DraftContent
from screening.store.submissions import Facts, Identity, Record
from screening.store.versions import Bundle
from tests.cli.running import run

AT = datetime(2026, 3, 15, 12, tzinfo=UTC)
PATIENT = Actor.patient()


@pytest.fixture
def library(tmp_path):
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library"


@pytest.fixture
def edited(library):
    """A copy of the questionnaire in which one limit has moved."""
    shutil.copytree(library / "first-visit", library / "edited/first-visit")
    file = library / "edited/first-visit/questionnaire.yaml"
    text = file.read_text("utf-8")
    assert "age < 18" in text
    file.write_text(text.replace("age < 18", "age < 21"), "utf-8")
    return library / "edited/first-visit"


def test_of_the_same_files_it_says_that_no_decision_differs(library):
    result = run("diff", library / "first-visit", library / "first-visit")

    assert result.exit_code == 0
    assert "Wording: no texts differ." in result.stdout
    assert "Decisions: none differs, for any possible patient." in result.stdout


def test_a_limit_that_moved_is_shown_by_a_patient_between_both(library, edited):
    result = run("diff", library / "first-visit", edited)

    assert "no barrier reported before" in result.stdout
    ages = [line for line in result.stdout.splitlines() if "age: " in line]
    assert ages
    assert all(18 <= int(line.split()[1]) < 21 for line in ages)


def test_programs_read_each_decision_with_its_patient(library, edited):
    found = json.loads(run("diff", library / "first-visit", edited, "--json").stdout)

    assert found["wording"] == []
    assert {"patient", "before", "after"} <= set(found["decisions"][0])
    assert found["decisions"][0]["before"] != found["decisions"][0]["after"]


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *words],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def test_an_earlier_revision_is_read_from_git(library):
    git(library, "init", "--quiet")
    git(library, "add", ".")
    git(library, "commit", "--quiet", "-m", "First")
    file = library / "first-visit/questionnaire.yaml"
    file.write_text(file.read_text("utf-8").replace("age < 18", "age < 21"), "utf-8")

    result = run(
        "diff", f"{library / 'first-visit'}@HEAD", library / "first-visit", "--json"
    )

    assert json.loads(result.stdout)["decisions"]


@pytest.mark.parametrize(
    ("before", "told"),
    [("{}@HEAD", "is in no git repository"), ("version:00", "SCREENING_DATABASE")],
)
def test_a_version_that_there_is_not_is_told(library, before, told):
    folder = library / "first-visit"

    result = run("diff", before.format(folder), folder)

    assert result.exit_code in {1, 2}
    assert told in result.output


def test_a_revision_that_git_does_not_know_is_told(library):
    git(library, "init", "--quiet")

    result = run("diff", f"{library / 'first-visit'}@-x", library / "first-visit")

    assert result.exit_code == 2
    assert 'git knows no revision "-x"' in result.output


@pytest.fixture
def clinic(tmp_path, monkeypatch, library):
    """An instance with three submissions: of 19, 20 and 40 years."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "clinic").exit_code == 0
    settings = settings_of(tmp_path / "clinic")
    store = store_of(settings)
    made = load("first-visit", shelf_for(library / "first-visit").read)
    bundle = Bundle(
        sha256=made.sha256,
        questionnaire=made.id,
        version=made.version,
        files=made.files,
    )
    store.versions.keep_version(bundle, actor=PATIENT)
    for age in (19, 20, 40):
        keep(store, made, {"age": age, "chest_pain_now": "no", "medicines": "none"})
    store.close()
    return tmp_path / "clinic"


def keep(store, made, answers):
    content = DraftContent(started_at=AT, answers=answers)
    draft = store.drafts.create(made.sha256, content, actor=PATIENT)
    store.submissions.submit(
        draft.id,
        expected_revision=1,
        facts=Facts(
            submitted_at=AT,
            local_date=AT.date(),
            questionnaire=made.id,
            version=made.version,
            version_sha256=made.sha256,
            engine_version="1",
            outcome="no_barrier_reported",
            urgent=False,
            same_day=False,
            locale="US",
        ),
        record=Record(answers=answers),
        identity=Identity(contact={"name": "Jo Testpatient"}),
        actor=PATIENT,
    )


def test_stored_submissions_that_would_be_decided_differently_are_counted(
    clinic, library, edited
):
    result = run(
        "diff",
        library / "first-visit",
        edited,
        "--submissions",
        "--instance",
        clinic,
    )

    assert "Submissions: 2 of 3 would be decided differently." in result.stdout
    assert "  2: no barrier reported before, " in result.stdout
    assert "Testpatient" not in result.output


def test_a_version_that_the_clinic_keeps_is_named_by_its_hash(clinic, library, edited):
    made = load("first-visit", shelf_for(library / "first-visit").read)

    result = run(
        "diff", f"version:{made.sha256[:8]}", edited, "--json", "--instance", clinic
    )

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["decisions"]

"""Does `screening export` write what was asked for, and nothing that may be read?"""

import csv
import json
import stat
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from screening.cli.demo import make_demo
from screening.cli.instance import KEYS
from screening.store.keys import load_keys
from screening.store.opening import open_store
from screening.store.tables import AuditRow
from tests.cli.running import run


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A demonstration clinic, by the settings that name it."""
    folder = tmp_path_factory.mktemp("clinic") / "demo"
    config = make_demo(folder)
    return {
        "SCREENING_DATABASE": config.database,
        "SCREENING_KEY_FILE": str(folder / KEYS),
        "SCREENING_INSECURE_DEMO": "1",
        "SCREENING_PUBLISHING": "checked",
        "SCREENING_LOCALE": "US",
    }


@pytest.fixture
def store(settings):
    keys = load_keys(path=Path(settings["SCREENING_KEY_FILE"]))
    store = open_store(settings["SCREENING_DATABASE"], keys)
    yield store
    store.close()


def export(settings, *words):
    return run("export", *words, settings=settings)


def references(store):
    return [entry.reference for entry in store.queue.page().entries]


def test_all_of_them_in_the_order_of_the_queue(settings, store, own_folder):
    result = export(settings, "--all", "--format", "ndjson", "--out", "all.ndjson")

    assert result.exit_code == 0, result.output
    lines = (own_folder / "all.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line)["reference"] for line in lines] == references(store)


def test_those_that_were_named_as_pdfs(settings, store, own_folder):
    first, second = references(store)[:2]

    result = export(settings, second.lower(), first, "--out", "two.zip")

    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(own_folder / "two.zip") as archive:
        assert archive.namelist() == [f"{second}.pdf", f"{first}.pdf"]
        assert archive.read(f"{first}.pdf").startswith(b"%PDF-")


@pytest.mark.parametrize(("days", "is_in"), [(0, True), (1, False)])
def test_those_since_a_day(settings, store, own_folder, days, is_in):
    newest = max(entry.submitted_at for entry in store.queue.page().entries)
    day = newest.date() + timedelta(days=days)

    export(
        settings,
        *("--all", "--since", day.isoformat(), "--format", "csv", "--out", "a.csv"),
    )

    text = (own_folder / "a.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert bool(rows) is is_in
    assert all(date.fromisoformat(row["local_date"]) >= day for row in rows)


def test_the_file_is_for_its_owner_alone(settings, own_folder):
    export(settings, "--all", "--format", "csv", "--out", "a.csv")

    assert stat.S_IMODE((own_folder / "a.csv").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_replaced(settings, own_folder):
    (own_folder / "a.csv").write_text("mine")

    result = export(settings, "--all", "--format", "csv", "--out", "a.csv")

    assert result.exit_code == 2
    assert (own_folder / "a.csv").read_text() == "mine"


def test_each_leaves_an_audit_row_with_the_reason(settings, store):
    reference = references(store)[0]
    words = ("--format", "csv", "--out", "a.csv", "--reason", "for the annual audit")

    export(settings, reference, *words)

    with store.database.reading() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert (last.action, last.object_id) == ("submission:export", reference)
    assert last.reason == "for the annual audit"


def test_one_that_there_is_not_is_told_and_the_others_are_written(
    settings, store, own_folder
):
    reference = references(store)[0]

    result = export(
        settings, "0000-0000", reference, "--format", "ndjson", "--out", "a.ndjson"
    )

    assert result.exit_code == 1
    assert "0000-0000 could not be opened" in result.stderr
    assert reference in (own_folder / "a.ndjson").read_text("utf-8")


def test_a_failure_leaves_no_half_file(settings, own_folder, monkeypatch):
    def fail(*_details, **_named):
        raise RuntimeError

    monkeypatch.setattr("screening.cli.export.add", fail)
    export(settings, "--all", "--format", "csv", "--out", "a.csv")

    assert not (own_folder / "a.csv").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Name references"),
        (["--all", "0000-0000"], "Name references"),
        (["0000-0000", "--since", "2026-03-01"], "--since goes with --all"),
        (["Ada"], "is no reference"),
    ],
)
def test_words_that_do_not_go_together_are_refused(settings, words, told):
    result = export(settings, *words, "--out", "a.zip")

    assert result.exit_code == 2
    assert told in result.stderr

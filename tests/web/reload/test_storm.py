"""Is nothing lost, mixed or refused while the files of a running site are written?

`make reload` runs the same for a minute.
"""

from dataclasses import replace

import pytest

from screening.web.questionnaires import Questionnaires
from screening.web.service import open_service
from tests.cli.running import run
from tests.web.reload.storm import MOST_GROWTH, storm

SECONDS = 8


@pytest.fixture
def library(tmp_path):
    """A library with one small questionnaire of its own."""
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library"


@pytest.fixture
def app(config, library, tmp_path):
    return open_service(
        replace(
            config,
            database=f"sqlite:///{tmp_path}/clinic.sqlite3",
            locale="US",
            questionnaires=library,
            questionnaire="first-visit",
        )
    )


def test_patients_notice_nothing_of_files_that_change_under_them(app, library):
    outcome = storm(app, library / "first-visit", SECONDS)

    assert outcome.errors == ()
    assert outcome.lost == outcome.duplicated == 0, outcome
    assert outcome.mixed == 0, outcome
    assert outcome.acknowledged >= 20, outcome
    assert outcome.acknowledged == outcome.stored, outcome
    assert outcome.versions >= 3, outcome
    assert 1 <= outcome.rejected <= outcome.changes, outcome
    assert outcome.growth < MOST_GROWTH, outcome


_current = Questionnaires.current


def _looked(self):
    """Return the current version, the folder looked at each time."""
    self._look_every = 0
    return _current(self)


def test_a_draft_that_did_not_stay_on_its_version_would_be_seen(
    app, library, monkeypatch
):
    monkeypatch.setattr(Questionnaires, "version", lambda self, _: self.current())
    monkeypatch.setattr(Questionnaires, "current", _looked)

    outcome = storm(app, library / "first-visit", SECONDS / 2)

    assert outcome.mixed + len(outcome.errors) > 0, outcome

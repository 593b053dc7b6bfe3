"""Which version is answered: the newest good one, and each draft its own?"""

import shutil

import pytest

from screening.core.problems import DefinitionError
from screening.library import shelf_for
from screening.resources import questionnaires_folder
from screening.store.migrations import upgrade
from screening.store.opening import open_store
from screening.store.problems import DatabaseUnavailable, RecordUnreadable, Trouble
from screening.web.questionnaires import Questionnaires

CANARY = "Quetiapine-at-midnight"


@pytest.fixture
def store(tmp_path, key_ring):
    store = open_store(f"sqlite:///{tmp_path}/versions.sqlite3", key_ring)
    upgrade(store.database.engine)
    yield store
    store.close()


@pytest.fixture
def library(tmp_path):
    """A clinic's own copy of the questionnaires, to be changed."""
    home = tmp_path / "questionnaires"
    shutil.copytree(questionnaires_folder(), home)
    return home


@pytest.fixture
def questionnaires(library, store):
    return Questionnaires(shelf_for("ocd-ketamine", library), store.versions)


def rewrite(library, old, new):
    path = library / "ocd-ketamine" / "questionnaire.yaml"
    path.write_text(path.read_text().replace(old, new))


def test_a_version_is_kept_before_it_is_used(questionnaires, store):
    current = questionnaires.current()

    bundle = store.versions.load_bundle(current.sha256)

    assert dict(bundle.files) == dict(current.files)


def test_a_changed_file_is_a_new_version(questionnaires, library):
    before = questionnaires.current()

    rewrite(library, "How old are you?", "What is your age?")

    assert questionnaires.current().questions["age"].ask == "What is your age?"
    assert questionnaires.version(before.sha256) is before


def test_a_bad_file_leaves_the_last_good_version(questionnaires, library):
    before = questionnaires.current()

    rewrite(library, "type: integer", "type: intejer")

    assert questionnaires.current() is before
    rewrite(library, "type: intejer", "type: integer")
    assert questionnaires.current() is before


def test_a_bad_file_at_the_start_is_refused(library, store):
    rewrite(library, "type: integer", "type: intejer")

    with pytest.raises(DefinitionError, match=r"questionnaire\.yaml"):
        Questionnaires(shelf_for("ocd-ketamine", library), store.versions)


def test_an_older_version_is_read_from_what_was_kept(questionnaires, library, store):
    before = questionnaires.current()
    rewrite(library, "How old are you?", "What is your age?")
    fresh = Questionnaires(shelf_for("ocd-ketamine", library), store.versions)

    found = fresh.version(before.sha256)

    assert fresh.current().sha256 != before.sha256
    assert found.sha256 == before.sha256
    assert found.questions["age"].ask == "How old are you?"


def test_kept_files_that_are_not_those_asked_for_are_refused(
    questionnaires, library, store, monkeypatch
):
    before = questionnaires.current()
    rewrite(library, "How old are you?", "What is your age?")
    fresh = Questionnaires(shelf_for("ocd-ketamine", library), store.versions)
    other = store.versions.load_bundle(fresh.current().sha256)

    monkeypatch.setattr(type(store.versions), "load_bundle", lambda *_: other)

    for _ in range(2):
        with pytest.raises(RecordUnreadable, match="not those that have this hash"):
            fresh.version(before.sha256)


def test_a_crash_of_the_loader_leaves_the_last_good_version(
    questionnaires, library, monkeypatch, caplog
):
    before = questionnaires.current()

    def crash(*_):
        raise RecursionError(CANARY)

    with monkeypatch.context() as broken:
        broken.setattr("screening.web.questionnaires.load", crash)
        rewrite(library, "How old are you?", "What is your age?")
        now = questionnaires.current()

    assert now is before
    (told,) = [one for one in caplog.records if one.msg == "questionnaire_crashed"]
    assert told.screening_fields["exception"] == "RecursionError"
    assert "left_out" not in told.screening_fields
    assert CANARY not in caplog.text


def test_a_version_that_could_not_be_kept_is_tried_again(
    questionnaires, library, store, monkeypatch
):
    def away(*_, **__):
        raise DatabaseUnavailable(Trouble.LOCKED)

    rewrite(library, "How old are you?", "What is your age?")

    with monkeypatch.context() as broken:
        broken.setattr(type(store.versions), "keep_version", away)
        with pytest.raises(DatabaseUnavailable):
            questionnaires.current()
    assert questionnaires.current().questions["age"].ask == "What is your age?"


def test_whoever_listens_is_told_of_every_version(questionnaires, library):
    told = []
    questionnaires.when_loaded(lambda loaded: told.append(loaded.sha256))

    rewrite(library, "How old are you?", "What is your age?")
    questionnaires.current()

    assert len(set(told)) == 2

"""Which version is answered: the newest good one, and each draft its own?"""

import os
import shutil
from threading import Event, Thread

import pytest
from sqlalchemy import select

from screening.core.load import load
from screening.core.problems import DefinitionError
from screening.library import shelf_for
from screening.resources import questionnaires_folder
from screening.store.audit import Action
from screening.store.opening import open_store
from screening.store.problems import DatabaseUnavailable, RecordUnreadable, Trouble
from screening.store.tables import AuditRow
from screening.web.questionnaires import MOST_HELD, Questionnaires
from screening.web.sources import FolderSource
from tests.reused import upgraded

CANARY = "Quetiapine-at-midnight"


@pytest.fixture
def store(tmp_path, key_ring):
    store = open_store(f"sqlite:///{tmp_path}/versions.sqlite3", key_ring)
    upgraded(store.database.engine)
    yield store
    store.close()


@pytest.fixture
def library(tmp_path):
    """A clinic's own copy of the questionnaires, to be changed."""
    home = tmp_path / "questionnaires"
    shutil.copytree(questionnaires_folder(), home)
    return home


def opened(library, store):
    """Return the service, which looks at the folder each time it is asked."""
    shelf = shelf_for("ocd-ketamine", library)
    return Questionnaires(FolderSource(shelf), store.versions, look_every=0, settled=0)


@pytest.fixture
def questionnaires(library, store):
    return opened(library, store)


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
        opened(library, store)


def test_an_older_version_is_read_from_what_was_kept(questionnaires, library, store):
    before = questionnaires.current()
    rewrite(library, "How old are you?", "What is your age?")
    fresh = opened(library, store)

    found = fresh.version(before.sha256)

    assert fresh.current().sha256 != before.sha256
    assert found.sha256 == before.sha256
    assert found.questions["age"].ask == "How old are you?"


def test_kept_files_that_are_not_those_asked_for_are_refused(
    questionnaires, library, store, monkeypatch
):
    before = questionnaires.current()
    rewrite(library, "How old are you?", "What is your age?")
    fresh = opened(library, store)
    other = store.versions.load_bundle(fresh.current().sha256)

    monkeypatch.setattr(type(store.versions), "load_bundle", lambda *_: other)

    for _ in range(2):
        with pytest.raises(RecordUnreadable, match="not those that have this hash"):
            fresh.version(before.sha256)


def test_a_crash_of_the_loader_leaves_the_last_good_version(
    questionnaires, library, store, monkeypatch, caplog
):
    before = questionnaires.current()

    def crash(*_):
        raise RecursionError(CANARY)

    with monkeypatch.context() as broken:
        broken.setattr("screening.web.sources.load", crash)
        rewrite(library, "How old are you?", "What is your age?")
        now = questionnaires.current()

    assert now is before
    (told,) = [one for one in caplog.records if one.msg == "questionnaire_crashed"]
    assert told.screening_fields["exception"] == "RecursionError"
    assert "left_out" not in told.screening_fields
    assert CANARY not in caplog.text
    assert rejections(store) == 1


def away(*_, **__):
    raise DatabaseUnavailable(Trouble.LOCKED)


def test_while_a_version_cannot_be_kept_the_one_before_stays_and_it_is_tried_again(
    questionnaires, library, store, monkeypatch, caplog
):
    before = questionnaires.current()
    rewrite(library, "How old are you?", "What is your age?")

    with monkeypatch.context() as broken:
        broken.setattr(type(store.versions), "keep_version", away)
        meanwhile = questionnaires.current()

    assert meanwhile is before
    (told,) = [one for one in caplog.records if one.msg == "questionnaire_waits"]
    assert told.screening_fields == {"reason": "locked"}
    assert questionnaires.current().questions["age"].ask == "What is your age?"


def test_a_refusal_that_cannot_be_written_down_fails_nobody_and_is_written_later(
    questionnaires, library, store, monkeypatch
):
    before = questionnaires.current()
    rewrite(library, "type: integer", "type: intejer")

    with monkeypatch.context() as broken:
        broken.setattr(type(store.versions), "note_rejected", away)
        meanwhile = questionnaires.current()
    questionnaires.current()

    assert meanwhile is before
    assert rejections(store) == 1


def test_nobody_waits_while_another_request_reads_changed_files(
    questionnaires, library, monkeypatch
):
    before = questionnaires.current()
    rewrite(library, "How old are you?", "What is your age?")
    reading, may_go_on = Event(), Event()

    def slow(*given):
        reading.set()
        may_go_on.wait(10)
        return load(*given)

    monkeypatch.setattr("screening.web.sources.load", slow)
    other = Thread(target=questionnaires.current)
    other.start()
    reading.wait(10)
    meanwhile = questionnaires.current()
    may_go_on.set()
    other.join()

    assert meanwhile is before
    assert questionnaires.current().questions["age"].ask == "What is your age?"


def test_whoever_listens_is_told_of_every_version(questionnaires, library):
    told = []
    questionnaires.when_loaded(lambda loaded: told.append(loaded.sha256))

    rewrite(library, "How old are you?", "What is your age?")
    questionnaires.current()

    assert len(set(told)) == 2


def rejections(store):
    """Return how many times files were refused, by the audit trail."""
    with store.ground.database.reading() as session:
        actions = session.execute(select(AuditRow.action)).scalars()
        return sum(action == Action.QUESTIONNAIRE_REJECT for action in actions)


def test_refused_files_are_one_row_of_the_trail_however_often_they_are_looked_at(
    questionnaires, library, store
):
    rewrite(library, "type: integer", "type: intejer")
    for _ in range(3):
        questionnaires.current()

    other = opened_as_it_was(questionnaires, library, store)
    other.current()

    assert rejections(store) == 1


def opened_as_it_was(questionnaires, library, store):
    """Return a second worker's service, which loaded the files before they changed."""
    bad = library / "ocd-ketamine/questionnaire.yaml"
    text, told = bad.read_text("utf-8"), bad.stat()
    bad.write_text(text.replace("type: intejer", "type: integer"), "utf-8")
    second = opened(library, store)
    bad.write_text(text, "utf-8")
    os.utime(bad, ns=(told.st_atime_ns, told.st_mtime_ns))
    return second


def test_a_folder_that_is_gone_for_a_moment_changes_nothing(questionnaires, library):
    before = questionnaires.current()

    library.rename(library.with_name("elsewhere"))
    gone = questionnaires.current()
    library.with_name("elsewhere").rename(library)

    assert gone is before
    assert questionnaires.current() is before


def test_the_folder_is_not_looked_at_for_every_request(library, store):
    shelf = shelf_for("ocd-ketamine", library)
    patient = Questionnaires(FolderSource(shelf), store.versions, look_every=3600)
    before = patient.current()

    rewrite(library, "How old are you?", "What is your age?")

    assert patient.current() is before


def test_files_are_left_alone_until_they_stand_still(library, store, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("screening.web.questionnaires.monotonic", lambda: now[0])
    shelf = shelf_for("ocd-ketamine", library)
    patient = Questionnaires(
        FolderSource(shelf), store.versions, look_every=0.5, settled=0.1
    )
    asked = []

    def later(seconds):
        now[0] += seconds
        asked.append(patient.current().questions["age"].ask)

    rewrite(library, "How old are you?", "Half")
    later(1)
    rewrite(library, "Half", "What is your age?")
    later(0.1)
    later(0.05)
    later(0.1)

    assert asked == ["How old are you?"] * 3 + ["What is your age?"]


def test_only_a_few_versions_are_held_and_the_others_read_again(
    questionnaires, library
):
    first = questionnaires.current()
    last = "How old are you?"
    for number in range(MOST_HELD + 2):
        rewrite(library, last, f"Your age, {number}?")
        last = f"Your age, {number}?"
        questionnaires.current()

    again = questionnaires.version(first.sha256)

    assert again is not first
    assert again.sha256 == first.sha256
    assert questionnaires.current().questions["age"].ask == last


def test_while_the_source_can_not_be_asked_the_version_there_is_stays(library, store):
    source = FolderSource(shelf_for("ocd-ketamine", library))
    patient = Questionnaires(source, store.versions, look_every=0, settled=0)
    before = patient.current()
    rewrite(library, "How old are you?", "What is your age?")

    def unavailable():
        raise DatabaseUnavailable(Trouble.LOCKED)

    asked, source.state = source.state, unavailable
    meanwhile = patient.current()
    source.state = asked

    assert meanwhile is before
    assert patient.current() is not before

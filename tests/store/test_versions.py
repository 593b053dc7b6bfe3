"""Is every version of a questionnaire kept for ever, and as it was?"""

import dataclasses

import pytest

from screening.store.audit import Actor
from screening.store.problems import VersionConflict, VersionUnknown
from screening.store.versions import Bundle
from tests.store.fixtures import SHA256

SERVICE = Actor.service("start")
BUNDLE = Bundle(
    sha256="ab" * 32,
    questionnaire="ocd-ketamine",
    version="2.0",
    files={"questionnaire.yaml": "title: Ænd ☃\r\n", "help.yaml": "\0\ud800"},
)


def test_a_kept_bundle_comes_back_sign_for_sign(store):
    store.versions.keep_version(BUNDLE, actor=SERVICE)

    assert store.versions.load_bundle(BUNDLE.sha256) == BUNDLE


def test_keeping_a_bundle_again_changes_nothing_and_is_not_noted_again(store):
    first = store.versions.keep_version(BUNDLE, actor=SERVICE)
    rows_before = store.audit.verify().checked

    second = store.versions.keep_version(BUNDLE, actor=SERVICE)

    assert (first, second) == (True, False)
    assert store.audit.verify().checked == rows_before


@pytest.mark.parametrize(
    "change", [{"files": {"help.yaml": "x"}}, {"version": "3"}, {"questionnaire": "x"}]
)
def test_a_hash_never_stands_for_two_contents(store, change):
    store.versions.keep_version(BUNDLE, actor=SERVICE)
    other = dataclasses.replace(BUNDLE, **change)

    with pytest.raises(VersionConflict):
        store.versions.keep_version(other, actor=SERVICE)

    assert store.versions.load_bundle(BUNDLE.sha256) == BUNDLE


def test_two_contents_of_one_version_number_are_both_kept(store):
    other = dataclasses.replace(BUNDLE, sha256="cd" * 32, files={})

    for bundle in (BUNDLE, other):
        store.versions.keep_version(bundle, actor=SERVICE)

    assert store.versions.load_bundle(BUNDLE.sha256) == BUNDLE
    assert store.versions.load_bundle(other.sha256) == other


def test_a_version_that_was_never_kept_is_named(store):
    with pytest.raises(VersionUnknown, match="ffff"):
        store.versions.load_bundle("ff" * 32)


def test_the_files_do_not_fill_a_log(store):
    assert "title" not in repr(store.versions.load_bundle(SHA256))

"""Does everything in the tutorial work, and come out as it is shown?"""

import pytest

from docs.walk_tutorial import PAGE, RECIPES, begin, steps, walk
from screening.cli.instance import settings_of, store_of
from screening.core.deployment import Deployment
from screening.web.questionnaires import Questionnaires
from screening.web.sources import PublishedSource

TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with what the reader has."""
    folder = tmp_path_factory.mktemp("tutorial")
    begin(folder)
    return folder


@pytest.fixture(scope="module")
def site(folder):
    """The questionnaires of a site that runs while the tutorial is walked."""
    store = store_of(settings_of(folder / "clinic"))
    source = PublishedSource("ocd-ketamine", store, Deployment())
    yield Questionnaires(source, store.versions, look_every=0, settled=0)
    store.close()


@pytest.fixture(scope="module")
def before(site):
    return site.current()


@pytest.fixture(scope="module")
def walked(before, folder):
    return walk(TEXT, folder)


def test_every_command_prints_what_the_page_shows(walked):
    assert [one.came for one in walked] == [one.shown for one in walked]


def test_the_wrong_edit_is_told_and_mended(walked):
    told = [one for one in walked if '"taken_hom"' in one.came]

    assert len(told) == 1
    assert 'Did you mean "taken_home"?' in told[0].came


def test_the_running_site_asks_the_new_question_after_publishing(before, walked, site):
    after = site.current()

    assert "taken_home" not in before.questions
    assert after.questions["taken_home"].short == "Someone to take them home"
    assert (before.version, after.version) == ("2026.1", "2026.2")


def test_what_began_before_goes_on_with_its_version(before, walked, site):
    site.current()

    assert site.version(before.sha256) is before


def test_the_page_has_edits_files_commands_and_what_they_print():
    kinds = {step.kind for step in steps(TEXT)}

    assert kinds == {"sh", "text", "diff", "yaml"}


def test_every_recipe_comes_out_as_it_is_shown(tmp_path):
    begin(tmp_path)

    done = walk(RECIPES.read_text("utf-8"), tmp_path)

    assert [one.came for one in done] == [one.shown for one in done]
    assert all("fit to be asked" in one.came for one in done if "check" in one.command)

"""Is the page that a save changed found, and none where nothing changed?"""

import pytest

from screening.core.load import load
from screening.library import shelf_for
from screening.web.preview.desk import changed_page
from tests.core.building import DEFINITIONS

EVERY = sorted(
    path.parent
    for path in DEFINITIONS.glob("*/questionnaire.yaml")
    if path.parent.name != "broken"
)


def loaded(questionnaire, old="", new=""):
    """Return the questionnaire, with one edit of its own file."""
    shelf = shelf_for(questionnaire, DEFINITIONS)
    own = f"{shelf.questionnaire_id}/questionnaire.yaml"

    def read(name):
        text = shelf.read(name)
        return text.replace(old, new, 1) if text and old and name == own else text

    return load(shelf.questionnaire_id, read)


def shipped(old="", new=""):
    shelf = shelf_for("ocd-ketamine")

    def read(name):
        text = shelf.read(name)
        whole = text and old and name == "ocd-ketamine/questionnaire.yaml"
        return text.replace(old, new, 1) if whole else text

    return load(shelf.questionnaire_id, read)


@pytest.mark.parametrize("folder", EVERY, ids=lambda folder: folder.name)
def test_a_save_that_changes_nothing_leads_nowhere(folder):
    before, after = loaded(folder), loaded(folder)

    assert changed_page(before, after) is None


def test_a_save_of_the_shipped_questionnaire_that_changes_nothing_leads_nowhere():
    assert changed_page(shipped(), shipped()) is None


def test_a_new_line_above_the_pages_leads_nowhere():
    after = shipped("pages:", "# A remark.\npages:")

    assert changed_page(shipped(), after) is None


def test_a_changed_word_leads_to_its_page_past_those_that_are_the_same():
    after = shipped("Before you send your answers", "Before you send them")

    assert changed_page(shipped(), after) == "before-you-send"


def test_a_changed_condition_leads_to_its_page():
    folder = DEFINITIONS / "branching"

    after = loaded(folder, "ask_if: age >= 18", "ask_if: age >= 21")

    assert changed_page(loaded(folder), after) == "smoking"

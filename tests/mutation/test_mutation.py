"""Is every slip in the shipped files told, seen in a worked patient, or harmless?

`make mutation` tries many more edits, and prints what becomes of each.
"""

import random

from tests.mutation.edits import KINDS
from tests.mutation.judging import Ground, judged

EDITS = 45


def test_no_edit_changes_what_is_decided_without_a_word():
    found = list(judged(EDITS, random.Random(20261126)))

    assert [edit for edit, kind in found if kind == "unexplained"] == []
    assert len({edit.kind for edit, _ in found}) >= len(KINDS) - 2


def test_an_edit_that_decides_otherwise_is_seen_in_a_case_or_told():
    ground = Ground()
    name = "ocd-ketamine/questionnaire.yaml"
    text = ground.files[name]

    assert ground.judge(name, text.replace("when: age < 18", "when: age <= 18")) in {
        "told",
        "seen in a case",
    }
    # Other words for patients make the Spanish stale, which is told.
    other_words = text.replace("Age {age}: under 18.", "Under 18: {age}.")
    assert ground.judge(name, other_words) == "harmless"
    assert ground.judge(name, text.replace("How old are you", "Your age")) == "told"
    assert (
        ground.judge(name, text.replace("when: age < 18", "when: agge < 18")) == "told"
    )


def test_an_edit_that_no_case_shows_is_not_called_harmless():
    ground = Ground()
    ground.cases = []
    name = "ocd-ketamine/questionnaire.yaml"
    text = ground.files[name]

    changed = text.replace("when: age < 18", "when: age <= 18")

    assert ground.judge(name, changed) == "unexplained"

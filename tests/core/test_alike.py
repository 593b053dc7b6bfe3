"""Is a change of wording told from a change of what is decided?"""

import re

import pytest

from screening.core.alike import decide_alike
from screening.core.load import load
from screening.core.problems import DefinitionError
from tests.mutation.judging import QUESTIONNAIRE, Ground
from tests.mutation.semantic import faults

GROUND = Ground()
FAULTS = 60
OTHER_WORDS = [
    (r'title: "[^"]+"', 'title: "Another title"'),
    (r'ask: "How old are you[^"]*"', 'ask: "What is your age in years?"'),
    (r'clinician: "[^"]+"', 'clinician: "Look at this first."'),
    (r'because: "[^"]+"', 'because: "A reason in other words."'),
    (r"^# .*$", "# Another remark\n# of two lines"),
]


def loaded_with(file, text):
    def read(name):
        return text if name == file else GROUND.read(name)

    return load(QUESTIONNAIRE, read)


def main_file():
    name = f"{QUESTIONNAIRE}/questionnaire.yaml"
    return name, GROUND.files[name]


@pytest.mark.parametrize(("pattern", "words"), OTHER_WORDS)
def test_other_words_decide_alike(pattern, words):
    name, text = main_file()
    changed, count = re.subn(pattern, words, text, count=1, flags=re.MULTILINE)
    assert count == 1

    made = loaded_with(name, changed)

    assert made.sha256 != GROUND.made.sha256
    assert decide_alike(GROUND.made, made)


def test_a_rule_that_is_only_laid_out_otherwise_decides_alike():
    name, text = main_file()
    changed = text.replace("when: age < 18\n", "when: (age  <  18)\n")
    assert changed != text

    assert decide_alike(GROUND.made, loaded_with(name, changed))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 12\n", "value: 14\n"),
        ("        not_sure: true\n", ""),
        ("    kind: precaution\n", "    kind: review\n"),
        ("    priority: same_day\n", ""),
        ('never: outcome == "no_barrier_reported" and unsure', "never: unsure"),
    ],
)
def test_what_is_more_than_wording_does_not(old, new):
    name, text = main_file()
    assert old in text

    made = loaded_with(name, text.replace(old, new, 1))

    assert not decide_alike(GROUND.made, made)


def test_no_fault_of_meaning_passes_for_wording():
    looked_at = 0
    for fault in faults(GROUND, FAULTS, seed=11):
        try:
            made = loaded_with(fault.file, fault.text)
        except DefinitionError:
            continue
        looked_at += 1
        assert not decide_alike(GROUND.made, made), fault

    assert looked_at > FAULTS / 2

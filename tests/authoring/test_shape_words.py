"""Is there a word on every name that a file can hold, for editors?"""

import pytest

from screening.authoring.shape_words import EXAMPLES, MEMBERS, WORDS
from screening.core.cases.shapes import CaseStrict
from screening.core.schema import Strict
from screening.core.units import is_known

SHAPES = Strict.__subclasses__() + CaseStrict.__subclasses__()
LINES = [words for shape in WORDS.values() for words in shape.values()]
CHOICES = [words for members in MEMBERS.values() for words in members.values()]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_name_of_a_shape_has_its_words(shape):
    names = {field.alias or name for name, field in shape.model_fields.items()}

    assert set(WORDS[shape]) == names


def test_there_are_words_of_shapes_only():
    assert set(WORDS) == set(SHAPES)


@pytest.mark.parametrize("members", MEMBERS, ids=lambda members: members.__name__)
def test_every_word_that_can_be_chosen_is_explained(members):
    assert list(MEMBERS[members]) == list(members)


@pytest.mark.parametrize("words", sorted({*LINES, *CHOICES}))
def test_words_are_a_short_sentence(words):
    assert 5 < len(words) < 120
    assert words.endswith((".", "…"))


@pytest.mark.parametrize("unit", EXAMPLES["unit"])
def test_a_unit_that_is_proposed_is_known(unit):
    assert is_known(unit)

"""Does the registry say what every code means, and is it complete?"""

import re
from pathlib import Path

import pytest

from screening.core.codes import CODES, ROOMS

SOURCE = Path(__file__).parents[2] / "screening"


def test_the_registry_has_the_codes_that_the_source_uses_and_no_others():
    used = {
        code
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "codes"
        for code in re.findall(r"\bSC\d{3}\b", path.read_text("utf-8"))
    }

    assert used == set(CODES)


def test_no_code_stands_twice_in_the_registry():
    codes = [code.code for room in ROOMS.values() for code in room]

    assert len(codes) == len(CODES)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_a_code_says_in_sentences_what_it_is_why_it_matters_and_how_to_mend(code):
    assert re.fullmatch(r"\S.{2,90}[^. ]", code.title)
    assert re.fullmatch(r"\S[^\n]{10,400}[.]", code.why)
    assert re.fullmatch(r"\S[^\n]{5,400}[.]", code.mend)

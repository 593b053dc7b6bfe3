"""Does a complaint about a rule point at its word, however the rule is written?"""

import pytest

from tests.core.building import SMALLEST, problems_of

CRITERION = """\
criteria:
  - id: odd
    kind: review
    clinician: Odd.
    because: Odd.
    sources: [book]
"""
SOURCES = {
    "small/sources.yaml": """\
        language_version: 1
        sources: {book: {ref: A book., basis: read}}
        """
}


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("when: age > 3 and agee > 4", "16:23"),
        ("when: 'age > 3 and agee > 4'", "16:24"),
        ('when: "age > 3 and agee > 4"', "16:24"),
        ("when: |\n      age > 3\n      and agee > 4", "18:11"),
        ("when: >-\n      age > 3\n      and agee > 4", "18:11"),
        ("when: age > 3\n      and agee > 4", "17:11"),
        ("when: 'age > 3\n\n      and agee > 4'", "18:11"),
        ("when: 'not answered(age) or agee > 4'", "16:33"),
    ],
)
def test_the_place_is_the_words_own(rule, place):
    text = SMALLEST + CRITERION + f"    {rule}\n"

    assert problems_of(text, SOURCES) == [f"SC210 {place}"]


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("when: 'age > 3 and'", "16:23"),
        ("when: age > 3 and", "16:22"),
        ("when: \"age != 'it''s' and agee > 4\"", "16:31"),
        ("when: 'age != ''it'' and agee > 4'", "16:30"),
        ('when: "age != \\"it\\" and agee > 4"', "16:30"),
        ("when: 'age > 3 # and agee > 4'", "16:20"),
    ],
)
def test_the_place_of_an_end_or_after_quotes_is_right_too(rule, place):
    text = SMALLEST + CRITERION + f"    {rule}\n"

    assert any(problem.endswith(place) for problem in problems_of(text, SOURCES))

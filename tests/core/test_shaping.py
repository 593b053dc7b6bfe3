"""Is everything wrong with a file told in one run, and each fault only once?"""

import pytest

from tests.core.building import SMALLEST, messages_of, problems_of

BOOK = {
    "small/sources.yaml": """\
        language_version: 1
        sources: {book: {ref: A book., basis: read}}
        """
}
RULE = (
    "criteria:\n"
    "  - {id: old, kind: review, when: %s, clinician: C., because: B., "
    "sources: [book]}\n"
)


def test_a_fault_of_form_and_one_of_meaning_are_told_together():
    text = SMALLEST.replace("title: First", "tittle: First") + RULE % "agee > 3"

    assert problems_of(text, BOOK) == ["SC102 7:5", "SC210 11:35"]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        # a question that lost something is not complained about where it is used
        (("range: [0, 120]", "rnge: [0, 120]"), "SC102 9:69"),
        (("type: integer", "type: integr"), "SC103 9:48"),
        (("type: integer, ", ""), "SC101 9:9"),
        (("id: age", "idd: age"), "SC102 9:10"),
        (("unit: year", "unit: [year]"), "SC103 9:63"),
        (("    questions:\n", "    questins:\n"), "SC102 8:5"),
        (("page: first", "paje: first"), "SC102 6:5"),
    ],
)
def test_what_uses_a_broken_part_is_not_told_again(broken, problem):
    text = SMALLEST.replace(*broken) + RULE % "age > 65"

    told = problems_of(text, BOOK)

    assert problem in told
    assert not [one for one in told if one.startswith("SC2")]


def test_an_option_list_with_a_slip_is_told_once():
    line = (
        "      - {id: c, ask: A?, type: choice, options: {red: {lable: R}, blue: B}}\n"
    )

    assert problems_of(SMALLEST + line + RULE % 'c == "red"', BOOK) == ["SC102 10:56"]


def test_criteria_are_not_told_about_a_bibliography_that_cannot_be_read():
    files = {"small/sources.yaml": "sources: [\n"}

    told = problems_of(SMALLEST + RULE % "age > 65", files)

    assert [one.split()[0] for one in told] == ["SC001"]


def test_uses_of_a_derived_value_that_is_wrong_are_not_told_again():
    text = SMALLEST + "derived: {old: agee > 65}\n" + RULE % "old"

    assert problems_of(text, BOOK) == ["SC210 10:16"]


def test_a_name_is_suggested_from_those_that_can_stand_there():
    text = SMALLEST.replace("type:", "tipe:")

    assert messages_of(text) == [
        '"tipe" is not a name that can stand here — Did you mean "type"?'
    ]

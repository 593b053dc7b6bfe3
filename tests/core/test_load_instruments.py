"""Which instrument files are refused, and where does each complaint point?"""

import pytest

from screening.core.load import load_instrument
from screening.core.problems import DefinitionError, Severity
from tests.core.building import SMALLEST, from_text, instrument_from_text, problems_of

SCALE = """\
language_version: 1
instrument: scale
title: A scale
options: {0: Never, 1: Sometimes, 2: Often}
items:
  - {ask: One?}
  - {ask: Two?}
scores:
  total: {sum: all, range: [0, 4]}
bands:
  usual: {of: total, bands: {low: [0, 1], high: [2, 4]}}
licence: {status: public_domain, holder: Nobody}
sources: [book]
"""
PACK = """\
language_version: 1
pack: scale
licence_reference: A letter of 2025.
items: {q1: "First, in the holder's words?", q2: "Second?"}
options: {0: "Not ever"}
"""
PAGE = "  - {page: second, instrument: scale}\n"


def faults(text):
    with pytest.raises(DefinitionError) as caught:
        instrument_from_text(text)
    return [f"{p.code} {p.where.line}:{p.where.column}" for p in caught.value.problems]


def test_the_smallest_scale_is_read():
    instrument, program = instrument_from_text(SCALE)

    assert [item.id for item in instrument.items] == ["q1", "q2"]
    assert instrument.items[0].numeric_options
    assert set(program.keys) == {"scale"}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (("{ask: Two?}", "{id: q1, ask: Two?}"), "SC110 7:10"),
        (("{ask: Two?}", "{ask: Two?, ask_if: q9 > 1}"), "SC210 7:25"),
        (("{ask: Two?}", "{topic: two}"), "SC303 7:5"),
        (("sum: all", "sum: [q1, q9]"), "SC310 9:21"),
        (("sum: all", "sum: all, reversed: [q9]"), "SC310 9:32"),
        (("range: [0, 4]", "range: [0, 5]"), "SC311 9:28"),
        (("of: total", "of: totl"), "SC320 11:15"),
        (("high: [2, 4]", "high: [3, 4]"), "SC321 11:49"),
        (("high: [2, 4]", "high: [1, 4]"), "SC321 11:49"),
        (("low: [0, 1]", "low: [1, 1]"), "SC321 11:35"),
        (("high: [2, 4]", "high: [2, 3]"), "SC322 11:49"),
        (("licence:", "parameters: {cut: {unit: week}}\nlicence:"), "SC304 12:19"),
        (
            (
                "licence:",
                "parameters: {cut: {options: {a: 1}, default: b}}\nlicence:",
            ),
            "SC307 12:46",
        ),
        (("licence:", "gate: q9 == 1\nlicence:"), "SC210 12:7"),
        (("licence:", "inconsistent: q1\nlicence:"), "SC205 12:15"),
        (("licence:", "results: {r: totl > 1}\nlicence:"), "SC210 12:14"),
        (("licence:", "rater: nurse\nlicence:"), "SC103 12:8"),
        (("items:", "itms:"), "SC102 5:1"),
    ],
)
def test_a_fault_is_told_where_it_stands(changed, fault):
    assert fault in faults(SCALE.replace(*changed))


@pytest.mark.parametrize(
    ("parameters", "code"),
    [({"cut": "many"}, "SC308"), ({"sex": "other"}, "SC307"), ({"ct": "3"}, "SC309")],
)
def test_a_parameter_that_is_chosen_has_to_exist_and_to_fit(parameters, code):
    declared = "parameters: {cut: {value: 2}, sex: {options: {f: 3}, default: f}}\n"

    with pytest.raises(DefinitionError) as caught:
        instrument_from_text(SCALE + declared, parameters=parameters)

    assert [problem.code for problem in caught.value.problems] == [code]


def test_there_is_no_instrument_without_a_file():
    with pytest.raises(DefinitionError, match="there is no such file"):
        load_instrument("scale", {}.get)


# -- texts that are not shipped

STRUCTURE = SCALE.replace("ask:", "topic:").replace(
    "title: A scale", "title: A scale\ntext: pack"
)


def test_an_instrument_without_its_text_is_never_shown():
    files = {"instruments/scale.yaml": STRUCTURE}

    assert problems_of(SMALLEST + PAGE, files) == ["SC306 10:32"]


def test_a_page_that_says_so_is_left_out_with_a_notice_while_the_text_is_absent():
    files = {"instruments/scale.yaml": STRUCTURE}
    page = PAGE.replace("}", ", if_licensed: true}")
    questionnaire = from_text(SMALLEST + page, files)

    assert questionnaire.left_out_pages == ("second",)
    assert [notice.severity for notice in questionnaire.notices] == [Severity.NOTICE]
    assert "screening pack import scale FILE" in questionnaire.notices[0].fix


def test_the_holders_text_replaces_the_topics():
    files = {"instruments/scale.yaml": STRUCTURE, "packs/scale.yaml": PACK}
    questionnaire = from_text(SMALLEST + PAGE, files)
    scale = questionnaire.instruments["scale"]

    assert [item.ask for item in scale.items] == [
        "First, in the holder's words?",
        "Second?",
    ]
    assert [option.label for option in scale.items[0].options] == [
        "Not ever",
        "Sometimes",
        "Often",
    ]


def test_a_changed_word_of_the_holders_text_is_a_new_version():
    files = {"instruments/scale.yaml": STRUCTURE, "packs/scale.yaml": PACK}
    reworded = files | {"packs/scale.yaml": PACK.replace("ever", "at all")}

    first = from_text(SMALLEST + PAGE, files)
    second = from_text(SMALLEST + PAGE, reworded)

    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("pack", "problem"),
    [
        (PACK.replace('q2: "Second?"', 'q3: "Second?"'), "SC301 4:8"),
        (PACK.replace('q2: "Second?"', 'q2: "S?", q3: "T?"'), "SC302 4:56"),
        (PACK.replace("licence_reference: A letter of 2025.\n", ""), "SC101 1:1"),
        (PACK + "scores: {total: {sum: all}}\n", "SC102 6:1"),
    ],
)
def test_a_pack_holds_one_wording_for_each_item_and_nothing_else(pack, problem):
    files = {"instruments/scale.yaml": STRUCTURE, "packs/scale.yaml": pack}

    assert problem in problems_of(SMALLEST + PAGE, files)


def test_scoring_needs_no_text():
    instrument, _ = instrument_from_text(STRUCTURE)

    assert instrument.items[0].ask == "One?"


def test_one_instrument_can_stand_on_two_pages_under_two_names():
    files = {"instruments/scale.yaml": SCALE}
    pages = PAGE + "  - {page: third, instrument: scale, as: again}\n"
    questionnaire = from_text(SMALLEST + pages, files)

    assert list(questionnaire.instruments) == ["scale", "again"]


def test_one_instrument_cannot_stand_on_two_pages_under_one_name():
    files = {"instruments/scale.yaml": SCALE}
    pages = PAGE + "  - {page: third, instrument: scale}\n"

    assert "SC110" in {p.split()[0] for p in problems_of(SMALLEST + pages, files)}

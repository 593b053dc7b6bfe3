"""How are an instrument's items spread over pages that need no script?"""

from tests.core.building import SMALLEST, from_text

HEAD = """\
language_version: 1
instrument: scale
title: A scale
options: {0: Never, 1: Often}
licence: {status: public_domain, holder: Nobody}
sources: [book]
"""


def pages_of(items, more=""):
    text = HEAD + "items:\n" + items + more
    page = "  - {page: second, instrument: scale, title: Second}\n"
    questionnaire = from_text(SMALLEST + page, {"instruments/scale.yaml": text})
    return [
        (page.id, [question.id for question in page.questions])
        for page in questionnaire.pages[1:]
    ]


def test_items_without_a_condition_stand_on_one_page():
    items = "  - {ask: One?}\n  - {ask: Two?}\n"

    assert pages_of(items) == [("second", ["q1", "q2"])]


def test_a_page_begins_before_an_item_that_hangs_on_the_page_it_would_stand_on():
    items = (
        "  - {ask: One?}\n"
        "  - {ask: Two?, ask_if: q1 == 1}\n"
        "  - {ask: Three?, ask_if: q1 == 1}\n"
        "  - {ask: Four?, ask_if: q3 == 1}\n"
    )

    assert pages_of(items) == [
        ("second", ["q1"]),
        ("second-2", ["q2", "q3"]),
        ("second-3", ["q4"]),
    ]


def test_a_condition_on_a_score_hangs_on_all_of_its_items():
    items = (
        "  - {ask: One?}\n"
        "  - {ask: Two?}\n"
        "  - {ask: Three?, ask_if: pair >= 1, scored: false}\n"
    )
    scores = "scores: {pair: {sum: [q1, q2]}}\n"

    assert pages_of(items, scores) == [("second", ["q1", "q2"]), ("second-2", ["q3"])]


def test_a_condition_on_a_result_hangs_on_the_items_behind_it():
    items = "  - {ask: One?}\n  - {ask: Two?, ask_if: positive}\n"
    results = "results: {positive: q1 == 1}\n"

    assert pages_of(items, results) == [("second", ["q1"]), ("second-2", ["q2"])]


def test_what_a_gate_closes_stands_after_it():
    items = "  - {id: gate, ask: Ever?, scored: false}\n  - {ask: Two?, id: q1}\n"

    assert pages_of(items, "gate: gate == 1\n") == [
        ("second", ["gate"]),
        ("second-2", ["q1"]),
    ]


def test_the_pages_of_one_instrument_share_their_title_and_source():
    items = "  - {ask: One?}\n  - {ask: Two?, ask_if: q1 == 1}\n"
    page = "  - {page: second, instrument: scale, title: Second}\n"
    files = {"instruments/scale.yaml": HEAD + "items:\n" + items}

    questionnaire = from_text(SMALLEST + page, files)

    assert {(page.source_id, page.title) for page in questionnaire.pages[1:]} == {
        ("second", "Second")
    }

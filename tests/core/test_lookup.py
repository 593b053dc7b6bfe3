"""Does a list find what people type, and only names that are on it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.core.load import load
from screening.core.lookup import MOST_MATCHES, How, folded, matches
from screening.library import shelf_for


def shipped_catalogues():
    shelf = shelf_for("ocd-ketamine")
    questionnaire = load(shelf.questionnaire_id, shelf.read)
    asked = [one for r in questionnaire.repeats.values() for one in r.questions]
    found = (question.catalogue for question in asked)
    return {one.id: one for one in found if one is not None}


CATALOGUES = shipped_catalogues()
MEDICINES = CATALOGUES["medicines"]
NAMES = [
    (catalogue, entry, name)
    for catalogue in CATALOGUES.values()
    for entry in catalogue.entries.values()
    for name in catalogue.names_of(entry)
]
LONG_NAMES = [one for one in NAMES if len(one[2]) >= 6]


def words_of(typed):
    return [match.words for match in matches(MEDICINES, typed)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("sertraline", ["Sertraline"]),
        ("ZOLOFT", ["Zoloft (Sertraline)"]),
        ("zolo", ["Zoloft (Sertraline)"]),
        ("acetaminophen", ["acetaminophen (Paracetamol)"]),
        ("prozak", ["Prozac (Fluoxetine)"]),
        ("tehophylline", ["Theophylline"]),
        ("Théophylline SR", ["Theophylline"]),
        ("st johns", ["St John's wort"]),
        ("johns", ["St John's wort"]),
        ("cocodamol", ["co-codamol (Codeine)"]),
        ("escitalpram", ["Escitalopram", "Citalopram"]),
        ("insulin and metformin", ["Insulin", "Metformin"]),
        ("dandelion tea", []),
        ("  ", []),
    ],
)
def test_a_name_is_found_as_people_type_it(typed, words):
    assert words_of(typed) == words


def test_what_merely_looks_alike_comes_only_where_nothing_else_is_found():
    assert {match.how for match in matches(MEDICINES, "flu")} == {How.BEGINS}
    assert {match.how for match in matches(MEDICINES, "fluoxatin")} == {How.NEAR}


def test_three_letters_that_begin_no_name_find_nothing():
    assert matches(MEDICINES, "xyz") == ()


def test_every_name_finds_its_entry_first():
    first = [(matches(catalogue, name)[0], entry) for catalogue, entry, name in NAMES]

    assert len(first) > 400
    assert [e for match, e in first if (match.entry, match.how) != (e, How.EXACT)] == []


SLIPS = {
    "a letter is left out": lambda name, at: name[:at] + name[at + 1 :],
    "a letter stands twice": lambda name, at: name[:at] + name[at] + name[at:],
    "two letters change places": lambda name, at: (
        name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    ),
}


@given(st.sampled_from(LONG_NAMES), st.integers(0, 99), st.sampled_from([*SLIPS]))
def test_a_slip_in_a_long_name_still_finds_its_entry(named, where, slip):
    catalogue, entry, name = named
    typed = SLIPS[slip](name, 1 + where % (len(name) - 1))

    assert entry in [match.entry for match in matches(catalogue, typed)]


@given(st.sampled_from(NAMES), st.text(max_size=12))
def test_what_the_list_takes_a_text_for_is_among_what_it_finds(named, more):
    catalogue, _, name = named
    typed = f"{name} {more}"

    taken_for = catalogue.find(typed)

    found = [match.entry for match in matches(catalogue, typed)]
    assert taken_for is None or taken_for in found


@given(st.text(max_size=200), st.integers(1, 20))
def test_whatever_is_typed_a_few_entries_are_found_each_once(typed, most):
    found = matches(MEDICINES, typed, most)

    ids = [match.entry.id for match in found]
    assert len(ids) <= most
    assert len(ids) == len(set(ids)) <= len(MEDICINES.entries)
    assert all(match.name in MEDICINES.names_of(match.entry) for match in found)
    assert len(matches(MEDICINES, typed)) <= MOST_MATCHES


@given(st.sampled_from(NAMES))
def test_case_and_accents_do_not_matter(named):
    catalogue, entry, name = named
    shouted = name.upper().replace("E", "É").replace("O", "Ö")

    assert folded(shouted) == folded(name)
    assert matches(catalogue, shouted)[0].entry == entry

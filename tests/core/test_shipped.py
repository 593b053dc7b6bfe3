"""Does the shipped questionnaire hold what the clinic's data say, and come out so?"""

from datetime import date

import pytest

from screening.core.cases import read_cases, run_case
from screening.core.definition import Kind
from screening.core.load import load
from screening.core.problems import Severity
from screening.core.translation import in_language
from screening.library import shelf_for
from screening.resources import questionnaires_folder
from tests.core.expected_ids import KINDS, MUST_KNOW, QUESTIONS, SAME_DAY

SHELF = shelf_for("ocd-ketamine")
SHIPPED = load(SHELF.questionnaire_id, SHELF.read)
HOME = questionnaires_folder()
TODAY = date(2026, 3, 15)


def cases_in(folder):
    paths = sorted((HOME / folder).glob("*.yaml"))
    return read_cases((path.name, path.read_text("utf-8")) for path in paths)


PATIENTS = cases_in("ocd-ketamine/cases")
VECTORS = cases_in("instruments/cases")

CATALOGUES = {
    question.catalogue.id: question.catalogue
    for repeat in SHIPPED.repeats.values()
    for question in repeat.questions
    if question.catalogue
}

OWN = {"review-medicine-unconfirmed", "review-medicine-unlisted"}
"""What is listed and what is confirmed must agree: no rule of the clinic's data."""


@pytest.mark.parametrize("case", PATIENTS, ids=[case.id for case in PATIENTS])
def test_a_worked_patient_comes_out_as_written(case):
    failure = run_case(case, questionnaire=SHIPPED, read_file=SHELF.read, on=TODAY)

    assert failure is None, failure.differences


@pytest.mark.parametrize(
    "case", VECTORS, ids=[f"{case.instrument}-{case.id}" for case in VECTORS]
)
def test_a_worked_score_comes_out_as_written(case):
    failure = run_case(case, questionnaire=None, read_file=SHELF.read, on=TODAY)

    assert failure is None, failure.differences


def test_there_are_worked_patients_and_scores_to_run():
    assert len(PATIENTS) >= 200
    assert len(VECTORS) >= 380
    assert len({case.id for case in PATIENTS}) == len(PATIENTS)


def test_every_instrument_has_worked_scores():
    shipped = {path.stem for path in (HOME / "instruments").glob("*.yaml")}

    assert {case.instrument for case in VECTORS} == shipped


def test_every_question_of_the_clinics_data_is_asked():
    assert set(QUESTIONS) <= set(SHIPPED.program.keys)
    assert len(QUESTIONS) == 63


@pytest.mark.parametrize("kind", KINDS)
def test_every_criterion_of_the_clinics_data_is_there_and_of_its_kind(kind):
    found = {c.id for c in SHIPPED.criteria if c.kind is Kind(kind)}

    assert found - OWN == set(KINDS[kind])


def test_there_are_as_many_criteria_as_in_the_clinics_data_and_two_of_our_own():
    own = {criterion.id for criterion in SHIPPED.criteria} & OWN

    assert own == OWN
    assert len(SHIPPED.criteria) - len(own) == sum(map(len, KINDS.values())) == 103


def test_what_the_clinics_data_call_a_matter_of_safety_must_be_known():
    needed = {needed.id for needed in SHIPPED.program.must_know}

    assert needed == {*MUST_KNOW, "medicines"}


def test_the_same_day_is_asked_for_where_the_clinics_data_do():
    urgent_today = {c.id for c in SHIPPED.criteria if c.priority == "same_day"}

    assert urgent_today == set(SAME_DAY)


def test_every_criterion_is_met_by_a_worked_patient():
    met = {finding for case in PATIENTS for finding in case.expect.get("findings", ())}

    assert set().union(*KINDS.values()) <= met


def test_every_outcome_is_reached_by_a_worked_patient():
    assert {
        case.expect["outcome"] for case in PATIENTS if "outcome" in case.expect
    } == {
        "urgent",
        "contraindication_reported",
        "needs_review",
        "no_barrier_reported",
    }


@pytest.mark.parametrize("criterion", SHIPPED.criteria, ids=lambda c: c.id)
def test_a_criterion_has_its_sources_and_its_reason(criterion):
    assert criterion.because
    assert criterion.sources
    assert set(criterion.sources) <= set(SHIPPED.sources)


@pytest.mark.parametrize(
    "criterion",
    [c for c in SHIPPED.criteria if c.kind is Kind.URGENT],
    ids=lambda c: c.id,
)
def test_an_urgent_criterion_brings_up_help(criterion):
    assert criterion.help in SHIPPED.help


def test_a_notice_says_that_the_licensed_pages_are_left_out():
    assert SHIPPED.left_out_pages == ("severity", "severity-by-theme")
    left_out = [one for one in SHIPPED.notices if one.code == "SC306"]
    assert len(left_out) == 2
    assert {notice.severity for notice in left_out} == {Severity.NOTICE}


def test_spanish_lacks_only_a_wording_that_is_not_published():
    spanish = SHIPPED.translations["es"]

    assert spanish.needed == spanish.stale == ()
    assert {key.split(".")[1] for key in spanish.missing} == {"pc_ptsd5"}


def test_spanish_is_not_offered_before_a_clinician_has_signed_it_off():
    warnings = [one for one in SHIPPED.notices if one.severity is not Severity.NOTICE]

    assert SHIPPED.languages == ("en",)
    assert [one.code for one in warnings] == ["SC605"]


@pytest.mark.parametrize(
    ("catalogue", "typed", "entry"),
    [
        ("medicines", "sertralina", "sertraline"),
        ("medicines", "Fenitoína 100 mg", "phenytoin"),
        ("medicines", "fenitoina", "phenytoin"),
        ("medicines", "Hierba de San Juan", "st_johns_wort"),
        ("medicines", "carbonato de litio", "lithium"),
        ("medicines", "teofilina", "theophylline"),
        ("medicines", "valproato de magnesio", "valproate"),
        ("ocd-medicines", "Clomipramina", "clomipramine"),
        ("augmenters", "risperidona", "risperidone"),
    ],
)
def test_a_medicine_is_found_by_its_spanish_name(catalogue, typed, entry):
    found = CATALOGUES[catalogue].find(typed)

    assert found.id == entry


def test_each_medicine_that_a_spanish_hint_names_is_of_the_group_it_stands_for():
    groups = in_language(SHIPPED, "es").questions["medicine_classes"]
    medicines = CATALOGUES["medicines"]

    named = {
        option.value: medicines.mentioned(f"{option.label}, {option.hint}")
        for option in groups.options
        if option.hint
    }

    assert all(named.values())
    for group, entries in named.items():
        for entry in entries:
            assert group in medicines.attribute(entry, "classes"), entry.id

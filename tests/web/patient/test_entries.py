"""How are medicines listed, changed, removed, recognised and suggested from?"""

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import reference_on, send
from tests.web.patient.test_question_pages import stored
from tests.web.patient.visitor import Patient

PAGE = "/q/medicines"


@pytest.fixture
def at_medicines(visitor, questionnaire):
    """Stand where the medicines taken now are asked about."""
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    patient = Patient(visitor.begin(), answers)
    return patient.answer_until(PAGE).visitor


def add(visitor, name, dose="", number=None):
    """Add a medicine on its own page."""
    if number:
        visitor.open(f"{PAGE}/entry/{number}")
    form = visitor.form(visitor.path)
    form.fill("q-medicines.medicine", name)
    form.fill("q-medicines.dose", dose)
    return visitor.press(form)


def test_first_it_is_asked_whether_there_is_anything_to_list(at_medicines):
    assert "Do you take any medicine now" in at_medicines.text
    assert at_medicines.form(PAGE).options["q-medicines"] == ["yes", "no", "unsure"]


@pytest.mark.parametrize(("said", "kept"), [("no", []), ("unsure", "unsure")])
def test_nothing_to_list_is_kept_as_said(at_medicines, store, database, said, kept):
    at_medicines.answer(medicines=said)

    assert at_medicines.path == "/q/medicine-groups"
    assert stored(store, database).answers["medicines"] == kept


def test_left_blank_it_is_asked_once_more(at_medicines, store, database):
    at_medicines.answer()
    first = at_medicines.status

    at_medicines.answer()

    assert first == 422
    assert at_medicines.path == "/q/medicine-groups"
    assert stored(store, database).answers["medicines"] is None


def test_a_brand_name_is_shown_with_what_it_was_taken_for(at_medicines):
    at_medicines.answer(medicines="yes")

    add(at_medicines, "zoloft", "50 mg")

    assert at_medicines.path == PAGE
    assert "zoloft → Sertraline" in at_medicines.text
    assert "50 mg" in at_medicines.text


def test_a_brand_name_is_submitted_as_the_medicine(visitor, questionnaire, submission):
    answers = worked_answers("L1", questionnaire) | {
        "consent": "yes",
        "medicines": [{"medicine": "Zoloft", "dose": "50 mg"}],
        "medicine_classes": ["none"],
    }

    Patient(visitor.begin(), answers).answer_until("/check")
    send(visitor)

    kept = submission(reference_on(visitor)).record.answers
    assert kept["medicines"] == [{"medicine": "sertraline", "dose": "50 mg"}]


def test_a_name_close_to_a_listed_one_is_asked_about_once(at_medicines):
    at_medicines.answer(medicines="yes")

    add(at_medicines, "sertralin")
    first = at_medicines.status, "Did you mean Sertraline?" in at_medicines.text
    at_medicines.press(at_medicines.form(at_medicines.path))

    assert first == (422, True)
    assert "sertralin (not on our list)" in at_medicines.text


def test_entries_can_be_changed_and_removed(at_medicines):
    at_medicines.answer(medicines="yes")
    add(at_medicines, "Sertraline")
    add(at_medicines, "Ibuprofen", number=2)

    add(at_medicines, "Fluoxetine", number=1)
    at_medicines.press(at_medicines.form("/entry/2/remove"))

    assert "Fluoxetine" in at_medicines.text
    assert "Ibuprofen" not in at_medicines.text.split('class="screening-footer"')[0]
    assert "Sertraline" not in at_medicines.text


def test_when_the_last_entry_is_removed_the_opening_question_returns(at_medicines):
    at_medicines.answer(medicines="yes")
    add(at_medicines, "Sertraline")

    at_medicines.press(at_medicines.form("/entry/1/remove"))

    assert "q-medicines" in at_medicines.form(PAGE).options
    assert at_medicines.open("/q/medicine-groups").path == PAGE


def test_no_entry_beyond_the_next_can_be_opened(at_medicines):
    at_medicines.open(f"{PAGE}/entry/7")

    assert at_medicines.path == PAGE


def test_there_is_an_end_to_adding(at_medicines, questionnaire):
    at_medicines.answer(medicines="yes")
    add(at_medicines, "Sertraline")
    for number in range(2, questionnaire.repeats["medicines"].at_most + 1):
        add(at_medicines, f"Mixture {number}", number=number)

    at_medicines.open(f"{PAGE}/entry/41")

    assert at_medicines.path == PAGE
    assert "There is room for 40 here." in at_medicines.text
    assert "Add another" not in at_medicines.text


def test_groups_are_suggested_with_the_reason(at_medicines):
    at_medicines.answer(medicines="yes")
    add(at_medicines, "Klonopin")

    at_medicines.press(at_medicines.form(PAGE))

    form = at_medicines.form("/q/medicine-groups")
    assert form.values["q-medicine_classes"] == ["benzodiazepine_regular"]
    assert "because you listed Clonazepam" in at_medicines.text


def test_only_what_is_confirmed_counts(at_medicines, store, database):
    at_medicines.answer(medicines="yes")
    add(at_medicines, "Klonopin")
    at_medicines.press(at_medicines.form(PAGE))

    at_medicines.answer(medicine_classes=["none"], medicines_complete="yes")

    assert stored(store, database).answers["medicine_classes"] == ["none"]


def test_a_medicine_added_later_is_asked_about(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire) | {
        "consent": "yes",
        "medicines": [],
        "medicine_classes": ["none"],
    }
    Patient(visitor.begin(), answers).answer_until("/check")

    visitor.open(f"{PAGE}?then=check")
    visitor.path = PAGE
    visitor.answer(medicines="yes")
    add(visitor, "Klonopin")
    visitor.press(visitor.form(PAGE))

    assert visitor.path == "/q/medicine-groups"
    form = visitor.form("/q/medicine-groups")
    assert form.values["q-medicine_classes"] == ["benzodiazepine_regular"]


def test_a_check_across_answers_is_shown_once(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire)
    trial = answers["medicine_trials"][0] | {"weeks_at_max": "50"}
    patient = Patient(visitor.begin(), answers | {"medicine_trials": [trial]})
    patient.answer_until("/q/medicines-for-ocd/entry/1")

    patient._answer_page()
    first = visitor.status, visitor.path, "more than the weeks in all" in visitor.text
    visitor.press(visitor.form(visitor.path))

    assert first == (422, "/q/medicines-for-ocd/entry/1", True)
    assert visitor.path == "/q/medicines-for-ocd"

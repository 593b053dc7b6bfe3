"""Can two windows undo each other's answers? Never without being told."""

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.test_question_pages import stored
from tests.web.patient.visitor import Patient, Visitor

GUARD = "/q/about-you"


@pytest.fixture
def two_windows(visitor):
    """The same page, open twice: what each window would post."""
    visitor.begin()
    first, second = visitor.form(GUARD), visitor.form(GUARD)
    visitor.open(GUARD)
    return first, visitor.form(GUARD), second


def fill(form, **answers):
    for question, value in answers.items():
        form.fill(f"q-{question}", value)
    return form


def test_an_older_window_is_told_what_is_stored_now(visitor, two_windows, store):
    older, newer, _ = two_windows
    visitor.press(fill(newer, for_self="yes", age="40", guardian="no"))

    visitor.press(fill(older, for_self="yes", age="41", guardian="no"))

    assert visitor.status == 409
    assert "This page was changed in another window" in visitor.text
    assert "<strong>40 years</strong>" in visitor.text
    assert visitor.form(GUARD).values["q-age"] == ["41"]


def test_nothing_is_overwritten_before_the_patient_says_so(
    visitor, two_windows, store, database
):
    older, newer, _ = two_windows
    visitor.press(fill(newer, for_self="yes", age="40", guardian="no"))

    visitor.press(fill(older, for_self="yes", age="41", guardian="no"))

    assert stored(store, database).answers["age"] == 40
    visitor.press(visitor.form(GUARD))
    assert stored(store, database).answers["age"] == 41


def test_the_same_answer_twice_is_no_conflict(visitor, two_windows):
    older, newer, _ = two_windows
    visitor.press(fill(newer, for_self="yes", age="40", guardian="no"))

    visitor.press(fill(older, for_self="yes", age="40", guardian="no"))

    assert visitor.path == "/q/right-now"


def test_another_page_saved_meanwhile_is_no_conflict(visitor, store, database):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    older = visitor.form("/q/right-now")
    visitor.open(GUARD).answer(age="41")

    for question in ("chest_pain_now", "stroke_signs_today"):
        older.fill(f"q-{question}", "no")
    older.fill("q-memory", "none")
    visitor.press(older)

    assert visitor.path == "/q/safety"
    assert stored(store, database).answers["age"] == 41


def test_a_window_whose_question_was_hidden_meanwhile_is_told(visitor):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    visitor.answer(chest_pain_now="no", stroke_signs_today="no", memory="none")
    visitor.answer(**{f"asq.q{number}": "no" for number in (1, 2, 3, 4)})
    items = {f"phq9.q{number}": "1" for number in range(1, 10)}
    visitor.answer(**items, **{"phq9.difficulty": "0"})
    visitor.press(visitor.form("/help-now"))
    older = visitor.form("/q/more-about-safety")
    visitor.open("/q/mood").answer(**{"phq9.q9": "0"})

    older.fill("q-suicide_plan", "no")
    older.fill("q-harm_others", "no")
    visitor.press(older)

    assert visitor.status == 409
    assert visitor.form("/q/more-about-safety").names == ["q-harm_others"]


def calm(form, **answers):
    form.fill("q-memory", "none")
    for question in ("chest_pain_now", "stroke_signs_today"):
        form.fill(f"q-{question}", answers.get(question, "no"))
    return form


@pytest.fixture
def two_windows_of_signs(visitor):
    """The page of what needs help today, saved as calm after it was opened twice."""
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    older = visitor.form("/q/right-now")
    visitor.open("/q/right-now")
    visitor.press(calm(visitor.form("/q/right-now")))
    return older


def test_urgent_help_does_not_wait_for_what_another_window_stored(
    visitor, two_windows_of_signs, store, database
):
    visitor.press(calm(two_windows_of_signs, chest_pain_now="yes"))

    assert visitor.path == "/help-now"
    assert visitor.heading == "This needs urgent medical help"
    assert stored(store, database).answers["chest_pain_now"] == "yes"
    visitor.press(visitor.form("/help-now"))
    assert visitor.path == "/q/right-now"
    assert visitor.form("/q/right-now").values["q-chest_pain_now"] == ["yes"]


def test_urgent_help_does_not_wait_when_another_window_writes_at_the_same_time(
    app, visitor, store, monkeypatch
):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    form = calm(visitor.form("/q/right-now"), chest_pain_now="yes")
    drafts = type(store.drafts)
    write = drafts.write

    def write_after(self, draft_id, *args, **options):
        monkeypatch.setattr(drafts, "write", write)
        other = Visitor(app)
        other.client = visitor.client
        other.press(calm(other.open("/q/right-now").form("/q/right-now")))
        return write(self, draft_id, *args, **options)

    monkeypatch.setattr(drafts, "write", write_after)
    visitor.press(form)

    assert visitor.path == "/help-now"
    assert visitor.heading == "This needs urgent medical help"


def test_an_entry_is_not_removed_from_a_list_that_changed(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire)
    Patient(visitor.begin(), answers).answer_until("/q/added-medicines")
    visitor.open("/q/medicines-for-ocd")
    older = visitor.form("/entry/1/remove")
    visitor.press(visitor.form("/entry/1/remove"))

    visitor.press(older)

    assert "Fluoxetine" in visitor.text
    assert visitor.text.count('id="entry-') == 1


def test_answers_changed_after_looking_over_are_not_sent_unseen(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    Patient(visitor.begin(), answers).answer_until("/check")
    older = visitor.open("/contact").form("/send")
    visitor.open("/q/pregnancy?then=check")
    visitor.answer(pregnancy="pregnant")

    visitor.press(older)

    assert visitor.status == 409
    assert "Your answers were changed in another window" in visitor.text


def test_a_first_page_posted_before_any_draft_leads_to_the_start(visitor):
    visitor.begin()
    form = visitor.form(GUARD)
    visitor.press(visitor.form("/delete"))
    visitor.open("/")
    token = visitor.form("/start").values["csrf_token"]

    form.values["csrf_token"] = token
    visitor.press(form)

    assert visitor.path == "/"

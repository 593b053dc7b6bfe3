"""What does a page of questions accept, refuse, ask again and keep as typed?"""

import re
import sqlite3

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient

LEAVE_OUT = "Answer this, or choose Continue again to leave it out."
GUARD = "/q/about-you"


def stored(store, database):
    """Return the content of the one draft there is."""
    with sqlite3.connect(database) as rows:
        (draft_id,) = rows.execute("SELECT id FROM drafts").fetchone()
    return store.drafts.read(draft_id).content


def test_a_required_question_left_blank_is_asked_once_more(visitor):
    visitor.begin().answer(for_self="yes", guardian="no")

    assert visitor.status == 422
    assert visitor.text.count(LEAVE_OUT) == 2  # in the summary and at the question
    assert "Error: About you" in visitor.text


def test_a_question_left_blank_twice_is_left_out(visitor, store, database):
    visitor.begin().answer(for_self="yes", guardian="no")

    visitor.answer()

    assert visitor.path == "/q/right-now"
    assert stored(store, database).answers["age"] is None


def test_what_was_typed_stays_when_another_answer_is_wrong(visitor):
    visitor.begin().answer(for_self="no", age="thirty", guardian="unsure")

    form = visitor.form(GUARD)
    assert visitor.status == 422
    assert form.values["q-age"] == ["thirty"]
    assert form.values["q-for_self"] == ["no"]
    assert form.values["q-guardian"] == ["unsure"]


@pytest.mark.parametrize(
    "numeral",
    ["sNaN", "NaN", "inf", "1e1000000", "1_0", "٣", "+1", "0x1", "1,5", "--1", "121"],
)
def test_a_number_is_plain_digits_within_its_range(visitor, numeral):
    visitor.begin().answer(for_self="yes", age=numeral, guardian="no")

    assert visitor.status == 422
    assert "between 0 and 120" in visitor.text
    assert visitor.form(GUARD).values["q-age"] == [numeral]


def test_an_answer_that_was_not_offered_is_refused(visitor):
    form = visitor.begin().form(GUARD)
    form.values |= {"q-for_self": ["unsure"], "q-age": ["40"], "q-guardian": ["no"]}

    visitor.press(form)

    assert visitor.status == 422
    assert "Choose one of the answers." in visitor.text


@pytest.mark.parametrize("name", ["q-admin", "admin", "q-asq.q5", "q-for_self-state"])
def test_a_name_that_is_no_part_of_the_page_is_refused(visitor, store, database, name):
    form = visitor.begin().form(GUARD)
    form.values |= {"q-for_self": ["yes"], "q-age": ["40"], name: ["yes"]}

    visitor.press(form)

    assert visitor.status == 400
    visitor.open("/q")
    assert stored(store, database).answers == {}


def test_a_name_given_twice_is_refused(visitor):
    form = visitor.begin().form(GUARD)
    form.values |= {"q-for_self": ["yes", "no"], "q-age": ["40"]}

    visitor.press(form)

    assert visitor.status == 400


def test_bytes_that_are_not_text_are_refused_with_a_message(visitor):
    token = visitor.begin().form(GUARD).values["csrf_token"][0]

    response = visitor.client.post(
        GUARD,
        data=b"csrf_token=" + token.encode() + b"&q-age=%ff%fe",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 422
    assert "could not be read" in response.text


def test_a_hidden_question_is_not_shown(visitor):
    reach_mood(visitor)
    answer_mood(visitor, q9="0")

    assert visitor.path == "/q/more-about-safety"
    assert visitor.form("/q/more-about-safety").names == ["q-harm_others"]


def test_an_answer_to_a_hidden_question_is_refused(visitor, store, database):
    reach_mood(visitor)
    answer_mood(visitor, q9="0")
    form = visitor.form("/q/more-about-safety")
    form.values |= {"q-harm_others": ["no"], "q-suicide_plan": ["yes"]}

    visitor.press(form)

    assert visitor.status == 400
    assert "suicide_plan" not in stored(store, database).answers


def test_no_page_can_be_reached_before_those_in_front_of_it(visitor):
    visitor.begin().open("/q/alcohol")

    assert visitor.path == GUARD


def test_the_list_of_answers_waits_for_every_page(visitor):
    visitor.begin().open("/check")

    assert visitor.path == GUARD


def test_a_page_that_never_was_is_not_found(visitor):
    visitor.begin().open("/q/never")

    assert visitor.status == 404


def test_without_a_draft_every_page_leads_to_the_start(visitor):
    for path in ("/q", GUARD, "/check", "/contact", "/receipt", "/help-now"):
        visitor.open(path)

        assert visitor.path == "/"


def test_the_stem_stands_over_scored_items_only(visitor):
    reach_mood(visitor)
    page = visitor.text
    stem = page.index("Over the last 2 weeks, how often have you been bothered")
    last_scored = page.index("Thoughts that you would be better off dead")
    unscored = page.index("If you checked off any problems")

    assert stem < last_scored < unscored
    assert page.count("Over the last 2 weeks, how often") == 1
    # The run of items under the stem ends before the one that is not scored.
    assert page.rindex('class="screening-grid"') < last_scored


def test_the_attribution_stands_on_an_instruments_page(visitor):
    reach_mood(visitor)

    assert "Developed by Drs. Robert L. Spitzer" in visitor.text


def test_back_shows_what_was_answered(visitor):
    visitor.begin().answer(for_self="no", age="40", guardian="unsure")

    visitor.open(GUARD)

    assert visitor.form(GUARD).values["q-guardian"] == ["unsure"]
    assert visitor.form(GUARD).values["q-age"] == ["40"]


def test_an_answer_changed_from_the_list_leads_back_to_it(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    Patient(visitor.begin(), answers).answer_until("/check")

    visitor.open("/q/pregnancy?then=check")
    visitor.path = "/q/pregnancy"
    visitor.answer(pregnancy="not_applicable")

    assert visitor.path == "/check"
    assert "Does not apply to me" in visitor.text


def test_addresses_and_titles_hold_no_answers(visitor, questionnaire):
    answers = worked_answers("U1", questionnaire) | {"consent": "yes"}
    Patient(visitor.begin(), answers).answer_until("/check")

    pages = {page.id for page in questionnaire.pages}
    for path in visitor.seen:
        assert re.fullmatch(r"/|/check|/help-now|/q/([a-z0-9-]+)(/entry/\d+)?", path)
        found = re.match(r"/q/([a-z0-9-]+)", path)
        assert found is None or found[1] in pages


def reach_mood(visitor):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    visitor.answer(chest_pain_now="no", stroke_signs_today="no", memory="none")
    visitor.answer(**{f"asq.q{number}": "no" for number in (1, 2, 3, 4)})
    assert visitor.path == "/q/mood"


def answer_mood(visitor, *, q9):
    items = {f"phq9.q{number}": "0" for number in range(1, 9)}
    visitor.answer(**items, **{"phq9.q9": q9, "phq9.difficulty": "0"})

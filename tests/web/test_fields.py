import pytest
from werkzeug.datastructures import MultiDict

from screening.web.fields import (
    AcknowledgeAnswer,
    Choice,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    PickAnswer,
    Refusal,
    TextAnswer,
    Wording,
    answers_of,
    build_form,
    expected_names,
    repeated_names,
    unexpected_names,
)

UNSURE = Choice(value="unsure", label="I am not sure")


def as_given(raw):
    return tuple(raw) or Refusal("Enter an answer")


Page = build_form(
    "Page",
    {
        "q-errors": TextAnswer(
            "Errors?", parse=as_given, wording=Wording(states=[UNSURE])
        ),
        "q-data": ChoiceAnswer("Data?", parse=as_given, choices=[UNSURE]),
        "q-heart": ChoicesAnswer("Heart?", parse=as_given),
        "q-born": DateAnswer("Born?", parse=as_given, wording=Wording(states=[UNSURE])),
        "q-since": DateAnswer("Since?", parse=as_given, parts=("month", "year")),
        "q-drug": PickAnswer("Drug?", parse=as_given),
        "q-agree": AcknowledgeAnswer("Agreed", parse=as_given),
    },
)


@pytest.fixture
def page(app):
    with app.test_request_context():
        yield Page


def posted(**answers):
    return MultiDict(
        (name.replace("_", "-"), value)
        for name, values in answers.items()
        for value in values
    )


@pytest.mark.parametrize(
    "typed", ["sNaN", "1e1000000", "1_0", "٣", "NaN", "0", " 3 ", "abc\n", "1,5"]
)
def test_what_was_typed_reaches_the_parser_as_it_was(page, typed):
    form = page(formdata=posted(q_errors=[typed]))

    form["q-errors"].validate(form)

    assert form["q-errors"].value == (typed,)


def test_questions_called_like_the_librarys_own_words_are_only_questions(page):
    form = page(formdata=posted(q_errors=["1"], q_data=["unsure"]))

    assert [each.name for each in answers_of(form)][:2] == ["q-errors", "q-data"]
    assert form["q-data"].raw == ["unsure"]


def test_a_refusal_stands_beside_its_field(page):
    form = page(formdata=posted(q_errors=["  "]))

    taken = form["q-errors"].validate(form)

    assert taken is False
    assert form["q-errors"].errors == ["Enter an answer"]
    assert form["q-errors"].raw == ["  "]


def test_several_answers_are_kept_in_order(page):
    form = page(formdata=posted(q_heart=["b", "a"]))

    assert form["q-heart"].given == ["b", "a"]


@pytest.mark.parametrize(
    ("day", "month", "year", "given"),
    [
        ("3", "1", "1985", ["1985-01-03"]),
        ("31", "12", "1985", ["1985-12-31"]),
        ("", "1", "1985", ["1985-01-"]),
        ("x", "-1", "85", ["85--1-x"]),
        ("", " ", "", []),
    ],
)
def test_the_boxes_of_a_date_are_joined_year_first(page, day, month, year, given):
    boxes = {"q-born-day": day, "q-born-month": month, "q-born-year": year}

    form = page(formdata=MultiDict(boxes))

    assert form["q-born"].given == given
    assert form["q-born"].raw == [day, month, year]


def test_a_month_has_two_boxes(page):
    form = page(formdata=MultiDict({"q-since-month": "3", "q-since-year": "2024"}))

    assert form["q-since"].given == ["2024-03"]
    assert form["q-since"].target == "q-since-month"


def test_not_being_sure_reaches_the_parser_beside_what_was_typed(page):
    form = page(formdata=posted(q_errors=["12"], q_errors_state=["unsure"]))

    assert form["q-errors"].given == ["12", "unsure"]


def test_stored_answers_are_shown_again(page):
    stored = {"q-errors": "unsure", "q-heart": ["a", "b"], "q-born": "1985-01-03"}

    form = page(formdata=None, data=stored)

    assert form["q-errors"].states_chosen == ["unsure"]
    assert form["q-errors"].raw == []
    assert form["q-heart"].raw == ["a", "b"]
    assert form["q-born"].raw == ["03", "01", "1985"]
    assert form["q-data"].raw == []


def test_a_form_knows_what_may_be_posted_with_it(page):
    form = page(formdata=None)

    assert expected_names(form) == {
        "csrf_token",
        "q-errors",
        "q-errors-state",
        "q-data",
        "q-heart",
        "q-born-day",
        "q-born-month",
        "q-born-year",
        "q-born-state",
        "q-since-month",
        "q-since-year",
        "q-drug",
        "q-agree",
    }
    assert unexpected_names(form, ["q-admin", "q-heart"]) == {"q-admin"}
    assert repeated_names(form) == {"q-errors-state", "q-heart", "q-born-state"}

"""Is what was typed and not sent still there after the browser was closed?"""

import pytest
from sqlalchemy import select

from screening.store.tables import DraftRow
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor


@pytest.fixture
def patient(app, questionnaire):
    return Patient(Visitor(app).begin(), answers_of("L1", questionnaire))


def answers_of(case, questionnaire):
    return worked_answers(case, questionnaire) | {"consent": "yes"}


def type_(visitor, path, **fields):
    """Send what stands in fields, as the page's script does."""
    return send_typed(visitor, visitor.form(path), **fields)


def send_typed(visitor, form, **fields):
    """Send what stands in fields of a form that was shown, however long ago."""
    own = {name: form.values[name] for name in ("csrf_token", "revision")}
    answers = {f"q-{name}": text for name, text in fields.items()}
    return visitor.client.post(f"{form.action}/typed", data={**own, **answers})


def value_of(visitor, field):
    return visitor.form(visitor.path).values[f"q-{field}"]


def test_what_was_typed_stands_on_the_page_again(patient):
    visitor = patient.answer_until("/q/about-you").visitor

    response = type_(visitor, "/q/about-you", age="3", city="x")
    visitor.open("/q/about-you")

    assert response.status_code == 204
    assert value_of(visitor, "age") == ["3"]


def test_it_is_no_answer_and_opens_no_page(patient, store):
    visitor = patient.answer_until("/q/about-you").visitor
    before = visitor.form("/q/about-you").values["revision"]

    type_(visitor, "/q/about-you", age="34")

    assert visitor.open("/q/ocd").path == "/q/about-you"
    assert visitor.form("/q/about-you").values["revision"] == before


def test_sending_the_page_takes_its_place(patient):
    visitor = patient.answer_until("/q/about-you").visitor
    type_(visitor, "/q/about-you", age="99")

    patient.answer_until("/q/safety")
    visitor.open("/q/about-you")

    assert value_of(visitor, "age") == ["34"]


def test_what_comes_after_the_page_was_sent_does_not_stand_over_it(patient):
    visitor = patient.answer_until("/q/about-you").visitor
    form = visitor.form("/q/about-you")
    patient.answer_until("/q/safety")

    send_typed(visitor, form, age="99")
    visitor.open("/q/about-you")

    assert value_of(visitor, "age") == ["34"]


def test_an_entry_that_was_begun_stands_there_again(patient):
    path = "/q/medicines-for-ocd/entry/1"
    visitor = patient.answer_until(path).visitor
    name = visitor.form(path).names[0].removeprefix("q-")

    type_(visitor, path, **{name: "Sertr"})
    visitor.open(path)

    assert value_of(visitor, name) == ["Sertr"]


def test_another_window_that_wrote_meanwhile_is_never_overwritten(app, patient, store):
    visitor = patient.answer_until("/q/about-you").visitor
    assert visitor.path == "/q/about-you"

    with app.app_context():
        (draft,) = drafts(store)
        kept = store.drafts.keep_typed(
            draft.id, draft.content, expected_revision=draft.revision - 1
        )

    assert kept is False


def drafts(store):
    """Return every draft there is."""
    with store.database.reading() as session:
        ids = session.scalars(select(DraftRow.id)).all()
    return [store.drafts.read(one) for one in ids]


def test_nothing_typed_goes_into_a_submission(app, questionnaire, submission):
    answers = answers_of("L1", questionnaire)
    visitor = Patient(Visitor(app).begin(), answers).answer_until("/check").visitor
    visitor.open("/q/about-you")
    type_(visitor, "/q/about-you", age="77")

    visitor.open("/contact")
    visitor.press(visitor.form("/send"))
    visitor.press(visitor.form("/send"))
    reference = visitor.text.split("screening-code--large")[1][2:].split("<")[0]

    assert submission(reference).record.answers["age"] == 34


def test_without_a_form_nothing_is_kept_and_nothing_said(app):
    visitor = Visitor(app).open("/")
    token = visitor.form("/start").values["csrf_token"]

    response = visitor.client.post("/q/about-you/typed", data={"csrf_token": token})

    assert (response.status_code, response.text) == (204, "")


def test_only_what_the_page_asks_is_kept_and_nothing_endless(app, patient, store):
    visitor = patient.answer_until("/q/about-you").visitor

    type_(visitor, "/q/about-you", age="3", stowaway="x", guardian="u" * 9000)
    values = visitor.form("/q/about-you").values
    data = {name: values[name] for name in ("csrf_token", "revision")}
    data["q-age"] = "1"
    visitor.client.post("/q/about-you/entry/77/typed", data=data)

    with app.app_context():
        (draft,) = drafts(store)
    assert draft.content.typed == {"about-you": {"q-age": ["3"]}}

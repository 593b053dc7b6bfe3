"""What happens when another window deletes or sends the form while a page is saved?"""

import pytest

from screening.store.audit import Actor
from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import send
from tests.web.patient.visitor import Patient, Visitor

GUARD = "/q/about-you"


@pytest.fixture
def at_check(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    return Patient(visitor.begin(), answers).answer_until("/check").visitor


@pytest.fixture
def meanwhile(store, monkeypatch):
    """Let something happen once, between reading a draft and writing it."""

    def arrange(deed):
        drafts = type(store.drafts)
        write = drafts.write

        def write_after(self, draft_id, *args, **options):
            monkeypatch.setattr(drafts, "write", write)
            deed(draft_id)
            return write(self, draft_id, *args, **options)

        monkeypatch.setattr(drafts, "write", write_after)

    return arrange


@pytest.fixture
def deleted_meanwhile(store, meanwhile):
    def delete(draft_id):
        store.drafts.delete(draft_id, actor=Actor.patient(request_id="r1"))

    return lambda: meanwhile(delete)


@pytest.fixture
def sent_meanwhile(app, meanwhile):
    """The same browser's other window sends the form."""

    def arrange(visitor):
        other = Visitor(app)
        other.client = visitor.client
        meanwhile(lambda _: send(other.open("/contact")))

    return arrange


def change_age(visitor):
    visitor.open(GUARD)
    return lambda: visitor.answer(age="41")


def say_there_are_no_medicines(visitor):
    visitor.open("/q/medicines")
    form = visitor.form("/q/medicines")
    form.fill("q-medicines", "no")
    return lambda: visitor.press(form)


def add_an_entry(visitor):
    visitor.open("/q/medicines/entry/1")
    form = visitor.form("/entry/1")
    form.fill("q-medicines.medicine", "Sertraline")
    return lambda: visitor.press(form)


def remove_an_entry(visitor):
    visitor.open("/q/medicines-for-ocd")
    form = visitor.form("/entry/1/remove")
    return lambda: visitor.press(form)


WAYS = [change_age, say_there_are_no_medicines, add_an_entry, remove_an_entry]


@pytest.mark.parametrize("way", WAYS)
def test_after_another_window_deleted_it_the_way_leads_to_the_start(
    at_check, deleted_meanwhile, way
):
    save = way(at_check)
    deleted_meanwhile()

    save()

    assert (at_check.status, at_check.path) == (200, "/")


@pytest.mark.parametrize("way", WAYS)
def test_after_another_window_sent_it_the_way_leads_to_the_receipt(
    at_check, sent_meanwhile, way
):
    save = way(at_check)
    sent_meanwhile(at_check)

    save()

    assert (at_check.status, at_check.path) == (200, "/receipt")


def test_carrying_on_from_help_leads_to_the_start_when_all_is_deleted(
    visitor, deleted_meanwhile
):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    visitor.answer(chest_pain_now="yes")
    deleted_meanwhile()

    visitor.press(visitor.form("/help-now"))

    assert (visitor.status, visitor.path) == (200, "/")


def test_help_is_shown_even_when_the_form_is_deleted_meanwhile(
    visitor, deleted_meanwhile
):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    deleted_meanwhile()

    visitor.answer(chest_pain_now="yes")

    assert visitor.status == 409
    assert visitor.heading == "This needs urgent medical help"
    assert "deleted or sent in another window" in visitor.text
    assert "Carry on with the form" not in visitor.text

"""Does a form on a shared device close by itself, and is nothing lost by it?"""

import re

import pytest

from tests.web.patient.visitor import Visitor


@pytest.fixture
def shared(app):
    """Somebody who began on a device that others use."""
    visitor = Visitor(app).open("/")
    form = visitor.form("/start")
    form.values["shared"] = ["yes"]
    visitor.press(form)
    assert visitor.path == "/keep"
    return visitor.press(visitor.form("/code"))


def code_on(visitor):
    return re.search(r'name="code" value="([^"]+)"', visitor.text)[1]


def test_a_code_is_given_before_the_first_question(shared):
    assert len(code_on(shared)) == 29
    assert shared.open("/q").path.startswith("/q/")


def test_nobody_is_hurried_on_a_device_of_their_own(app, clock):
    visitor = Visitor(app).begin()
    path = visitor.path

    clock.move(hours=23)

    assert visitor.open(path).path == path
    assert "Are you still there?" not in visitor.text


def test_the_form_closes_when_nobody_touched_it(shared, clock):
    path = shared.open("/q").path
    assert "The form closes when nobody touches it for 10 minutes" in shared.text
    assert '<meta http-equiv="refresh" content="600;url=/closed">' in shared.text

    clock.move(minutes=11)

    assert shared.open(path).path == "/closed"
    assert shared.response.headers["Clear-Site-Data"]
    assert shared.open(path).path == "/"


def test_each_touch_begins_the_time_anew(shared, clock):
    path = shared.open("/q").path

    for _ in range(3):
        clock.move(minutes=9)
        token = shared.form(path).values["csrf_token"]
        shared.client.post("/here", data={"csrf_token": token})

    assert shared.open(path).path == path


def test_what_was_sent_too_late_is_there_under_the_code(app, shared, clock):
    code = code_on(shared)
    shared.open("/q")
    while shared.path != "/q/about-you":
        shared.press(shared.form(shared.path))
        consent = shared.form(shared.path)
        consent.values["q-consent"] = ["yes"]
        shared.press(consent)
    clock.move(minutes=11)

    shared.answer(age="34")
    assert shared.path == "/closed"
    other = Visitor(app).open("/resume")
    form = other.form("/resume")
    form.values["code"] = [code]
    other.press(form)

    assert other.path == "/q/about-you"
    assert 'value="34"' in other.text


def test_a_tablet_of_the_clinic_has_the_box_ticked(app):
    text = Visitor(app).open("/?device=shared").text

    assert re.search(r'id="shared"[^>]* checked>', text)


def test_it_stays_shared_for_who_comes_next(shared):
    shared.open("/stop")
    shared.press(shared.form("/code"))
    shared.press(shared.form("/finish"))

    assert shared.response.request.args["device"] == "shared"


def test_the_offer_of_a_code_can_be_reloaded(app):
    visitor = Visitor(app).open("/")
    form = visitor.form("/start")
    form.values["shared"] = ["yes"]
    visitor.press(form)

    assert visitor.open("/keep").path == "/keep"
    assert "Show the code" in visitor.text


def test_a_form_whose_code_is_known_can_be_closed(shared):
    shared.open("/stop")

    shared.press(shared.form("/finish"))

    assert shared.open("/q").path == "/"


def test_pages_beside_the_form_lead_back_to_it(shared):
    for path in ("/help", "/privacy", "/article", "/nowhere"):
        assert ">Go back to the form</a>" in shared.open(path).text, path
    shared.open("/stop")
    shared.press(shared.form("/finish"))
    assert ">Go back to the form</a>" not in shared.open("/help").text

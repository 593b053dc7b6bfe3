"""Is nothing lost when something goes wrong around the form? Every row of faults.md.

Each test lets one thing go wrong in a real browser, looks at what the patient sees,
and proves from the store, or from what is still in the form, that no answer is lost.
With `FAULT_PICTURES` set to a folder, each leaves a picture of that page there.
"""

import os
from pathlib import Path

import pytest

from tests.browser.faults import FAULTS, fault
from tests.browser.kept import (
    begin,
    begin_with,
    kept_answers,
    latest_draft,
    read_submission,
    submission_count,
)
from tests.browser.mortal import MortalSite
from tests.browser.person import REFERENCE, Person, press
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

FIRST = {"for_self": "yes", "age": 40, "guardian": "no"}
"""Answers to the first page of the form."""


@pytest.fixture
def picture(request):
    """Take a picture of the page, where pictures are wanted."""
    folder = os.environ.get("FAULT_PICTURES")
    row = next(one for one in FAULTS if one.test == request.function.__name__)

    def take(page):
        file = Path(folder or "") / f"{row.picture}.png"
        # With script comes first: without it, the browser's own pages stay empty.
        if folder and not file.exists():
            page.set_viewport_size({"width": 375, "height": 667})
            page.screenshot(path=file)

    return take


@pytest.fixture(scope="module")
def mortal(tmp_path_factory):
    site = MortalSite(tmp_path_factory.mktemp("mortal"))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def alive(mortal):
    """The site that can die, alive at the beginning of each test."""
    if mortal.process.poll() is not None:
        mortal.start()
    return mortal


@pytest.fixture
def open_mortal(chromium, alive):
    context = chromium.new_context(
        base_url=alive.address, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture(scope="module")
def answers(questionnaire):
    return worked_answers("L1", questionnaire) | {"consent": "yes"}


def fill_first(page, **changes):
    """Fill in the first page of the form without sending it; return its address."""
    person = Person(page, FIRST | changes)
    person.fill_page()
    return person.path


def stands_filled(page, **answers):
    """Tell what the fields of the page hold, of these answers."""
    found = {}
    for question, value in answers.items():
        box = page.locator(f"main [name='q-{question}']")
        if box.first.get_attribute("type") == "radio":
            box = page.locator(f"main [name='q-{question}']:checked")
        found[question] = type(value)(box.input_value())
    return found


def press_and_be_cut_off(page, button):
    """Press a button of whose page nothing will come, and wait for that."""
    with page.expect_event("requestfailed", lambda one: one.method == "POST"):
        button.click(no_wait_after=True)
    page.wait_for_url("chrome-error://**")


@fault(
    what="Reload after answering a page",
    sees="The page that followed, as before.",
    kept="What was answered is stored once; reloading sends nothing again.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_reload_after_answering(open_page, clinic, picture, script):
    page = open_page(script=script)
    person = begin(page)
    where = fill_first(page)
    person.press_in(where)
    second, revision = page.url, latest_draft(clinic.store).revision

    page.reload()

    picture(page)
    assert page.url == second
    assert kept_answers(clinic.store) == FIRST
    assert latest_draft(clinic.store).revision == revision


@fault(
    what="The browser is closed on a page that was not sent",
    sees="The same page, as it was left, once the form is opened again.",
    kept="What was typed is kept with the form, as no answer.",
)
def test_closed_on_a_page_that_was_not_sent(open_page, clinic, picture):
    page = open_page()
    begin(page)
    with page.expect_response("**/typed") as kept:
        where = fill_first(page, age="4")

    page.goto("about:blank")
    page.goto(where)

    picture(page)
    assert kept.value.status == 204
    typed = FIRST | {"age": "4"}
    assert stands_filled(page, **typed) == typed
    assert kept_answers(clinic.store) == {}


@fault(
    what="Reload of a page that shows an error",
    sees="The same page, and what was typed; the error, too, without script.",
    kept="What was typed stands in the form, right and wrong alike.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_reload_of_a_page_with_an_error(open_page, picture, script):
    page = open_page(script=script)
    person = begin(page)
    where = fill_first(page, age="forty")
    if script:
        with page.expect_response("**/typed"):
            person.press_in(where)
    else:
        person.press_in(where)
    assert page.locator(".nhsuk-error-summary").count() == 1

    page.reload()

    picture(page)
    assert page.locator(".nhsuk-error-summary").count() == (0 if script else 1)
    typed = FIRST | {"age": "forty"}
    assert stands_filled(page, **typed) == typed


@fault(
    what="Back to a page that had shown an error",
    sees="That page, with what was entered there last.",
    kept="What was sent is stored; Back asks for nothing to be sent again.",
)
def test_back_to_a_page_that_had_an_error(open_page, clinic, picture):
    page = open_page()
    person = begin(page)
    where = fill_first(page, age="forty")
    with page.expect_response("**/typed"):
        person.press_in(where)
    page.locator("main [name='q-age']").fill("40")
    person.press_in(where)
    assert page.url != where

    page.go_back()

    picture(page)
    assert stands_filled(page, **FIRST) == FIRST
    assert kept_answers(clinic.store) == FIRST


@fault(
    what="Reload of a help text",
    sees="The same help text with the same numbers to call.",
    kept="The answer that called for help is stored, and so is that help was shown.",
)
def test_reload_of_help(open_page, clinic, questionnaire, picture):
    page = open_page()
    page.goto("/")
    person = Person(page, worked_answers("U1", questionnaire))
    person.press_in("/start")
    person.answer_until_path("/help-now")
    heading = person.heading

    page.reload()

    picture(page)
    assert (person.path, person.heading) == ("/help-now", heading)
    assert latest_draft(clinic.store).content.help_shown
    page.go_back()
    assert person.path == "/help-now"


@fault(
    what="Back after answering a page",
    sees="The page before, with the answers given there.",
    kept="A change made there is stored; the answers of later pages stay.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_back_to_an_answered_page(
    open_page, clinic, questionnaire, answers, picture, script
):
    page = open_page(script=script)
    person = begin(page)
    first = person.path
    person.answers = answers | FIRST
    person.answer_pages(2)
    page.go_back()
    page.go_back()

    picture(page)
    assert person.path == first
    assert stands_filled(page, **FIRST) == FIRST
    person.answers = answers | FIRST | {"age": 41}
    person.answer_pages(1)
    assert kept_answers(clinic.store)["age"] == 41
    assert kept_answers(clinic.store)["memory"] == answers["memory"]


@fault(
    what="The button of a page pressed twice",
    sees="The next page, as after one press.",
    kept="The answers are stored as they were given.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_page_sent_twice(open_page, clinic, picture, script):
    page = open_page(script=script)
    person = begin(page)
    first = fill_first(page)
    button = person.button_of(first)

    with page.expect_navigation(wait_until="load"):
        button.dblclick(no_wait_after=True)
    page.wait_for_url(lambda url: not url.endswith(first))

    picture(page)
    assert page.locator(".nhsuk-error-summary").count() == 0
    assert kept_answers(clinic.store) == FIRST


@fault(
    what="The button that sends everything pressed twice",
    sees="One receipt.",
    kept="There is one submission, and the receipt has its reference.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_everything_sent_twice(
    open_page, clinic, questionnaire, answers, picture, script
):
    page = open_page(script=script)
    person = begin_with(page, clinic.store, questionnaire, answers)
    before = submission_count(clinic.store)
    page.goto("/contact")
    person.say_how_to_be_reached()

    with page.expect_navigation(wait_until="load"):
        person.button_of("/send").dblclick(no_wait_after=True)
    page.wait_for_url("**/receipt")

    picture(page)
    reference = REFERENCE.search(page.locator("main").inner_text()).group()
    assert submission_count(clinic.store) == before + 1
    assert (
        read_submission(clinic.store, reference).record.answers["age"] == answers["age"]
    )


@fault(
    what="The same page answered in two tabs",
    sees="What is stored now, and below it what was just entered.",
    kept="Nothing is replaced before the patient says so; both stand on the page.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_tabs(open_page, clinic, picture, script):
    older = open_page(script=script)
    person = begin(older)
    first = fill_first(older, age=41)
    newer = older.context.new_page()
    newer.goto(first)
    fill_first(newer)
    Person(newer, {}).press_in(first)

    person.press_in(first)

    picture(older)
    assert kept_answers(clinic.store) == FIRST
    assert older.locator("#changed-elsewhere").is_visible()
    assert (
        "40" in older.locator("section[aria-labelledby=changed-elsewhere]").inner_text()
    )
    assert stands_filled(older, age=41) == {"age": 41}
    person.press_in(first)
    assert kept_answers(clinic.store) == FIRST | {"age": 41}


@fault(
    what="The session has ended",
    sees="That the page was open too long, and how to go on.",
    kept="Every page that was sent is in the draft, and the code leads back to it.",
)
def test_the_session_has_ended(open_page, clinic, picture):
    page = open_page()
    person = begin(page)
    first = fill_first(page)
    person.press_in(first)
    where = person.path
    page.goto("/stop")
    person.press_in("/code")
    code = page.locator("#code").inner_text()
    page.goto(where)
    page.context.clear_cookies()

    person.press_in(where)

    picture(page)
    assert page.locator("h1").count() == 1
    assert kept_answers(clinic.store) == FIRST
    page.goto("/resume")
    page.locator("#code").fill(code)
    person.press_in("/resume")
    assert person.path == where
    page.goto(first)
    assert stands_filled(page, **FIRST) == FIRST


@fault(
    what="The server dies before it has stored a page",
    sees="The browser's own page: the site can't be reached.",
    kept="Reload sends the page once more with everything that was entered.",
)
def test_killed_before_a_page_was_stored(open_mortal, alive, picture):
    page = open_mortal
    person = begin(page)
    first = fill_first(page)
    alive.order_to_die("before", "write")

    press_and_be_cut_off(page, person.button_of(first))
    alive.wait_until_dead()

    picture(page)
    assert kept_answers(alive.store) == {}
    alive.start()
    page.reload()
    assert person.path not in {first, "/"}
    assert kept_answers(alive.store) == FIRST


@fault(
    what="The server dies after it has stored a page, before it could say so",
    sees="The browser's own page: the site can't be reached.",
    kept="The page is stored already; Reload leads on and asks nothing twice.",
)
def test_killed_after_a_page_was_stored(open_mortal, alive, picture):
    page = open_mortal
    person = begin(page)
    first = fill_first(page)
    alive.order_to_die("after", "write")

    press_and_be_cut_off(page, person.button_of(first))
    alive.wait_until_dead()

    picture(page)
    assert kept_answers(alive.store) == FIRST
    alive.start()
    page.reload()
    assert person.path not in {first, "/"}
    assert page.locator("#changed-elsewhere").count() == 0
    assert kept_answers(alive.store) == FIRST


@fault(
    what="The server dies before everything was sent",
    sees="The browser's own page: the site can't be reached.",
    kept="All answers are in the draft; Reload sends them, once.",
)
def test_killed_before_all_was_sent(
    open_mortal, alive, questionnaire, answers, picture
):
    page = open_mortal
    person = begin_with(page, alive.store, questionnaire, answers)
    before = submission_count(alive.store)
    page.goto("/contact")
    person.say_how_to_be_reached()
    alive.order_to_die("before", "submit")

    press_and_be_cut_off(page, person.button_of("/send"))
    alive.wait_until_dead()

    picture(page)
    assert submission_count(alive.store) == before
    assert kept_answers(alive.store) == answers
    alive.start()
    page.reload()
    assert person.path == "/receipt"
    assert submission_count(alive.store) == before + 1


@fault(
    what="The server dies after everything was sent, before it could say so",
    sees="The browser's own page: the site can't be reached.",
    kept="The submission is whole; Reload shows its receipt and sends no second one.",
)
def test_killed_after_all_was_sent(open_mortal, alive, questionnaire, answers, picture):
    page = open_mortal
    person = begin_with(page, alive.store, questionnaire, answers)
    before = submission_count(alive.store)
    page.goto("/contact")
    person.say_how_to_be_reached()
    alive.order_to_die("after", "submit")

    press_and_be_cut_off(page, person.button_of("/send"))
    alive.wait_until_dead()

    picture(page)
    assert submission_count(alive.store) == before + 1
    alive.start()
    page.reload()
    assert person.path == "/receipt"
    reference = REFERENCE.search(page.locator("main").inner_text()).group()
    assert (
        read_submission(alive.store, reference).record.answers["age"] == answers["age"]
    )
    assert submission_count(alive.store) == before + 1


@fault(
    what="The network goes while a page is sent",
    sees="The browser's own page: there is no connection.",
    kept="Reload, once there is a network, sends the page with everything entered.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_no_network_while_a_page_is_sent(open_page, clinic, picture, script):
    page = open_page(script=script)
    person = begin(page)
    first = fill_first(page)
    page.context.set_offline(True)

    press_and_be_cut_off(page, person.button_of(first))

    picture(page)
    assert kept_answers(clinic.store) == {}
    page.context.set_offline(False)
    page.reload()
    assert person.path not in {first, "/"}
    assert kept_answers(clinic.store) == FIRST


@fault(
    what="The answers arrive, and the network goes before the receipt comes",
    sees="The browser's own page: the connection was lost.",
    kept="The submission is whole; Reload shows its receipt and sends no second one.",
)
def test_the_receipt_does_not_arrive(
    open_page, clinic, questionnaire, answers, picture
):
    page = open_page()
    person = begin_with(page, clinic.store, questionnaire, answers)
    before = submission_count(clinic.store)
    page.goto("/contact")
    person.say_how_to_be_reached()

    def lose_the_answer(route):
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/send", lose_the_answer)
    press_and_be_cut_off(page, person.button_of("/send"))

    picture(page)
    assert submission_count(clinic.store) == before + 1
    page.unroute("**/send")
    page.reload()
    assert person.path == "/receipt"
    assert submission_count(clinic.store) == before + 1


@fault(
    what="Back after everything was sent",
    sees="The receipt, whichever page is gone back to.",
    kept="The submission is as it was sent; nothing of it is shown again.",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_back_after_everything_was_sent(
    open_page, clinic, questionnaire, answers, picture, script
):
    page = open_page(script=script)
    person = begin_with(page, clinic.store, questionnaire, answers)
    page.goto("/check")
    press(page.locator("main a.nhsuk-button").last)
    person.say_how_to_be_reached()
    person.press_in("/send")
    sent = submission_count(clinic.store)
    reference = REFERENCE.search(page.locator("main").inner_text()).group()

    page.go_back()
    page.go_back()

    picture(page)
    assert person.path == "/receipt"
    assert reference in page.locator("main").inner_text()
    assert submission_count(clinic.store) == sent

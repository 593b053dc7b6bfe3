"""Can a medicine be found by keyboard, by touch, and without script, in a browser?"""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import SIDEWAYS, violations
from tests.browser.person import Person, press
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

LIST = "Medicines you have taken for OCD"
ENTRY = "/q/medicines-for-ocd/entry/1"
LIBRARY = "**/accessible-autocomplete.min.js*"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
A_MOMENT = "new Promise((done) => setTimeout(done, 50))"
"""What a page does by a timer is done by then."""
MARKUP = '<img src="x" onerror="document.title = 1">'


def field(page):
    return page.locator("main [name='q-medicine_trials.drug']")


def options(page):
    return page.get_by_role("option")


def told(page):
    """Wait until something is read out, and return it."""
    said = page.locator("[role=status]", has_text="name")
    said.first.wait_for(state="attached")
    return said.first.inner_text().strip()


KEEPS_NOTHING = "window.fetch = () => Promise.resolve()"
"""The tests share a form: what one of them types is not to be there in the next."""


@pytest.fixture(scope="module")
def cookies(chromium, clinic, questionnaire):
    """What a browser holds of a patient who has come to the medicines for OCD."""
    context = chromium.new_context(base_url=clinic.address, java_script_enabled=False)
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    Person(context.new_page(), answers).start_from_the_article().answer_until(LIST)
    found = context.cookies()
    context.close()
    return found


@pytest.fixture
def at_entry(open_page, cookies):
    """Stand where the first medicine for OCD is asked about; none is kept by a test."""

    def arrive(*, wait=True, until="load", prepare=lambda _: None, **options):
        page = open_page(**options)
        page.context.add_cookies(cookies)
        page.add_init_script(KEEPS_NOTHING)
        prepare(page)
        page.goto(ENTRY, wait_until=until)
        if wait and options.get("script", True):
            page.get_by_role("combobox").wait_for()
        return page

    return arrive


def test_a_name_is_typed_seen_and_chosen_by_keyboard(at_entry):
    page = at_entry()
    box = field(page)
    box.focus()

    page.keyboard.type("zol")
    opened = box.get_attribute("aria-expanded"), options(page).all_inner_texts()
    page.keyboard.press("ArrowDown")
    on = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")

    assert opened == ("true", ["Zoloft (Sertraline)", "None of these: keep “zol”"])
    assert on == "Zoloft (Sertraline)"
    assert box.input_value() == "Zoloft"
    assert box.get_attribute("aria-expanded") == "false"
    expect(field(page)).to_be_focused()


def test_escape_closes_the_list_and_typing_goes_on(at_entry):
    page = at_entry()
    box = field(page)
    box.focus()

    page.keyboard.type("ser")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    page.evaluate(A_MOMENT)
    closed = box.input_value()
    page.keyboard.type("t")

    assert closed == "ser"
    assert box.input_value() == "sert"
    assert options(page).all_inner_texts()[0] == "Sertraline"
    assert told(page) == "1 name is like this."


def test_it_is_read_out_how_many_names_there_are(at_entry):
    page = at_entry()

    field(page).type("fluo")
    one = told(page)
    field(page).fill("moonwort")
    none = page.locator("[role=status]", has_text="Not on our list")
    none.first.wait_for(state="attached")

    assert one == "1 name is like this."
    assert options(page).all_inner_texts() == [
        "Not on our list. What you wrote is kept."
    ]


def test_accents_case_and_a_slip_of_the_hand_are_forgiven(at_entry):
    page = at_entry()

    found = {}
    for typed in ("SERTR", "sertráline", "setraline", "prozak", "lustral", "zoloft 50"):
        field(page).fill(typed)
        found[typed] = options(page).first.inner_text()

    assert found == {
        "SERTR": "Sertraline",
        "sertráline": "Sertraline",
        "setraline": "Sertraline",
        "prozak": "Prozac (Fluoxetine)",
        "lustral": "Lustral (Sertraline)",
        "zoloft 50": "Zoloft (Sertraline)",
    }


def test_what_is_none_of_the_names_can_be_kept_by_touch(at_entry):
    page = at_entry()

    field(page).fill("flu drops")
    page.keyboard.press("End")
    field(page).fill("flu")
    options(page).last.click()

    assert field(page).input_value() == "flu"
    assert options(page).count() == 0


def test_the_open_list_holds_on_the_narrowest_screen(at_entry, axe):
    page = at_entry(width=320)

    field(page).fill("se")
    heights = [one.bounding_box()["height"] for one in options(page).all()]

    assert len(heights) >= 3
    assert min(heights) >= 44
    assert page.evaluate(SIDEWAYS) == []
    assert violations(page, axe) == []
    page.keyboard.press("ArrowDown")
    assert violations(page, axe) == []


def test_enter_without_a_choice_goes_on_and_the_name_is_asked_about(at_entry):
    page = at_entry()
    field(page).focus()

    page.keyboard.type("sertralin")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")

    assert "Did you mean Sertraline?" in page.locator("main").inner_text()
    assert field(page).input_value() == "sertralin"


def test_hint_and_error_stay_with_the_field(at_entry, axe):
    page = at_entry()
    field(page).fill("sertralin")
    page.keyboard.press("Escape")
    press(page.get_by_role("button", name="Continue").last)
    page.get_by_role("combobox").wait_for()

    field(page).fill("sertraline")
    ids = field(page).get_attribute("aria-describedby").split()

    words = [page.locator(f"[id='{one}']").text_content() for one in ids]
    assert words[0].startswith("Type its name")
    assert "Did you mean Sertraline?" in words[1]
    assert "arrow keys" in words[2]
    assert violations(page, axe) == []
    page.locator(".nhsuk-error-summary a").first.click()
    expect(field(page)).to_be_focused()


def test_a_stored_name_is_not_offered_again_when_the_field_has_the_focus(at_entry):
    page = at_entry()
    field(page).fill("Moonwort")
    page.keyboard.press("Escape")
    press(page.get_by_role("button", name="Continue").last)
    page.get_by_role("combobox").wait_for()

    field(page).focus()

    assert field(page).input_value() == "Moonwort"
    assert options(page).count() == 0


def test_markup_that_was_typed_stays_text(at_entry):
    page = at_entry()

    field(page).fill(MARKUP)
    page.keyboard.press("Escape")
    press(page.get_by_role("button", name="Continue").last)
    page.get_by_role("combobox").wait_for()
    field(page).fill(f"sertraline {MARKUP}")

    assert field(page).input_value() == f"sertraline {MARKUP}"
    assert page.locator("main img").count() == 0
    assert MARKUP in options(page).last.inner_text()
    assert page.title() != "1"


def test_what_is_only_for_screen_readers_is_not_seen_on_a_telephone(
    chromium, clinic, cookies
):
    size = {"width": 375, "height": 700}
    context = chromium.new_context(
        base_url=clinic.address, user_agent=IPHONE, viewport=size
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.add_init_script(KEEPS_NOTHING)
    page.goto(ENTRY)
    page.get_by_role("combobox").wait_for()

    field(page).fill("zol")
    suffix = options(page).first.locator("span").last
    box = suffix.bounding_box()

    assert suffix.text_content().strip() == "1 of 2"
    assert box["width"] <= 1
    assert box["height"] <= 1
    context.close()


def test_only_pages_with_a_list_ask_for_its_script(at_entry):
    asked, refused = [], []

    def watch(page):
        page.on("request", lambda one: asked.append((page.url, one.url)))
        page.on("console", lambda one: refused.append(one.text))

    page = at_entry(prepare=watch)
    field(page).fill("zol")
    page.goto("/q/medicines-for-ocd")
    page.goto("/q/safety")

    pages = [page for page, url in asked if "accessible-autocomplete" in url]
    assert [url.endswith(ENTRY) for url in pages] == [True]
    assert [text for text in refused if "Content Security Policy" in text] == []


def test_without_the_library_the_field_and_the_way_to_the_list_remain(at_entry, axe):
    def block(page):
        page.route(LIBRARY, lambda route: route.abort())

    page = at_entry(wait=False, prepare=block)
    field(page).fill("zol")
    press(page.get_by_role("button", name="Search the list"))
    found = violations(page, axe)
    press(page.get_by_role("button", name="Use this answer"))
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    found += violations(page, axe)
    page.locator(".nhsuk-error-summary a").click()
    page.keyboard.press("Space")
    press(page.get_by_role("button", name="Use this answer"))

    assert found == []
    assert field(page).input_value() == "Sertraline"


def test_nobody_is_interrupted_who_types_before_the_script_is_there(at_entry):
    held = []

    def hold(page):
        page.route(LIBRARY, lambda route: held.append(route))  # noqa: PLW0108

    page = at_entry(wait=False, until="commit", prepare=hold)
    field(page).focus()
    page.keyboard.type("ser")

    with page.expect_event("requestfinished"):
        held[0].continue_()
    page.evaluate(A_MOMENT)
    page.keyboard.type("tra")
    typed = field(page).input_value()
    page.keyboard.press("Tab")
    page.get_by_role("combobox").wait_for()

    assert typed == "sertra"
    assert field(page).input_value() == "sertra"


def test_without_script_a_name_is_found_and_nothing_is_lost(at_entry):
    page = at_entry(script=False, width=320)
    dose = page.locator("[name='q-medicine_trials.max_dose_mg']")
    field(page).fill("prozak")
    dose.fill("37")

    press(page.get_by_role("button", name="Search the list"))
    sideways = page.evaluate(SIDEWAYS)
    page.get_by_label("Fluoxetine").check()
    press(page.get_by_role("button", name="Use this answer"))

    assert sideways == []
    assert page.evaluate(SIDEWAYS) == []
    assert page.get_by_role("combobox").count() == 0
    assert (field(page).input_value(), dose.input_value()) == ("Fluoxetine", "37")


def test_without_script_enter_goes_on_and_does_not_search(at_entry):
    page = at_entry(script=False)
    field(page).fill("Sertraline")
    page.locator("[name='q-medicine_trials.max_dose_mg']").focus()

    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")

    assert page.title().startswith("Error: Medicine for OCD")


def test_without_script_the_way_back_from_the_list_loses_nothing(at_entry):
    page = at_entry(script=False)
    field(page).fill("moonwort")
    page.locator("[name='q-medicine_trials.max_dose_mg']").fill("37")

    press(page.get_by_role("button", name="Search the list"))
    press(page.get_by_role("button", name="Back to the question"))

    assert field(page).input_value() == "moonwort"
    dose = page.locator("[name='q-medicine_trials.max_dose_mg']")
    assert dose.input_value() == "37"

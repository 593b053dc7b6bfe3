"""Can the pages be answered, to see what is asked next and what comes of it?"""

import shutil

import pytest

from screening.library import shelf_for
from screening.resources import questionnaires_folder
from tests.cli.running import run
from tests.core.building import DEFINITIONS
from tests.web.patient.visitor import UNIT, Visitor
from tests.web.preview.previews import preview_of


def visitor_of(app):
    """Return a browser on the computer that the preview runs on."""
    visitor = Visitor(app)
    visitor.client.environ_base["wsgi.url_scheme"] = "http"
    visitor.client.environ_base["HTTP_HOST"] = "127.0.0.1:8001"
    return visitor


@pytest.fixture
def preview():
    """Give a browser on the preview of a demonstrator."""

    def opened(name):
        return visitor_of(preview_of(shelf_for(DEFINITIONS / name, DEFINITIONS)))

    return opened


def test_answers_lead_to_the_page_they_open(preview):
    visitor = preview("branching")
    visitor.open("/show/first")

    visitor.answer(age=40, smokes="yes")

    assert visitor.path == "/show/smoking"
    assert "Do you smoke while you drive?" in visitor.text


def test_a_page_that_the_answers_close_is_passed_over_and_marked(preview):
    visitor = preview("branching")
    visitor.open("/show/first")

    visitor.answer(age=40, smokes="no")
    ended = visitor.text
    visitor.open("/page/first")

    assert "That was the last page." in ended
    assert "not asked" in visitor.text


def test_a_question_that_the_answers_close_is_not_asked(preview):
    visitor = preview("branching")
    visitor.open("/show/first")

    visitor.answer(age=17, smokes="yes")

    assert "Do you smoke while you drive?" not in visitor.text


def test_the_desk_tells_in_the_clinicians_words_what_comes_of_the_answers(preview):
    visitor = preview("branching")
    visitor.open("/show/first")
    visitor.answer(age=70, smokes="yes")

    visitor.open("/page/smoking")

    assert "What comes of the answers given here" in visitor.text
    assert "<strong>needs review</strong>" in visitor.text
    assert "<strong>Needs review.</strong> Old." in visitor.text
    assert "<span>review-smoking</span>" in visitor.text


def test_answers_can_be_forgotten(preview):
    visitor = preview("branching")
    visitor.open("/show/first")
    visitor.answer(age=70, smokes="yes")
    visitor.open("/page/first")

    visitor.press(visitor.form("/again"))

    assert visitor.path == "/page/first"
    assert "What comes of" not in visitor.text
    assert 'value="70"' not in visitor.open("/show/first").text


def test_what_is_left_blank_is_asked_about_once(preview):
    visitor = preview("branching")
    visitor.open("/show/first")

    visitor.answer(smokes="yes")
    asked = visitor.status, visitor.text
    visitor.answer(smokes="yes")

    assert asked[0] == 422
    assert "Please look at this page again" in asked[1]
    assert visitor.path == "/show/smoking"


def test_what_cannot_be_read_is_told_as_patients_are_told(preview):
    visitor = preview("branching")
    visitor.open("/show/first")

    visitor.answer(age="old", smokes="yes")

    assert visitor.status == 422
    assert "Please look at this page again" in visitor.text
    assert 'value="old"' in visitor.text


def test_an_answer_is_put_into_later_words(preview):
    visitor = preview("translated")
    visitor.open("/show/you")

    visitor.answer(chest_pain="no", shoes="boots")
    visitor.answer(name="Robin")

    assert "How many hours did you walk, Robin?" in visitor.text


def test_the_answers_of_a_worked_patient_can_be_changed(preview):
    visitor = preview("translated")
    visitor.open("/show/you?case=in-pain")
    before = visitor.form(visitor.path + "?case=in-pain")
    before.fill("q-chest_pain", "no")

    visitor.press(before)
    visitor.open("/page/you?case=in-pain")

    assert "exclude-pain" not in visitor.text
    assert "no barrier reported" in visitor.text


def test_a_post_without_the_token_is_refused(preview):
    visitor = preview("branching")

    answer = visitor.client.post("/show/first", data={"q-age": "70"})

    assert answer.status_code == 400


SHIPPED = questionnaires_folder() / "ocd-ketamine"
LAST = "/show/before-you-send"
MOST_PAGES = 100


@pytest.fixture
def shipped(tmp_path):
    """The shipped questionnaire's preview, its worked patients with it."""
    folder = tmp_path / "ocd-ketamine"
    shutil.copytree(SHIPPED, folder)
    return visitor_of(preview_of(shelf_for(folder)))


def walked(visitor, case):
    """Press Continue on every page but the one where consent is ticked; count them."""
    visitor.open(f"/page/-?case={case}")
    first = visitor.text.split('src="/show/')[1].split('"')[0]
    visitor.open(f"/show/{first}")
    pages = 0
    while visitor.path != LAST and pages < MOST_PAGES:
        form = visitor.form(f"{visitor.path}?case={case}")
        # This reader of forms knows no select; a browser posts the unit that is chosen.
        form.values |= {name: ["kg"] for name in form.kinds if name.endswith(UNIT)}
        visitor.press(form)
        pages += 1
    return pages


def outcome(visitor, case):
    """Return what the desk says comes of a case: the outcome, findings, what lacks."""
    text = visitor.open(f"/page/-?case={case}").text
    return text.split("a clinician would see:")[1].split("</ul>")[0]


@pytest.mark.parametrize("number", [0, 7, 19])
def test_continuing_through_every_page_changes_nothing_of_a_worked_patient(
    shipped, number
):
    names = shipped.open("/page/-").text.split('<option value="')[2:]
    case = [name.split('"')[0] for name in names][number]
    before = outcome(shipped, case)

    pages = walked(shipped, case)

    assert pages > 10
    assert shipped.path == LAST
    assert outcome(shipped, case) == before


def test_a_page_to_begin_with_has_to_be_there():
    told = run("preview", DEFINITIONS / "branching", "--page", "frist", "--no-open")

    assert told.exit_code == 2
    assert 'there is no page "frist"' in told.output
    assert "first" in told.output

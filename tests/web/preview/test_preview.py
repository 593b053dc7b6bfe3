"""Does the preview follow the files, and tell what is wrong beside a good page?"""

import os

import pytest

from screening.library import shelf_for
from tests.core.building import DEFINITIONS
from tests.web.preview.previews import preview_of


@pytest.fixture
def folder(tmp_path):
    """A questionnaire of its own, which a test may edit."""
    made = tmp_path / "walk"
    made.mkdir()
    text = (DEFINITIONS / "translated/questionnaire.yaml").read_text("utf-8")
    (made / "questionnaire.yaml").write_text(
        text.replace("translated", "walk"), "utf-8"
    )
    for name in ("sources.yaml", "cases"):
        source = DEFINITIONS / "translated" / name
        if source.is_dir():
            (made / name).mkdir()
            for path in source.iterdir():
                (made / name / path.name).write_bytes(path.read_bytes())
        else:
            (made / name).write_bytes(source.read_bytes())
    return made


@pytest.fixture
def browser(folder):
    """A client of the preview."""
    return preview_of(shelf_for(folder)).test_client()


@pytest.fixture
def edit(folder):
    """Save an edit of the questionnaire, seen as a change whatever the clock says."""
    file = folder / "questionnaire.yaml"
    saved = [file.stat().st_mtime]

    def edited(old, new):
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        saved[0] += 10
        os.utime(file, (saved[0], saved[0]))

    return edited


def get(browser, address):
    """Return the text of a page that is answered well."""
    answer = browser.get(address, headers={"Host": "127.0.0.1"})
    assert answer.status_code == 200
    return answer.text


def test_a_page_is_shown_as_patients_see_it(browser):
    shown = get(browser, "/show/you")

    assert "<h1>About you</h1>" in shown
    assert "Do you have chest pain now?" in shown
    assert "<strong>today</strong>" in shown


def test_the_desk_frames_the_page_and_says_that_nothing_is_saved(browser):
    desk = get(browser, "/page/you")

    assert 'src="/show/you"' in desk
    assert "Nothing is saved here, and nothing can be sent." in desk
    assert "Nothing to mend" in desk


def test_a_save_shows_the_new_words_and_leads_to_their_page(browser, edit):
    get(browser, "/page/you")
    before = browser.get("/state", headers={"Host": "127.0.0.1"}).json

    edit("What do your friends call you?", "What is your name?")
    after = browser.get("/state", headers={"Host": "127.0.0.1"}).json

    assert after["stamp"] > before["stamp"]
    assert after["page"] == "walks"
    assert "What is your name?" in get(browser, "/show/walks")


def test_a_broken_save_is_told_beside_the_last_page_that_worked(browser, edit, folder):
    get(browser, "/page/you")

    edit(
        "Do you have chest pain now?\n        type: yes_no",
        "Any pain?\n        type: yes",
    )
    desk = get(browser, "/page/you")

    assert "1 to mend" in desk
    lines = (folder / "questionnaire.yaml").read_text("utf-8").splitlines()
    place = lines.index("        type: yes") + 1
    assert f"walk/questionnaire.yaml, line {place}" in desk
    assert "The last version that worked is shown." in desk
    assert "Do you have chest pain now?" in get(browser, "/show/you")


def test_what_was_mended_is_told_no_more(browser, edit):
    get(browser, "/page/you")
    edit("type: yes_no", "type: yes")
    get(browser, "/page/you")

    edit("type: yes\n", "type: yes_no\n")
    desk = get(browser, "/page/you")

    assert "Nothing to mend" in desk
    assert "The last version that worked" not in desk


def test_a_file_that_never_worked_is_told_without_a_page(folder, edit):
    edit("pages:", "pagse:")
    browser = preview_of(shelf_for(folder)).test_client()

    desk = get(browser, "/page/-")

    assert "to mend" in desk
    assert "There is no page to show" in desk
    assert browser.get("/show/you", headers={"Host": "127.0.0.1"}).status_code == 404


def test_a_worked_patient_shows_what_comes_of_the_answers(browser):
    desk = get(browser, "/page/you?case=in-pain")

    assert "What comes of in-pain" in desk
    assert "contraindication reported" in desk
    assert "Chest pain before a walk. <span>exclude-pain</span>" in desk


@pytest.mark.parametrize("host", ["clinic.example", "127.0.0.1.example", "evil:8001"])
def test_other_names_than_this_computers_are_refused(browser, host):
    assert browser.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost:8001", "[::1]:8001"])
def test_this_computers_names_are_answered(browser, host):
    assert browser.get("/", headers={"Host": host}).status_code == 303


def test_pages_may_be_framed_by_the_preview_alone(browser):
    answer = browser.get("/show/you", headers={"Host": "127.0.0.1"})
    help_page = browser.get("/help", headers={"Host": "127.0.0.1"})

    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in help_page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["every-type", "repeats", "scales", "groups"])
def test_every_page_of_the_demonstrators_can_be_shown(name):
    shelf = shelf_for(DEFINITIONS / name, DEFINITIONS)
    browser = preview_of(shelf).test_client()

    desk = get(browser, "/page/-")
    addresses = [part.split('"')[0] for part in desk.split('href="/page/')[1:]]

    assert len(addresses) >= 2
    assert all(get(browser, f"/show/{one.split('?')[0]}") for one in addresses)

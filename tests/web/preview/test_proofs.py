"""Does the preview show what does not hold, and lead to a patient who shows it?"""

import re
import time

import pytest

from screening.cli.options import deployment, today
from screening.cli.preview import make_preview
from screening.library import shelf_for
from screening.proof.proving import proved
from screening.web.preview.desk import Desk
from tests.cli.running import run

RULE = """never: 'outcome == "no_barrier_reported" and age == 50'"""


@pytest.fixture
def folder(tmp_path):
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library/first-visit"


def opened(folder, prove):
    desk = Desk(shelf_for(folder), deployment(), today, prove)
    return make_preview(desk).test_client(), desk


def get(client, address):
    answer = client.get(address, headers={"Host": "127.0.0.1"})
    assert answer.status_code == 200
    return answer.text


def when_proved(client, desk):
    """Return the page once the proofs are made."""
    get(client, "/page/-")
    last = time.monotonic() + 60
    while desk.proving.latest().is_running and time.monotonic() < last:
        time.sleep(0.05)
    return get(client, "/page/-")


def prove(made, cases):
    return proved(made, today(), cases)


def test_what_holds_for_everybody_is_counted(folder):
    client, desk = opened(folder, prove)

    page = when_proved(client, desk)

    assert "Not knowing never passes: " in page
    assert "refuted" not in page


def test_a_promise_that_is_broken_leads_to_a_patient_at_the_deciding_page(folder):
    file = folder / "questionnaire.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("promises:", f"promises:\n  - id: nobody-of-fifty\n    {RULE}")
    )
    client, desk = opened(folder, prove)

    page = when_proved(client, desk)
    found = re.search(r'href="(/page/[^"]+)">See such a patient', page)
    shown = get(client, found[1].replace("&amp;", "&"))

    assert "Promise nobody-of-fifty: refuted." in page
    assert "If this were sent now, a clinician would see: " in shown
    assert "no barrier reported" in shown
    assert re.search(r'value="shown-1" selected', shown)
    form = get(client, found[1].replace("&amp;", "&").replace("/page/", "/show/"))
    assert 'value="50"' in form


def test_a_page_in_the_frame_is_left_alone_when_proofs_are_done(folder):
    client, desk = opened(folder, prove)
    when_proved(client, desk)

    state = client.get("/state", headers={"Host": "127.0.0.1"}).json

    assert (state["stamp"], state["tried"]) == (1, 1)


def test_proofs_that_crash_are_told_and_the_preview_goes_on(folder):
    def crash(*_):
        raise RuntimeError

    client, desk = opened(folder, crash)

    page = when_proved(client, desk)

    assert "The proofs could not be made." in page
    assert "Nothing to mend" in page


def test_without_the_solver_nothing_is_said_of_proofs(folder):
    client, desk = opened(folder, None)

    assert "For every possible patient" not in when_proved(client, desk)

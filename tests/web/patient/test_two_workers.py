"""May one worker take what another one asked, of a version it never loaded?"""

import pytest

from tests.cli.running import run
from tests.web.patient.visitor import Patient, Visitor

ANSWERS = {"consent": "yes", "age": "34", "signs": ["cough", "fever"]}
SIGNS = """
      - id: signs
        ask: "Which of these do you have?"
        type: choices
        options:
          cough: "A cough"
          fever: "A fever"
          none: {label: "None of these", exclusive: true}
"""


@pytest.fixture
def library(tmp_path):
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library"


@pytest.fixture
def workers(open_clinic, library):
    """Two workers of one service; the second has loaded an older version only."""
    settings = {"questionnaires": library, "questionnaire": "first-visit"}
    older = open_clinic(**settings)
    file = library / "first-visit/questionnaire.yaml"
    text = file.read_text("utf-8")
    newer = text.replace("\n    questions:\n", f"\n    questions:{SIGNS}", 1)
    assert newer != text
    file.write_text(newer, "utf-8")
    return open_clinic(**settings), older


def test_boxes_that_another_worker_drew_are_taken(workers, library):
    newer, older = workers
    visitor = Visitor(newer).begin()
    while "Which of these do you have?" not in visitor.text:
        Patient(visitor, ANSWERS)._answer_page()
    form = visitor.form(visitor.path)
    form.fill("q-signs", ["cough", "fever"])
    # The other worker does not look at the folder before it is asked.
    (library / "first-visit/questionnaire.yaml").unlink()

    visitor.client.application = older
    visitor.press(form)

    assert visitor.status != 400
    visitor.open("/check")
    assert "A cough" in visitor.text

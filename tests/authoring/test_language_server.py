"""Does an editor with a YAML language server complete, explain and mark rightly?"""

import pytest

from screening.core.definition import Kind, QuestionType
from screening.core.schema import QuestionShape
from tests.authoring.editor_view import HOME, SHIPPED
from tests.authoring.language_server import Editor

QUESTIONNAIRE = HOME / "ocd-ketamine/questionnaire.yaml"
TEXT = QUESTIONNAIRE.read_text("utf-8")


@pytest.fixture(scope="module")
def editor():
    """One editor for all: the server takes a second to begin."""
    started = Editor(HOME)
    yield started
    started.close()


def test_no_shipped_file_is_marked(editor):
    marked = {path.name: editor.marked(path, path.read_text()) for path in SHIPPED}

    assert {name: told for name, told in marked.items() if told} == {}


@pytest.mark.parametrize(
    ("written", "slip", "told"),
    [
        ("type: yes_no", "type: yesno", "Value is not accepted."),
        ("type: yes_no", "tpye: yes_no", "Property tpye is not allowed."),
        ("required: false", "required: maybe", "Write true or false."),
        ("range: [0, 120]", "range: {0: 120}", "Expected one of array, null."),
        ("- id: age", "- id: Age", "Use small letters, digits and _"),
        ('ask: "How old are you?"', "ask: [How]", "Write a text here."),
    ],
)
def test_a_slip_is_marked(editor, written, slip, told):
    assert TEXT.count(written) > 0

    marked = editor.marked(QUESTIONNAIRE, TEXT.replace(written, slip, 1))

    assert told in " ".join(marked)


def test_the_types_of_questions_are_proposed_and_explained(editor):
    text = TEXT.replace("type: yes_no", "type: ▮yes_no", 1)

    proposed = editor.completions(QUESTIONNAIRE, text)

    assert set(proposed) == set(QuestionType)
    assert proposed["scale"] == "A point on a line with words at its ends."


def test_the_kinds_of_criteria_are_proposed_and_explained(editor):
    text = TEXT.replace("kind: urgent", "kind: ▮urgent", 1)

    proposed = editor.completions(QUESTIONNAIRE, text)

    assert set(proposed) == set(Kind)
    assert proposed["precaution"] == "Told to the clinician. It changes nothing."


def test_a_questions_other_attributes_are_proposed_and_explained(editor):
    line = "        type: yes_no\n"
    text = TEXT.replace(line, f"{line}        ▮\n", 1)

    proposed = editor.completions(QUESTIONNAIRE, text)

    names = {field.alias or name for name, field in QuestionShape.model_fields.items()}
    written = {"id", "ask", "short", "hint", "type", "riskier"}
    assert set(proposed) == names - written
    assert proposed["not_sure"] == "Whether “not sure” is offered."


def test_units_are_proposed_though_others_may_stand_there(editor):
    text = TEXT.replace("unit: year", "unit: ▮", 1)

    proposed = editor.completions(QUESTIONNAIRE, text)

    assert {"year", "kg", "percent"} <= set(proposed)


def test_the_parts_of_an_empty_file_are_proposed(editor):
    modeline = TEXT.splitlines()[0]

    proposed = editor.completions(HOME / "new/questionnaire.yaml", f"{modeline}\n▮")

    assert {"language_version", "pages", "criteria"} <= set(proposed)


def test_a_name_is_explained_under_the_pointer(editor):
    text = TEXT.replace("riskier: ", "risk▮ier: ", 1)

    shown = editor.hover(QUESTIONNAIRE, text)

    assert "More risk: up, down, or the options, safest first." in shown


def test_a_type_is_explained_under_the_pointer(editor):
    text = TEXT.replace("type: yes_no", "type: yes▮_no", 1)

    shown = editor.hover(QUESTIONNAIRE, text)

    assert "The type of the answer." in shown
    assert "`pick`: An entry of a catalogue, found by any of its names." in shown

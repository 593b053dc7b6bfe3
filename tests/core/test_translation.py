"""Does a questionnaire say the same in another language, and decide the same?"""

from dataclasses import replace

import pytest

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.core.load import load
from screening.core.problems import Severity
from screening.core.translation import in_language, mark_of, wordings
from screening.library import shelf_for
from tests.core.building import DEFINITIONS, TODAY, demonstrator

FOLDER = "translated"
OVERLAY = f"{FOLDER}/es.yaml"


def unchanged(_):
    """Leave the files as they are."""


def read(change=unchanged):
    """Return the demonstrator, its files changed by `change` first."""
    shelf = shelf_for(DEFINITIONS / FOLDER, DEFINITIONS)
    names = (f"{FOLDER}/questionnaire.yaml", f"{FOLDER}/sources.yaml", OVERLAY)
    files = {name: shelf.read(name) for name in names}
    change(files)
    return load(FOLDER, files.get)


def changed(name, old, new):
    """Return a change of one file's text."""

    def change(files):
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


def codes(questionnaire):
    """Return code and line of every notice."""
    return [f"{one.code} {one.where.line}" for one in questionnaire.notices]


def test_every_text_has_a_key_made_of_ids():
    known = wordings(demonstrator(FOLDER))

    assert list(known)[:7] == [
        "title",
        "pages.you.title",
        "pages.you.intro",
        "questions.chest_pain.ask",
        "words.yes",
        "words.no",
        "questions.shoes.ask",
    ]
    assert known["checks.long"].text == "That is a long walk. Please look again."


def test_a_patient_reads_the_translation_and_the_source_where_there_is_none():
    spanish = in_language(demonstrator(FOLDER), "es")

    pain, shoes = spanish.pages[0].questions
    assert spanish.language == "es"
    assert pain.ask == "¿Tiene ahora dolor en el pecho?"
    assert [option.label for option in pain.options] == ["Sí", "No"]
    assert shoes.ask == "Which shoes do you wear?"
    assert [option.label for option in shoes.options] == ["Botas", "Trainers"]


def test_the_same_rules_judge_the_answers_in_every_language():
    english = demonstrator(FOLDER)
    spanish = in_language(english, "es")

    answers = read_answers(spanish, {"chest_pain": "yes", "shoes": "boots"}, TODAY)

    assert spanish.program is english.program
    assert spanish.criteria is english.criteria
    assert evaluate(spanish, answers).outcome == "contraindication_reported"


def test_a_language_is_offered_once_every_text_that_concerns_safety_is_there():
    whole = read()

    assert whole.languages == ("en", "es")
    assert whole.translations["es"].missing != ()


@pytest.mark.parametrize(
    "wanting",
    [
        "¿Tiene ahora dolor en el pecho?",
        "Es una caminata muy larga. Compruébelo, por favor.",
        "Dos preguntas sobre el día de **hoy**.",
    ],
)
def test_a_language_that_lacks_a_text_of_safety_is_not_offered(wanting):
    lacking = read(changed(OVERLAY, f"say: {wanting}", 'say: ""'))

    assert lacking.languages == ("en",)
    assert len(lacking.translations["es"].needed) == 1


def test_a_language_that_no_clinician_has_signed_off_is_not_offered():
    unsigned = read(changed(OVERLAY, "of: d76f9f8e", "of: 0a0a0a0a"))

    assert unsigned.languages == ("en",)
    assert unsigned.translations["es"].needed == ()
    assert "SC605 4" in codes(unsigned)


def test_a_text_of_safety_that_changed_has_to_be_signed_off_anew():
    said = "Es una caminata muy larga."

    other = read(changed(OVERLAY, said, "Es una caminata algo larga."))

    assert read().translations["es"].reviewed_by == "Dr Vera Ruiz, psychiatrist"
    assert other.translations["es"].reviewed_by is None
    assert other.languages == ("en",)


def test_a_text_that_does_not_concern_safety_may_change_after_it():
    other = read(changed(OVERLAY, "Botas", "Unas botas"))

    assert other.languages == ("en", "es")


def test_a_text_that_changed_makes_its_translation_stale_and_is_told():
    source = f"{FOLDER}/questionnaire.yaml"

    stale = read(changed(source, "chest pain now?", "pain in your chest today?"))

    assert codes(stale) == ["SC604 8", "SC602 23"]
    assert stale.translations["es"].stale == ("questions.chest_pain.ask",)
    assert stale.languages == ("en",)


def test_a_wording_that_nobody_published_is_told_as_no_fault():
    shipped = load("ocd-ketamine", shelf_for("ocd-ketamine").read)
    own = read()

    (scale,) = (one for one in shipped.notices if one.code == "SC604")
    (text,) = (one for one in own.notices if one.code == "SC604")
    assert scale.severity is Severity.NOTICE
    assert text.severity is Severity.WARNING


def test_folding_a_text_anew_does_not_make_its_translation_stale():
    source = f"{FOLDER}/questionnaire.yaml"
    folded = "ask: >\n          Do you have chest\n          pain now?"

    read_again = read(changed(source, "ask: Do you have chest pain now?", folded))

    assert read_again.translations["es"].stale == ()


def test_a_translation_is_part_of_the_version():
    one = read()
    other = read(changed(OVERLAY, "Botas", "Unas botas"))

    assert one.sha256 != other.sha256
    assert OVERLAY in one.files


def test_no_file_in_the_languages_place_is_no_translation():
    none = read(lambda files: files.pop(OVERLAY))

    assert none.languages == ("en",)
    assert none.translations == {}
    with pytest.raises(KeyError):
        in_language(none, "es")


def test_an_instrument_is_translated_in_a_file_of_its_own():
    shelf = shelf_for("ocd-ketamine")
    overlay = f"""\
        language_version: 1
        translation: ocd-ketamine
        language: es
        texts:
          words.yes: {{say: Sí, of: {mark_of("Yes")}}}
    """
    wording = "Little interest or pleasure in doing things"
    scale = f"""\
        language_version: 1
        translation: phq9
        language: es
        texts:
          items.q1.ask: {{say: Poco interés., of: {mark_of(wording)}}}
    """
    files = {
        "ocd-ketamine/es.yaml": overlay,
        "instruments/es/phq9.yaml": scale,
    }

    made = load("ocd-ketamine", lambda name: files.get(name) or shelf.read(name))

    spanish = in_language(made, "es")
    page = next(page for page in spanish.pages if page.id == "mood")
    assert spanish.instruments["phq9"].items[0].ask == "Poco interés."
    assert page.questions[0] is spanish.instruments["phq9"].items[0]
    assert made.translations["es"].stale == ()
    assert made.languages == ("en",)


def test_the_ends_of_an_instruments_scale_are_translated():
    made = load("ocd-ketamine", shelf_for("ocd-ketamine").read)
    ends = {key: f"<{key}>" for key in wordings(made) if ".labels." in key}
    whole = next(iter(demonstrator(FOLDER).translations.values()))
    told = {"es": replace(whole, texts=ends)}

    said = in_language(replace(made, translations=told), "es")

    distress = next(
        item for item in said.instruments["impact"].items if item.id == "distress"
    )
    assert distress.labels == {
        "0": "<instruments.impact_snapshot.items.distress.labels.0>",
        "10": "<instruments.impact_snapshot.items.distress.labels.10>",
    }


@pytest.mark.parametrize(
    "name", ["translated", "branching", "repeats", "every-type", "must-know"]
)
def test_translating_into_the_same_words_changes_nothing(name):
    made = demonstrator(name)
    texts = {key: one.text for key, one in wordings(made).items()}
    whole = next(iter(demonstrator("translated").translations.values()))
    echo = replace(made, translations={"es": replace(whole, texts=texts)})

    again = in_language(echo, "es")

    assert replace(again, language=made.language, translations={}) == replace(
        made, translations={}
    )

"""Does `screening translate` tell what is wanting, and write it in without harm?"""

import pytest

from tests.cli.running import json_lines, run


@pytest.fixture
def folder(demonstrators):
    """The questionnaire that has a translation."""
    return demonstrators / "translated"


def test_what_is_wanting_is_listed_and_whether_the_language_can_be_offered(folder):
    result = run("translate", folder, "es")

    assert result.exit_code == 0
    assert "  missing questions.shoes.ask  Which shoes do you wear?\n" in result.stdout
    assert "8 of 15 texts done, 0 stale, 7 missing" in result.stdout
    assert "Spanish can be offered" in result.stdout


def test_a_program_gets_every_text_with_its_state(folder):
    (told,) = json_lines(run("translate", folder, "es", "--json"))

    assert told["offered"] is True
    assert told["texts"][2] == {
        "key": "pages.you.intro",
        "state": "done",
        "safety": False,
        "source": "Two questions about **today**.",
        "text": "Dos preguntas sobre el día de **hoy**.",
    }


def test_a_new_file_holds_every_text_under_its_source(folder):
    (folder / "es.yaml").unlink()

    result = run("translate", folder, "es", "--write")

    assert result.exit_code == 0
    assert "5 texts marked ! concern safety" in result.stdout
    assert (
        (folder / "es.yaml")
        .read_text("utf-8")
        .startswith(
            "# yaml-language-server: $schema=../schema/translation.schema.json\n"
            "language_version: 1\n"
            "translation: translated\n"
            "language: es\n"
            "texts:\n"
            "  #: Before a long walk\n"
            "  title:\n"
            "    of: 89efbedb\n"
            '    say: ""\n'
        )
    )


def test_a_file_that_is_up_to_date_stays_as_it_is(folder):
    before = (folder / "es.yaml").read_bytes()

    result = run("translate", folder, "es", "--write")

    assert (folder / "es.yaml").read_bytes() == before
    assert "es.yaml is up to date" in result.stderr


def test_a_new_question_gets_its_entry_where_it_stands(folder):
    source = folder / "questionnaire.yaml"
    question = "      - {id: hat, ask: Do you wear a hat?, type: yes_no}\n"
    at = "      - id: shoes\n"
    source.write_text(source.read_text("utf-8").replace(at, question + at), "utf-8")

    run("translate", folder, "es", "--write")

    lines = (folder / "es.yaml").read_text("utf-8").splitlines()
    at = lines.index("  #: Do you wear a hat?")
    assert lines[at + 1] == "  questions.hat.ask:"
    assert lines[at + 3] == '    say: ""'
    assert lines[at + 4] == "  #: Which shoes do you wear?"


def test_a_stale_text_shows_what_it_was_until_it_is_confirmed(folder):
    source = folder / "questionnaire.yaml"
    text = source.read_text("utf-8").replace("chest pain now?", "pain in the chest?")
    source.write_text(text, "utf-8")

    written = run("translate", folder, "es", "--write")
    stale = (folder / "es.yaml").read_text("utf-8")
    confirmed = run("translate", folder, "es", "--confirm", "questions.chest_pain.ask")

    assert "! stale   questions.chest_pain.ask  Do you have pain in" in written.stdout
    assert (
        "  #| Do you have chest pain now?\n"
        "  #: Do you have pain in the chest?\n"
        "  questions.chest_pain.ask:\n"
    ) in stale
    assert "0 stale" in confirmed.stdout
    assert "#|" not in (folder / "es.yaml").read_text("utf-8")


def test_a_note_of_the_translator_is_kept(folder):
    file = folder / "es.yaml"
    note = "    # Or zapatos, as walkers say?\n"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("    say: Botas\n", f"    say: Botas\n{note}"), "utf-8"
    )

    run("translate", folder, "es", "--write")

    assert note in file.read_text("utf-8")


def test_the_words_of_an_instrument_go_to_a_file_of_their_own(own_folder, folder):
    shipped = run("translate", "ocd-ketamine", "es", "--instrument", "phq10")

    assert shipped.exit_code == 2
    assert 'uses no instrument "phq10". Did you mean "phq9"?' in shipped.stderr


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", 'no words of its own in "fr"'),
        ("en", "the language of the questionnaire itself"),
    ],
)
def test_a_language_that_can_not_be_is_refused(folder, language, said):
    result = run("translate", folder, language)

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_key_that_there_is_not_can_not_be_confirmed(folder):
    result = run("translate", folder, "es", "--confirm", "questions.nothing.ask")

    assert result.exit_code == 1
    assert 'no translation "questions.nothing.ask" to confirm' in result.stderr


def test_a_mark_that_looks_like_a_number_is_quoted_and_can_be_confirmed(folder):
    (folder / "es.yaml").unlink()
    source = folder / "questionnaire.yaml"
    before = source.read_text("utf-8")
    written, other = ("title: Walk 73", "title: Walk 199")
    source.write_text(before.replace("title: Before a long walk", written), "utf-8")
    run("translate", folder, "es", "--write")
    source.write_text(before.replace("title: Before a long walk", other), "utf-8")

    run("translate", folder, "es", "--confirm", "title")

    assert '    of: "307e9752"\n' in (folder / "es.yaml").read_text("utf-8")
    assert run("fmt", "--check", folder / "es.yaml").exit_code == 0


def test_a_clinician_signs_off_the_texts_that_concern_safety(folder):
    file = folder / "es.yaml"
    file.write_text(file.read_text("utf-8").replace("of: d76f9f8e", "of: 0a0a0a0a"))

    before = run("translate", folder, "es")
    signed = run("translate", folder, "es", "--reviewed-by", "Dr A. Sol, psychiatrist")

    assert "no clinician signed off what it says now" in before.stdout
    assert "Spanish can be offered" in signed.stdout
    assert "  by: Dr A. Sol, psychiatrist\n" in file.read_text("utf-8")
    assert "Vera Ruiz" not in file.read_text("utf-8")


def test_nobody_signs_off_what_is_not_whole(folder):
    file = folder / "es.yaml"
    said = "say: ¿Tiene ahora dolor en el pecho?"
    file.write_text(file.read_text("utf-8").replace(said, 'say: ""'))

    refused = run("translate", folder, "es", "--reviewed-by", "Dr A. Sol")

    assert refused.exit_code == 2
    assert "1 texts that concern safety are missing or stale" in refused.stderr

"""Does `screening summary` write the clinician's PDF, one for each file?"""

import pikepdf

from tests.cli.running import run


def test_a_summary_is_a_pdf_and_the_same_each_time(own_folder, answers):
    name = answers("l1.json")

    for target in ("one.pdf", "two.pdf"):
        given = ("summary", "ocd-ketamine", name, "-o", target, "--on", "2026-03-15")
        assert run(*given).exit_code == 0

    one, two = ((own_folder / name).read_bytes() for name in ("one.pdf", "two.pdf"))
    assert one.startswith(b"%PDF-")
    assert one == two


def test_several_files_need_a_folder_and_get_a_pdf_each(own_folder, answers):
    names = [answers("a.json"), answers("b.json", "U1")]
    (own_folder / "out").mkdir()

    refused = run("summary", "ocd-ketamine", *names, "-o", "one.pdf")
    result = run("summary", "ocd-ketamine", *names, "-o", "out")

    assert refused.exit_code == 2
    assert result.exit_code == 0
    assert sorted(p.name for p in (own_folder / "out").iterdir()) == ["a.pdf", "b.pdf"]


def test_a_file_with_problems_gets_no_pdf_and_the_others_do(own_folder, answers):
    names = [answers("a.json", age=999), answers("b.json")]
    (own_folder / "out").mkdir()

    result = run("summary", "ocd-ketamine", *names, "-o", "out")

    assert result.exit_code == 1
    assert result.stderr.startswith("a.json:")
    assert [p.name for p in (own_folder / "out").iterdir()] == ["b.pdf"]


def test_a_place_that_cannot_be_written_is_told(answers):
    result = run("summary", "ocd-ketamine", answers("a.json"), "-o", "no/such.pdf")

    assert result.exit_code == 1
    assert "can't be written" in result.stderr


def test_a_summary_can_be_in_spanish(own_folder, answers):
    given = ("summary", "ocd-ketamine", answers("l1.json"), "-o", "es.pdf")

    assert run(*given, "--language", "es").exit_code == 0

    with pikepdf.open(own_folder / "es.pdf") as opened:
        assert opened.Root.Lang == "es"


def test_a_language_without_words_is_refused(answers):
    given = ("summary", "ocd-ketamine", answers("l1.json"), "-o", "x.pdf")

    result = run(*given, "--language", "tlh")

    assert result.exit_code == 2
    assert "'en', 'es'" in result.stderr

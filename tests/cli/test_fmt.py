"""Does `screening fmt` lay out files in one form, and leave alone what it must?"""

import errno
import stat
from pathlib import Path

import pytest

from tests.cli.running import run

ROUGH = "sources:\n    a: {basis: read, ref: 'A'} # first\n"
FORM = 'sources:\n  a: {ref: "A", basis: read}   # first\n'
BAD = "sources: [\n"


@pytest.fixture
def rough(own_folder):
    """A file that is not in its form."""
    file = own_folder / "rough.yaml"
    file.write_text(ROUGH, "utf-8")
    return file


def test_a_file_is_laid_out_and_named(rough):
    result = run("fmt", "rough.yaml")

    assert result.exit_code == 0
    assert result.stdout == "rough.yaml\n"
    assert result.stderr == "1 laid out anew, 0 in form.\n"
    assert rough.read_text("utf-8") == FORM


def test_a_file_in_form_is_not_written(rough):
    run("fmt", "rough.yaml")
    before = rough.stat()

    result = run("fmt", "rough.yaml")

    assert result.stdout == ""
    assert result.stderr == "0 laid out anew, 1 in form.\n"
    assert rough.stat().st_ino == before.st_ino


def test_a_check_names_what_would_change_and_writes_nothing(rough):
    result = run("fmt", "--check", "rough.yaml")

    assert result.exit_code == 1
    assert result.stdout == "rough.yaml\n"
    assert result.stderr == "1 would change, 0 in form.\n"
    assert rough.read_text("utf-8") == ROUGH


def test_a_check_of_files_in_form_is_good(rough):
    run("fmt", "rough.yaml")

    result = run("fmt", "--check", "rough.yaml")

    assert (result.exit_code, result.stdout) == (0, "")


def test_the_form_can_be_printed_instead(rough):
    result = run("fmt", "--stdout", "rough.yaml")

    assert (result.exit_code, result.stdout) == (0, FORM)
    assert rough.read_text("utf-8") == ROUGH


def test_a_file_that_can_not_be_read_is_told_and_the_others_are_laid_out(rough):
    bad = rough.with_name("bad.yaml")
    bad.write_text(BAD, "utf-8")

    result = run("fmt", "bad.yaml", "rough.yaml")

    assert result.exit_code == 1
    assert result.stderr.startswith("bad.yaml:2:1: this is not valid YAML")
    assert result.stderr.endswith("1 laid out anew, 0 in form, 1 left alone.\n")
    assert bad.read_text("utf-8") == BAD
    assert rough.read_text("utf-8") == FORM


def test_a_comment_that_would_be_lost_leaves_the_file_alone(rough):
    text = "sources: {a: {ref: A, # why\n  basis: read}} # end\n"
    rough.write_text(text, "utf-8")

    result = run("fmt", "rough.yaml")

    assert result.exit_code == 1
    assert "rough.yaml:1:1: this comment could not stay where it is" in result.stderr
    assert rough.read_text("utf-8") == text


def test_the_files_of_a_folder_are_laid_out(rough):
    rough.with_name("other.txt").write_text(ROUGH, "utf-8")
    (rough.parent / "in/side").mkdir(parents=True)
    rough.rename(rough.parent / "in/side/rough.yaml")

    result = run("fmt", "in", "in/side/rough.yaml")

    assert result.stdout == "in/side/rough.yaml\n"
    assert rough.with_name("other.txt").read_text("utf-8") == ROUGH


def test_a_questionnaire_is_named_by_its_id(own_folder):
    settings = {"SCREENING_QUESTIONNAIRES": str(own_folder / "library")}
    run("new", "first-visit", settings=settings)
    file = own_folder / "library/first-visit/sources.yaml"
    file.write_text(ROUGH, "utf-8")

    result = run("fmt", "first-visit", settings=settings)

    assert result.stdout == "library/first-visit/sources.yaml\n"
    assert file.read_text("utf-8") == FORM


def test_what_is_nothing_is_told_with_what_is_near():
    result = run("fmt", "ocd-ketamin")

    assert result.exit_code == 2
    assert 'Did you mean "ocd-ketamine"?' in result.stderr


def test_permissions_and_links_stay(rough):
    rough.chmod(0o640)
    link = rough.with_name("link.yaml")
    link.symlink_to(rough)

    run("fmt", "link.yaml")

    assert link.is_symlink()
    assert rough.read_text("utf-8") == FORM
    assert stat.S_IMODE(rough.stat().st_mode) == 0o640


def test_nothing_is_left_behind(rough):
    run("fmt", "rough.yaml")

    assert list(rough.parent.iterdir()) == [rough]


def test_a_file_that_can_not_be_put_in_place_stays_as_it_was(rough, monkeypatch):
    def refuse(self, target):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)

    result = run("fmt", "rough.yaml")

    assert result.exit_code == 1
    assert "rough.yaml: this file can't be written (Permission denied)" in result.stderr
    assert rough.read_text("utf-8") == ROUGH
    assert list(rough.parent.iterdir()) == [rough]


def test_line_ends_of_another_system_are_a_reason_to_write(rough):
    rough.write_bytes(FORM.replace("\n", "\r\n").encode())

    result = run("fmt", "rough.yaml")

    assert result.stdout == "rough.yaml\n"
    assert rough.read_bytes() == FORM.encode()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such.yaml"],
        ["--stdout", "--check", "rough.yaml"],
        ["--stdout", "rough.yaml", "other.yaml"],
    ],
)
def test_wrong_usage_ends_with_two(rough, arguments):
    rough.with_name("other.yaml").write_text(FORM, "utf-8")

    assert run("fmt", *arguments).exit_code == 2

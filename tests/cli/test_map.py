"""Is the drawing written where it was asked for?"""

from tests.cli.running import run
from tests.core.building import DEFINITIONS


def test_a_drawing_is_written_to_a_file_or_printed(tmp_path):
    folder = DEFINITIONS / "branching"

    printed = run("map", folder)
    written = run("map", folder, "-o", tmp_path / "map.svg")

    assert written.exit_code == printed.exit_code == 0
    assert printed.stdout.startswith("<svg ")
    assert (tmp_path / "map.svg").read_text("utf-8") == printed.stdout


def test_a_broken_questionnaire_is_not_drawn(tmp_path):
    (tmp_path / "questionnaire.yaml").write_text("title: [", "utf-8")

    result = run("map", tmp_path)

    assert result.exit_code == 1
    assert "<svg" not in result.output

"""What do the tests of the command line have at hand?"""

import json
import shutil

import pytest

from screening.core.cases import read_cases
from screening.resources import questionnaires_folder
from tests.core.building import DEFINITIONS

WORKED = questionnaires_folder() / "ocd-ketamine/cases/worked.yaml"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Run every command in a folder of its own, without settings of the machine."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "QUESTIONNAIRES",
        "TIME_ZONE",
        "DATABASE",
        "KEY_FILE",
        "LOCALE",
        "SEAL_FILE",
    ):
        monkeypatch.delenv(f"SCREENING_{name}", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def worked():
    """The answers of the worked patients, by name."""
    cases = read_cases([(WORKED.name, WORKED.read_text("utf-8"))])
    return {case.id: case.answers for case in cases}


@pytest.fixture
def answers(own_folder, worked):
    """Write a worked patient's answers, some changed, to a file; return its name."""

    def written(name, case="L1", **changed):
        text = json.dumps({**worked[case], **changed})
        (own_folder / name).write_text(text, "utf-8")
        return name

    return written


@pytest.fixture
def demonstrators(own_folder):
    """The demonstrators, copied to where a test may damage them."""
    return shutil.copytree(DEFINITIONS, own_folder / "definitions")

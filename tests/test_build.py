"""Does a built wheel hold all that an installation without Node.js needs?"""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import hatch_build
from screening.authoring.starting import STARTER

ROOT = Path(hatch_build.__file__).parent


@pytest.fixture(scope="module")
def names_in_the_wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture
def hook(tmp_path):
    return hatch_build.CustomBuildHook(str(tmp_path), {}, None, None, "", "wheel")


def test_the_wheel_carries_what_make_assets_builds(names_in_the_wheel):
    wanted = set(hatch_build.BUILT)

    missing = wanted - names_in_the_wheel

    assert missing == set()


@pytest.mark.parametrize("folder", hatch_build.CARRIED)
def test_the_wheel_carries_every_file_of_the_top_level_folders(
    names_in_the_wheel, folder
):
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    wanted = {f"screening/_data/{path.relative_to(ROOT).as_posix()}" for path in files}

    missing = wanted - names_in_the_wheel

    assert missing == set()


def test_the_wheel_carries_the_files_of_a_new_questionnaire(names_in_the_wheel):
    files = (path for path in STARTER.rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files}

    missing = wanted - names_in_the_wheel

    assert len(wanted) >= 5
    assert missing == set()


def test_a_build_without_its_assets_is_refused_and_says_what_to_do(hook):
    build_data = {"force_include": {}}

    with pytest.raises(hatch_build.BuildIncompleteError, match="Run `make assets`"):
        hook.initialize("standard", build_data)


def test_an_editable_install_does_not_wait_for_the_assets(hook):
    build_data = {"force_include": {}}

    hook.initialize("editable", build_data)

    assert build_data == {"force_include": {}}

"""Is everything that the project installs held to known bytes, from anywhere?"""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("dev", "fuzz", "node", "run", "tools")


def pinned(name):
    """Return the block of text of each release that a lock pins, by package."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {block.partition("==")[0]: block for block in blocks}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_python_release_has_hashes(name):
    releases = pinned(name)

    unhashed = [
        name for name, block in releases.items() if "--hash=sha256:" not in block
    ]

    assert releases
    assert unhashed == []


def test_tests_run_on_the_releases_that_the_service_runs_on():
    run, dev = pinned("run"), pinned("dev")

    different = [
        name
        for name, block in run.items()
        if block.splitlines()[0] != dev[name].splitlines()[0]
    ]

    assert different == []


def test_front_end_packages_are_held_to_hashes_and_to_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert all(entry["integrity"] for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())

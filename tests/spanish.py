"""Where do tests find a Spanish that patients are offered? In a copy, signed off.

The Spanish that is shipped is whole, but no clinician has signed it off yet.
"""

import shutil

from screening.resources import questionnaires_folder
from tests.cli.running import run

REVIEWER = "Dr Vera Ruiz, psychiatrist"


def signed_off(folder):
    """Copy the shipped questionnaires into `folder`, their Spanish signed off."""
    shutil.copytree(questionnaires_folder(), folder)
    done = run("translate", folder / "ocd-ketamine", "es", "--reviewed-by", REVIEWER)
    assert "can be offered" in done.stdout, done.stderr
    return folder

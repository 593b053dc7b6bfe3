"""`make reload`: a minute of files that change under eight patients."""

import sys
import tempfile
from pathlib import Path

from screening.store.keys import create_key_file, load_keys
from screening.web.config import Config
from screening.web.service import open_service
from tests.cli.running import run
from tests.web.reload.storm import MOST_GROWTH, storm


def main(seconds=60):
    """Print the ledger; the exit status tells whether it is clean."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run("new", "first-visit", "--folder", home / "library")
        create_key_file(home / "keys")
        app = open_service(
            Config(
                database=f"sqlite:///{home}/clinic.sqlite3",
                key_ring=load_keys(path=home / "keys"),
                questionnaire="first-visit",
                questionnaires=home / "library",
                locale="US",
                clinic_name="A clinic",
                contact_route="phone",
                clinic_days="five working days",
            )
        )
        outcome = storm(app, home / "library/first-visit", float(seconds))
    print(outcome)
    for error in outcome.errors:
        print(error)
    counts = (outcome.lost, outcome.duplicated, outcome.mixed, len(outcome.errors))
    return int(any(counts) or outcome.growth >= MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

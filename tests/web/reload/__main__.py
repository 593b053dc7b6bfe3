"""`make reload`: a minute of files that change under eight patients."""

import sys
import tempfile
from pathlib import Path

from tests.web.reload.site import running
from tests.web.reload.storm import storm


def main(seconds=60):
    """Print the ledger; the exit status tells whether it is clean."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site:
        outcome = storm(site, float(seconds))
    print(outcome)
    for error in outcome.errors:
        print(error)
    return 0 if outcome.is_clean else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

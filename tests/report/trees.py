"""`make goldens`: the trees of tags of three PDFs, as a screen reader walks them.

They stand in tests/golden, where a change of structure shows as a diff to be read.
"""

import subprocess
import tempfile
from pathlib import Path

from screening.report.pdf import render
from tests.report.patients import full, nearly_empty, worked

GOLDEN = Path(__file__).parent.parent / "golden"
SUMMARIES = {"R1": lambda: worked("R1"), "full": full, "nearly-empty": nearly_empty}


def tree_of(name):
    """Return the tree of a PDF's tags, as poppler prints it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(render(SUMMARIES[name]()))
        file.flush()
        command = ["pdfinfo", "-struct", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def golden(name):
    """Return where the tree of a PDF is kept."""
    return GOLDEN / f"tags-{name}.txt"


def main():
    """Write the trees anew."""
    for name in SUMMARIES:
        golden(name).write_text(tree_of(name), "utf-8")


if __name__ == "__main__":
    main()

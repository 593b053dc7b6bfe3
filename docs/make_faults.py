"""Makes docs/faults.md: what patients see when something goes wrong, and what is kept.

`make screenshots` calls it. The rows stand with the tests that prove them; the tests
leave a picture each of the page that the patient sees. A test holds the page to this.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser import test_faults
from tests.browser.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = Path(__file__).parent / "pictures" / "faults"
PAGE = Path(__file__).parent / "faults.md"
QUALITY = 60
WIDTH = 250
"""Pixels that a picture is wide on the page."""

HEAD = """\
# When something goes wrong

Each row is a test in `tests/browser/test_faults.py`, which lets it go wrong in a real
browser and proves from the store, or from what stands in the form, that no answer is
lost. A site that dies is the real program, killed with SIGKILL in the middle of a post
and started again on the same database.

What is typed on a page is kept with the form two seconds later, as no answer, where
there is script. Without it, what was never sent is not kept when that page is left:
browsers are asked to remember nothing, for the sake of shared devices.

| What goes wrong | What the patient sees | What is kept | Proved by |
|---|---|---|---|
"""


def main() -> None:
    """Run the tests for their pictures, and write pictures and page anew."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", test_faults.__file__],
            env={**os.environ, "FAULT_PICTURES": folder},
            check=True,
        )
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for taken in sorted(Path(folder).glob("*.png")):
            picture = Image.open(taken).convert("RGB")
            high = picture.height * WIDTH // picture.width
            small = picture.resize((WIDTH, high), Image.Resampling.LANCZOS)
            small.save(PICTURES / f"{taken.stem}.webp", quality=QUALITY, method=6)
    PAGE.write_text(page_of_faults(), "utf-8")


def page_of_faults() -> str:
    """Return faults.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from HEAD.splitlines()
    for row in FAULTS:
        picture = f"![{row.sees}](pictures/faults/{row.picture}.webp)"
        yield f"| {row.what} | {row.sees} {picture} | {row.kept} | `{row.test}` |"


if __name__ == "__main__":
    main()

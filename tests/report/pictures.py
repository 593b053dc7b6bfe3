"""`make goldens`: pictures of every page of three PDFs, small and in grey.

They stand in tests/golden/pages, where a change of layout shows as a picture. Two are
the same where no more than a little of them differs once both are blurred: another
release of poppler smooths letters in another way, and moves none of them.
"""

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from screening.report.pdf import render
from tests.report.patients import full, in_spanish, worked

FOLDER = Path(__file__).parent.parent / "golden/pages"
SUMMARIES = {"full": full, "R2": lambda: worked("R2"), "L1-es": in_spanish}
DOTS_PER_INCH = 48
GREYS = 16
BLUR = 1.2
"""Pixels to each side over which a picture is smoothed before it is compared."""
LEAST = 40
"""Of 255: by how much a pixel has to differ to be counted."""
MOST = 0.0002
"""The share of a page that may differ."""


def pages_of(name):
    """Return a picture of each page, in grey."""
    return pictures(render(SUMMARIES[name]()))


def pictures(pdf):
    """Return a picture of each page of a PDF, in grey."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", "-"]
        subprocess.run([*command, f"{folder}/page"], input=pdf, check=True)
        files = sorted(Path(folder).iterdir())
        return [Image.open(BytesIO(file.read_bytes())).convert("L") for file in files]


def golden(name, number):
    """Return where the picture of a page is kept; pages are counted from 1."""
    return FOLDER / f"{name}-{number:02}.png"


def difference(one, other):
    """Return the share of a page that differs, and the box it lies in, or None."""
    if one.size != other.size:
        return 1.0, (0, 0, *one.size)
    blur = ImageFilter.GaussianBlur(BLUR)
    apart = ImageChops.difference(one.filter(blur), other.filter(blur))
    seen = apart.point(lambda value: 255 if value >= LEAST else 0)
    count = seen.histogram()[255]
    return count / (one.width * one.height), seen.getbbox()


def main():
    """Write the pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in SUMMARIES:
        for number, page in enumerate(pages_of(name), 1):
            page.quantize(GREYS).save(golden(name, number), optimize=True)


if __name__ == "__main__":
    main()

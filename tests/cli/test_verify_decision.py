"""Is a decision that is not as it was signed seen from the command line?"""

import sqlite3

import pikepdf
import pytest

from screening.cli.demo import make_demo
from screening.cli.instance import KEYS
from screening.library import shelf_for
from screening.report.decision import DECISION_FILE
from screening.report.pdf import render
from screening.store.audit import Actor
from screening.store.decision_drafts import Author
from screening.store.decisions import Signing
from screening.store.opening import open_store
from screening.web.clinician.decision_words import with_decision
from screening.web.clinician.reading import read_again
from screening.web.questionnaires import Questionnaires
from screening.web.sources import FolderSource
from tests.cli.running import json_lines, run
from tests.report.decisions import content

ACTOR = Actor.service("tests")
ANN = Author(id="a" * 22, username="ann", name="Dr Ann Bell", role="clinician")


class Clinic:
    """A demonstration in which one submission was decided about."""

    def __init__(self, folder):
        self.config = make_demo(folder)
        self.file = folder / "summary.pdf"
        self.settings = {
            "SCREENING_DATABASE": self.config.database,
            "SCREENING_KEY_FILE": str(folder / KEYS),
        }
        self.store = open_store(self.config.database, self.config.key_ring)
        self.reference = self.store.queue.page().entries[0].reference
        self.sign()
        self.print()

    @property
    def summary(self):
        submission = self.store.submissions.read(self.reference, actor=ACTOR)
        source = FolderSource(
            shelf_for(self.config.questionnaire, self.config.questionnaires)
        )
        questionnaires = Questionnaires(source, self.store.versions)
        return read_again(questionnaires, submission, "UTC").summary

    def sign(self):
        drafts = self.store.decision_drafts
        before = self.store.decisions.read(self.reference, actor=ACTOR)
        drafts.begin(self.reference, ANN, {}, amends=before.newest, actor=ACTOR)
        signing = Signing(
            decision="ask",
            content=content(),
            record_sha256=self.summary.record_hash,
            meaning="I reviewed this submission.",
            signer=ANN,
            confirmed_by=("password",),
            zone="UTC",
        )
        self.store.decisions.sign(
            self.reference, signing, expected_revision=1, actor=ACTOR
        )

    def print(self):
        history = self.store.decisions.read(self.reference, actor=ACTOR)
        self.file.write_bytes(render(with_decision(self.summary, history)))

    def tamper(self, statement):
        path = self.config.database.removeprefix("sqlite:///")
        with sqlite3.connect(path) as database:
            for deed in ("update", "delete"):
                database.execute(f"DROP TRIGGER decisions_refuses_{deed}")
            assert database.execute(statement).rowcount > 0
        database.close()

    def verify(self, *words):
        return run("verify", self.file, *words, settings=self.settings)


@pytest.fixture
def clinic(tmp_path):
    made = Clinic(tmp_path / "demo")
    yield made
    made.store.close()


def test_a_decision_that_the_clinic_holds_too_is_told(clinic):
    result = clinic.verify()

    assert result.exit_code == 0, result.output
    assert "is in the PDF, which the clinic holds too." in result.stdout
    assert "was printed before" not in result.stdout


def test_a_pdf_that_was_printed_before_an_amendment_is_told(clinic):
    clinic.sign()

    result = clinic.verify()

    assert result.exit_code == 0, result.output
    assert "The PDF was printed before version 2 was signed." in result.stdout


def test_another_decision_inside_is_told(clinic):
    with pikepdf.open(clinic.file, allow_overwriting_input=True) as opened:
        opened.attachments[DECISION_FILE] = pikepdf.AttachedFileSpec(
            opened, b"{}", filename=DECISION_FILE
        )
        opened.save(clinic.file)

    result = clinic.verify()

    assert result.exit_code == 1
    assert "do not name the decision that is inside" in result.stdout
    assert "none that was signed at the clinic" in result.stdout
    [told] = json_lines(clinic.verify("--json"))
    assert len(told["decision_faults"]) == 2


def test_what_was_changed_in_the_database_is_told_by_both_commands(clinic):
    clinic.tamper("UPDATE decisions SET decision = 'invite'")

    of_pdf = clinic.verify()
    of_all = run("audit", "verify", settings=clinic.settings)

    assert (of_pdf.exit_code, of_all.exit_code) == (1, 1)
    assert "Version 1 of the clinic's decision is not as it was" in of_pdf.stdout
    assert f"{clinic.reference}: version 1 of the decision is not" in of_all.stdout
    assert "The audit trail is whole" in of_all.stdout


COPY = """
    INSERT INTO decisions (id, submission_id, number, decision, signed_at, sha256,
        previous_sha256, key_id, wrapped_key, ciphertext)
    SELECT 'copied-by-somebody-xxx', (SELECT id FROM submissions WHERE id NOT IN
        (SELECT submission_id FROM decisions) ORDER BY id LIMIT 1), number, decision,
        signed_at, sha256, previous_sha256, key_id, wrapped_key, ciphertext
    FROM decisions
"""


def test_sec_50_a_signature_copied_to_another_record_is_found_by_both_commands(clinic):
    clinic.tamper(COPY)
    [(other, _)] = clinic.store.decisions.check_all()[1]
    clinic.reference = other
    clinic.print()

    of_pdf = clinic.verify()
    of_all = run("audit", "verify", settings=clinic.settings)

    assert (of_pdf.exit_code, of_all.exit_code) == (1, 1)
    assert "The signature no longer matches." in of_pdf.stdout
    [told] = [line for line in of_all.stdout.splitlines() if "no longer" in line]
    assert told.startswith(f"{other}: version 1 of the decision is not as it was")


def test_decisions_that_hold_are_counted(clinic):
    result = run("audit", "verify", settings=clinic.settings)

    assert result.exit_code == 0, result.output
    assert "Every signed decision is as it was signed: 1." in result.stdout
    [told] = json_lines(run("audit", "verify", "--json", settings=clinic.settings))
    assert (told["decisions"], told["decisions_broken"]) == (1, [])

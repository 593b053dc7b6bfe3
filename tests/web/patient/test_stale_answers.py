"""Do answers that branching hides count anywhere? The first is changed after the rest.

Somebody says that they drink, and how much; that something terrible happened, and what
it left. Then both first answers become no. Of the rest nothing may be shown, scored,
printed, sent or given out, wherever the answers are read; only the draft keeps them, so
that they are back if the first answer comes back.
"""

import dataclasses
import json
import subprocess
from datetime import date

import pytest

from screening.core.answers import read_answers
from screening.core.counting import evaluate_asked
from screening.core.judge import evaluate
from screening.report.inside import inside
from screening.report.pdf import render
from screening.report.summary import summarise
from screening.web.recorded import recorded
from tests.cli.running import json_lines, run
from tests.web.patient.cases import worked_answers
from tests.web.patient.test_carrying_on import carry_on, code_on
from tests.web.patient.test_journeys import reference_on, send
from tests.web.patient.test_own_copy import text_of
from tests.web.patient.test_question_pages import stored
from tests.web.patient.visitor import Patient, Visitor

TODAY = date(2026, 11, 23)
DRINKS = {"q1": "4", "q2": "4", "q3": "4"}
EVENT = {"exposure": "yes", **{f"q{number}": "yes" for number in range(1, 6)}}
STALE = {"audit_c": {"q2", "q3"}, "pc_ptsd5": {"q1", "q2", "q3", "q4", "q5"}}
PAGES = ("/q/alcohol-2", "/q/stressful-events-2")
HIDDEN_WORDS = ("10 or more", "Daily or almost daily")
"""What stands beside the answers that are hidden, and nowhere else."""

FINDINGS = {"review-auditc-high", "precaution-ptsd"}
"""What would be found if they counted."""


@pytest.fixture(scope="module")
def answers(questionnaire):
    plain = worked_answers("L1", questionnaire) | {"consent": "yes"}
    return plain | {"audit_c": DRINKS, "pc_ptsd5": EVENT}


def change(visitor, page, **answer):
    visitor.open(f"{page}?then=check")
    visitor.path = page
    visitor.answer(**answer)


@pytest.fixture
def changed(visitor, questionnaire, answers):
    """Somebody whose two first answers became no, after all was answered."""
    Patient(visitor.begin(), answers).answer_until("/check")
    for word in HIDDEN_WORDS:
        assert word in visitor.text
    change(visitor, "/q/alcohol", **{"audit_c.q1": "0"})
    change(visitor, "/q/stressful-events", **{"pc_ptsd5.exposure": "no"})
    return visitor


def shows_hidden(text):
    return [word for word in HIDDEN_WORDS if word in text]


def typed(questionnaire, answers):
    return read_answers(questionnaire, answers, TODAY)


def test_they_would_count_if_they_were_not_hidden(questionnaire, answers):
    evaluation = evaluate(questionnaire, typed(questionnaire, answers))

    assert evaluation.derived["auditc_total"] == 12
    assert {one.id for one in evaluation.findings} >= FINDINGS


def test_on_entry_their_pages_are_closed(changed):
    assert changed.open("/check").path == "/check"
    for page in PAGES:
        assert changed.open(page).path == "/check"


def test_the_list_of_answers_does_not_show_them(changed):
    assert shows_hidden(changed.open("/check").text) == []


def test_read_again_by_another_worker_they_do_not_show(changed, open_clinic):
    changed.client.application = open_clinic()

    assert changed.open("/check").path == "/check"
    assert shows_hidden(changed.text) == []


def test_carried_on_elsewhere_they_do_not_show(changed, app):
    changed.open("/stop")
    changed.press(changed.form("/code"))
    other = Visitor(app)

    carry_on(other, code_on(changed))

    assert other.path == "/check"
    assert shows_hidden(other.text) == []
    for page in PAGES:
        assert other.open(page).path == "/check"


def test_what_the_draft_keeps_is_judged_as_if_it_were_not_there(
    changed, store, database, questionnaire
):
    kept = stored(store, database).answers
    without = {
        key: {k: v for k, v in value.items() if k not in STALE.get(key, ())}
        if isinstance(value, dict)
        else value
        for key, value in kept.items()
    }
    assert kept["audit_c"] == {"q1": 0, "q2": 4, "q3": 4}

    with_them = evaluate_asked(questionnaire, typed(questionnaire, kept))
    alone = evaluate(questionnaire, typed(questionnaire, without))

    assert with_them.derived["auditc_total"] == 0
    assert with_them.findings == alone.findings
    assert not {one.id for one in with_them.findings} & FINDINGS
    assert with_them.derived == alone.derived
    assert with_them.outcome == alone.outcome == "no_barrier_reported"


def test_if_the_first_answer_comes_back_so_do_they(changed):
    change(changed, "/q/alcohol", **{"audit_c.q1": "4"})

    assert changed.path == "/check"
    assert shows_hidden(changed.text) == list(HIDDEN_WORDS)


def test_nothing_of_them_is_sent(changed, submission):
    kept = submission(reference_on(send(changed)))

    for key, items in STALE.items():
        assert not set(kept.record.answers[key]) & items
    assert kept.record.derived["auditc_total"] == 0
    assert kept.record.scores["audit_c"]["total"] == 0
    assert kept.record.findings == kept.record.undetermined == kept.record.missing == []
    assert kept.facts.outcome == "no_barrier_reported"


def test_what_was_sent_is_judged_alike_when_it_is_given_out(
    changed, submission, tmp_path
):
    kept = submission(reference_on(send(changed)))
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(kept.record.answers), "utf-8")

    result = run("evaluate", "ocd-ketamine", file, "--json", "--on", TODAY.isoformat())

    (again,) = json_lines(result)
    assert "is not asked of this patient" not in result.stderr
    assert again["outcome"] == kept.facts.outcome
    assert again["derived"]["auditc_total"] == 0


def test_the_clinicians_summary_and_its_record_do_not_hold_them(
    changed, submission, questionnaire
):
    kept = submission(reference_on(send(changed)))
    evaluation = evaluate(questionnaire, typed(questionnaire, kept.record.answers))
    summary = summarise(questionnaire, evaluation, recorded(kept, "UTC"))

    pdf = render(summary)

    assert shows_hidden(str(dataclasses.asdict(summary))) == []
    assert shows_hidden(_text(pdf)) == []
    attached = json.loads(inside(pdf).record)
    for key, items in STALE.items():
        assert not set(attached["answers"][key]) & items


def test_the_patients_own_copy_does_not_hold_them(changed):
    send(changed)

    assert shows_hidden(text_of(changed.client.get("/receipt/copy").data)) == []


def _text(pdf):
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(
        command, input=pdf, capture_output=True, check=True
    ).stdout.decode()

"""Can who sent answers keep a copy, of nothing but what they wrote, and nobody else?"""

import re
import subprocess

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import reference_on, send
from tests.web.patient.test_sending import at_check
from tests.web.patient.visitor import Visitor

COPY = "/receipt/copy"


def sent(app, questionnaire, case):
    answers = worked_answers(case, questionnaire) | {"consent": "yes"}
    return send(at_check(app, answers))


def text_of(pdf):
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("case", ["L1", "U1", "N1"])
def test_it_holds_what_was_answered_and_nothing_that_was_judged(
    app, questionnaire, case
):
    visitor = sent(app, questionnaire, case)
    reference = reference_on(visitor)

    response = visitor.client.get(COPY)

    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    text = text_of(response.data)
    assert reference in text
    assert "How old are you?" in text
    assert "What happens next" in text
    for criterion in questionnaire.criteria:
        assert criterion.id not in text
    for source in questionnaire.sources:
        assert not re.search(rf"\b{source}\b", text)
    for instrument in questionnaire.instruments.values():
        for table in instrument.bands:
            for band in table.bands:
                assert f"({band.label})" not in text
    for word in (
        "Outcome",
        "Contraindication",
        "Needs review",
        "Total",
        "SHA",
    ):
        assert word not in text


def test_it_says_whom_to_call_and_is_not_kept_in_any_cache(app, questionnaire):
    visitor = sent(app, questionnaire, "U1")

    response = visitor.client.get(COPY)

    text = text_of(response.data)
    assert "If you need help now" in text
    assert "988" in text
    assert "no-store" in response.headers["Cache-Control"]
    name = response.headers["Content-Disposition"]
    assert reference_on(visitor) in name
    assert "ęcka" not in name


def test_who_left_no_number_is_not_promised_a_call(app, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    visitor = at_check(app, answers).open("/contact")
    for _ in range(2):
        visitor.press(visitor.form("/send"))
    assert visitor.path == "/receipt"

    text = text_of(visitor.client.get(COPY).data)

    assert "The clinic cannot call you." in text
    assert "working days" not in text


def test_nobody_else_gets_it(app, questionnaire, answers_not_sent):
    sent(app, questionnaire, "L1")

    stranger = Visitor(app)
    assert stranger.client.get(COPY).status_code == 303
    assert answers_not_sent.client.get(COPY).status_code == 303


@pytest.fixture
def answers_not_sent(app, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    return at_check(app, answers)


def test_after_finishing_it_is_gone_from_this_device(app, questionnaire):
    visitor = sent(app, questionnaire, "L1")
    form = visitor.form("/finish")
    visitor.client.post(form.action, data=form.body())

    assert visitor.client.get(COPY).status_code == 303

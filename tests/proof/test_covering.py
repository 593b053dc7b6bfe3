"""Do the patients that are written show what they are said to, near to a worked one?"""

from datetime import date

from screening.authoring.checked import case_texts
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.judge import evaluate
from screening.core.load import load
from screening.library import shelf_for
from screening.proof.covering import Cover
from tests.core.building import demonstrator, from_text
from tests.proof.test_proving import COUGH, WELL, criterion

TODAY = date(2026, 3, 15)
SHELF = shelf_for("ocd-ketamine")


def test_each_criterion_each_limit_and_each_branch_is_to_be_shown():
    text = WELL.replace("criteria:\n", COUGH.replace("IF", "age >= 30") + "criteria:\n")
    made = from_text(text + criterion("review-cough", "review", 'cough == "yes"'))

    found = Cover(made, TODAY).coverage()

    assert found.shown == ()
    assert set(found.not_shown) >= {
        "exclude-old: met",
        "exclude-old: not met",
        "age: 64",
        "age: 65",
        "age: 66",
        "cough: asked",
        "cough: hidden",
    }


def test_the_points_around_each_band_are_to_be_shown():
    found = Cover(demonstrator("scales"), TODAY).coverage()

    assert {name for name in found.not_shown if name.startswith("growth.total: ")}


def test_every_patient_shows_what_is_said_and_all_of_them_show_everything():
    made = from_text(WELL)
    cover = Cover(made, TODAY)
    wanted = cover.coverage().not_shown

    patients = list(cover.patients(wanted))

    assert {name for one in patients for name in one.shows} == set(wanted)
    for one in patients:
        came = evaluate(made, read_answers(made, one.patient.answers, TODAY))
        met = {
            name.removesuffix(": met") for name in one.shows if name.endswith(": met")
        }
        assert met <= {finding.id for finding in came.findings}


def test_what_nobody_can_show_is_not_asked_for():
    made = from_text(
        WELL + criterion("review-never", "review", "certain(age + age > 240)")
    )

    found = Cover(made, TODAY).coverage()

    assert "review-never: met" not in found.not_shown


def test_the_shipped_cases_show_everything_that_anybody_can_show():
    made = load(SHELF.questionnaire_id, SHELF.read)

    found = Cover(made, TODAY, read_cases(case_texts(SHELF))).coverage()

    assert found.not_shown == ()
    assert len(found.shown) > 200

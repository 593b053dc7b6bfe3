"""Is every page light enough for an old phone on a slow network?"""

import gzip
from pathlib import Path

import screening.web
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor

STATIC = Path(screening.web.__file__).parent / "static"
CARRIED = ("screening.css", "screening.js", "nhsuk-frontend.min.js")
FOR_NAMES = ("names.js", "accessible-autocomplete.min.js")
"""Asked for besides by pages with a list to search in, and by no others."""
MOST_FOR_A_PAGE = 15_000
MOST_FOR_STYLE_AND_SCRIPT = 45_000


def packed(content):
    return len(gzip.compress(content, 9, mtime=0))


class Weighing(Visitor):
    """Remembers how heavy each page was that it was shown."""

    def __init__(self, app):
        super().__init__(app)
        self.weights = {}
        self.with_names = set()

    def _arrived(self):
        super()._arrived()
        self.weights[self.path] = packed(self.response.data)
        if "names.js" in self.text:
            self.with_names.add(self.path.rpartition("/")[0])
        return self


def test_no_page_is_heavier_than_15_kilobytes(app, questionnaire):
    visitor = Weighing(app).begin()

    answers = worked_answers("U1", questionnaire) | {
        "consent": "yes",
        "medicines": [{"medicine": "Sertraline", "dose": "50 mg"}],
        "augmentation_trials": [
            {"drug": "Aripiprazole", "weeks": "8", "outcome": "no_change"}
        ],
    }
    Patient(visitor, answers).answer_until("/check")

    assert len(visitor.weights) > 25
    assert {p: w for p, w in visitor.weights.items() if w > MOST_FOR_A_PAGE} == {}
    assert visitor.with_names == {
        "/q/medicines-for-ocd/entry",
        "/q/added-medicines/entry",
        "/q/medicines/entry",
    }


def test_style_and_script_are_not_heavier_than_45_kilobytes():
    carried = (*CARRIED, *FOR_NAMES)
    weights = {name: packed((STATIC / name).read_bytes()) for name in carried}

    assert sum(weights.values()) <= MOST_FOR_STYLE_AND_SCRIPT, weights

"""Does a patient read about how long it will take, from how long it took others?"""

import re
from itertools import pairwise

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import send
from tests.web.patient.test_sending import at_check
from tests.web.patient.visitor import Patient, Visitor

LEFT = re.compile(r"about (a|\d+) minutes? left")


class Slow(Visitor):
    """Takes as long on each page as it is told, and reads what is left."""

    def __init__(self, app, clock, seconds):
        super().__init__(app)
        self.clock, self.seconds, self.read = clock, seconds, []

    def _arrived(self):
        super()._arrived()
        found = LEFT.search(self.text)
        if found and (not self.read or self.read[-1][0] != self.path):
            told = 1 if found[1] == "a" else int(found[1])
            self.read.append((self.path, told))
        self.clock.move(seconds=self.seconds)
        return self


def walked(app, clock, questionnaire, seconds):
    visitor = Slow(app, clock, seconds).begin()
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    Patient(visitor, answers).answer_until("/check")
    return visitor


def test_it_is_told_from_the_first_page_and_falls(app, clock, questionnaire):
    minutes = [n for _, n in walked(app, clock, questionnaire, 10).read]

    assert 10 <= minutes[0] <= 30
    assert minutes[-1] <= 2
    rises = sum(later > sooner for sooner, later in pairwise(minutes))
    assert rises <= 3


def test_it_is_never_long_the_same_near_the_end(app, clock, questionnaire):
    minutes = [n for _, n in walked(app, clock, questionnaire, 10).read]

    last = minutes[-8:]
    assert len(set(last)) >= 3


def test_it_follows_what_others_took(app, clock, store, questionnaire):
    sha256 = questionnaire.sha256
    first = walked(app, clock, questionnaire, 10).read[0][1]
    pages = {page.id: 120 for page in questionnaire.pages}
    for _ in range(20):
        store.paces.add(sha256, pages)
    clock.move(minutes=11)

    assert walked(app, clock, questionnaire, 10).read[0][1] > 2 * first


def test_a_few_others_are_not_enough(app, clock, store, questionnaire):
    first = walked(app, clock, questionnaire, 10).read[0][1]
    for _ in range(19):
        store.paces.add(questionnaire.sha256, {p.id: 599 for p in questionnaire.pages})
    clock.move(minutes=11)

    assert walked(app, clock, questionnaire, 10).read[0][1] == first


def test_what_was_sent_is_added_up(app, clock, store, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    send(at_check(app, answers))

    assert store.paces.of(questionnaire.sha256) == {}

    visitor = walked(app, clock, questionnaire, 10)
    send(visitor)

    paces = store.paces.of(questionnaire.sha256)
    assert len(paces) > 20
    assert all(pace.patients == 1 and pace.seconds >= 10 for pace in paces.values())


@pytest.mark.parametrize("seconds", [601, 100_000])
def test_time_that_somebody_was_away_does_not_count(
    app, clock, store, questionnaire, seconds
):
    send(walked(app, clock, questionnaire, seconds))

    assert store.paces.of(questionnaire.sha256) == {}


def test_a_page_that_is_only_changed_tells_nothing(app, clock, questionnaire):
    visitor = walked(app, clock, questionnaire, 10)

    visitor.open("/q/about-you")

    assert not LEFT.search(visitor.text)

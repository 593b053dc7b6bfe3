"""Is it told what changed since the last time: all of it, once, and judged nowhere?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.report.since import since_of
from screening.report.trend import trends_of
from tests.report.patients import SENT, WORKED, answers_of, record_of, summary_of

MEDICINES = [
    {"medicine": "Fluoxetine", "dose": "20 mg"},
    {"medicine": "Lithium", "dose": "400 mg"},
]
MISSING = None


def summary(case="L1", **changes):
    kept = {
        key: value
        for key, value in (answers_of(case) | changes).items()
        if value is not MISSING
    }
    return summary_of(record_of(kept))


def told(before, now):
    return [(one.label, one.before, one.now) for one in since_of(before, now).answers]


@pytest.mark.parametrize("case", WORKED)
def test_a_record_says_the_same_as_itself(case):
    assert since_of(summary(case), summary(case)).is_unchanged


def test_an_answer_that_changed_is_told_with_both_texts():
    before, now = summary(age=41), summary(age=42)

    assert told(before, now) == [("Age", "41 years", "42 years")]
    assert not since_of(before, now).is_unchanged


def test_not_knowing_any_more_is_a_change():
    found = told(summary(), summary(bipolar=MISSING))

    assert found == [("Bipolar disorder or manic episode", "Never", "Left out")]


@given(first=st.sampled_from(WORKED), second=st.sampled_from(WORKED))
def test_the_other_way_round_it_is_the_same_mirrored(first, second):
    one, other = summary(first), summary(second)

    forth, back = since_of(one, other), since_of(other, one)

    assert sorted((a.label, a.before, a.now) for a in forth.answers) == sorted(
        (a.label, a.now, a.before) for a in back.answers
    )
    assert {f.id for f in forth.new} == {g.finding.id for g in back.gone}
    assert [(s.before, s.now) for s in forth.scores] == [
        (s.now, s.before) for s in back.scores
    ]


@given(first=st.sampled_from(WORKED), second=st.sampled_from(WORKED))
def test_every_answer_that_differs_is_told_exactly_once(first, second):
    one, other = summary(first), summary(second)

    labels = [change.label for change in since_of(one, other).answers]

    then = {line.key: line for page in one.pages for line in page.lines}
    for page in other.pages:
        for line in page.lines:
            if not line.entry:
                differs = then[line.key].text != line.text
                assert labels.count(line.label) >= differs
                if not differs and page.lines[0].key != line.key:
                    assert line.label not in labels


def test_findings_that_are_new_and_gone_are_told_apart():
    since = since_of(summary("L1"), summary("N1"))
    back = since_of(summary("N1"), summary("L1"))

    assert since.new
    assert {one.id for one in since.new} == {one.finding.id for one in back.gone}
    assert since.outcome == ("No barrier reported", summary("N1").outcome.label)


def test_a_finding_that_can_not_be_told_any_more_is_not_called_gone():
    before = summary(bipolar="within_3_years")
    now = summary(bipolar=MISSING)
    gone = {one.finding.id: one.is_open for one in since_of(before, now).gone}

    assert gone
    assert all(gone.values())


def test_a_treatment_that_came_went_or_changed_is_told_by_its_name():
    before = summary(medicines=MEDICINES)
    now = summary(
        medicines=[
            {"medicine": "Fluoxetine", "dose": "40 mg"},
            {"medicine": "Diazepam", "dose": "5 mg"},
        ]
    )

    found = told(before, now)

    assert ("Fluoxetine: Dose as written by the patient", "20 mg", "40 mg") in found
    listed = [one for one in found if "Not listed" in one[1:]]
    assert [(a.partition(";")[0], b.partition(";")[0]) for _, a, b in listed] == [
        ("Not listed", "Diazepam"),
        ("Lithium", "Not listed"),
    ]


def test_the_order_of_a_list_is_no_change():
    before, now = summary(medicines=MEDICINES), summary(medicines=MEDICINES[::-1])

    assert told(before, now) == []


def test_the_same_medicine_twice_is_two_entries():
    twice = [MEDICINES[0], MEDICINES[0] | {"dose": "10 mg"}]

    found = told(summary(medicines=twice[:1]), summary(medicines=twice))

    assert [one[1:] for one in found][-1] == (
        "Not listed",
        "Fluoxetine; Dose as written by the patient: 10 mg",
    )


def test_points_are_only_counted_between_certain_totals():
    before, now = summary("L1"), summary("U1")

    scores = {one.title: one for one in since_of(before, now).scores}

    assert any(one.difference for one in scores.values())
    for one in scores.values():
        assert (one.difference is None) == ("complete" in one.now + one.before)


# -- over time


def later(case, days):
    record = record_of(answers_of(case))
    return summary_of(replace(record, submitted_at=SENT + timedelta(days=days)))


def test_a_score_is_a_point_for_each_time():
    trends = {
        one.key: one
        for one in trends_of([later("L1", 0), later("L1", 30), later("U1", 90)])
    }

    phq = trends["phq9"]
    assert [(point.at - SENT).days for point in phq.points] == [0, 30, 90]
    assert phq.points[0].low == phq.points[1].low < phq.points[2].low
    assert (phq.low, phq.high, phq.left_out) == (0, 27, 0)


def test_once_is_no_trend():
    assert trends_of([later("L1", 0)]) == ()
    assert trends_of([]) == ()


def test_what_is_left_open_is_a_range_and_not_a_point():
    items = [2, 2, 2, 1, 1, None, 1, 1, 0]
    record = record_of(answers_of("L1") | {"phq9": items})

    trends = {one.key: one for one in trends_of([later("L1", -30), summary_of(record)])}

    last = trends["phq9"].points[-1]
    assert (last.low, last.high, last.is_certain) == (10, 13, False)


def test_a_score_on_another_scale_is_left_out_and_counted():
    one, other = later("L1", 0), later("L1", 30)
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, high=99)
                if getattr(block, "key", "") == "phq9"
                else block
                for block in section.blocks
            ),
        )
        for section in one.sections
    )

    keys = {
        trend.key: trend.left_out
        for trend in trends_of([replace(one, sections=sections), one, other])
    }

    assert keys["phq9"] == 1
    assert {left for key, left in keys.items() if key != "phq9"} == {0}


def test_a_scale_that_only_one_form_had_is_told():
    before, now = summary("L1"), summary("L1")
    without = replace(before, sections=())

    there = {one.title: (one.before, one.now) for one in since_of(without, now).scores}
    gone = {one.title: (one.now, one.before) for one in since_of(now, without).scores}

    assert there == gone
    absent, result = there["PHQ-9: Patient Health Questionnaire"]
    assert absent == "This scale was not on the form"
    assert result.startswith("Total 7")

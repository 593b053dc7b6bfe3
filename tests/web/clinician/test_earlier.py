"""Does a clinician see what a person sent before, and what is different since?"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import pairwise

from sqlalchemy import select

from screening.report.trend import Trend, TrendPoint
from screening.store.persons import Verdict
from screening.store.tables import PersonMarkRow
from screening.web.clinician.earlier import MOST
from screening.web.clinician.trend_line import HEIGHT, WIDTH, trend_line
from tests.web.clinician.conftest import ADA

START = datetime(2026, 1, 1, tzinfo=UTC)


def send(clinic, case="L1", contact=ADA, **options):
    clinic.clock.step(days=10)
    return clinic.submit(case, contact=contact, **options)


def say_same(clinic, *references):
    for one, other in pairwise(references):
        clinic.store.persons.judge(
            one, other, Verdict.SAME, expected_revision=0, actor=clinic.actor
        )


def opened(clinic, reference):
    return clinic.quick("clinician").get(f"/clinic/submissions/{reference}")


def since(answer):
    part = answer.text.partition('<h2 id="since">')[2].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def test_a_record_without_an_earlier_one_has_no_such_section(clinic):
    assert 'id="since"' not in opened(clinic, send(clinic)).text


def test_what_changed_is_told_with_both_answers(clinic):
    first = send(clinic)
    second = send(clinic, changes={"age": 43})
    say_same(clinic, first, second)

    said = since(opened(clinic, second))

    assert f"Compared with {first}" in said
    assert "1 answer changed" in said
    assert re.search(r"Age Before \d+ years Now 43 years", said)


def test_nothing_changed_is_said(clinic):
    first, second = send(clinic), send(clinic)
    say_same(clinic, first, second)

    assert "Nothing is different" in since(opened(clinic, second))


def test_new_and_gone_findings_and_scores_are_told(clinic):
    first, second, third = send(clinic), send(clinic, "U1"), send(clinic)
    say_same(clinic, first, second, third)

    worse, calmer = (since(opened(clinic, one)) for one in (second, third))

    assert "New findings Urgent:" in worse
    assert "Outcome Before No barrier reported Now Urgent" in worse
    assert "Findings of last time that are not there now Urgent:" in calmer
    assert re.search(r"PHQ-9[^:]*: [^:]*: \d+ more Before", worse)
    assert re.search(r"PHQ-9[^:]*: [^:]*: \d+ fewer Before", calmer)


def test_scores_are_drawn_over_time_with_the_table_beside(clinic):
    sent = [send(clinic), send(clinic), send(clinic, "U1")]
    say_same(clinic, *sent)

    answer = opened(clinic, sent[-1])

    assert 'class="clinic-trend"' in answer.text
    assert since(answer).count("PHQ-9: Patient Health Questionnaire over time") == 2
    drawing = answer.text.partition('class="clinic-trend"')[2].partition("</svg>")[0]
    assert drawing.count("<circle") == 3


def test_only_the_newer_of_two_has_an_earlier_one(clinic):
    first, second = send(clinic), send(clinic)
    say_same(clinic, first, second)

    answer = opened(clinic, first)

    assert 'id="since"' not in answer.text
    assert "The same person sent a newer form" in answer.text
    assert second in answer.text


def test_one_that_only_may_be_the_same_is_named_and_not_opened(clinic):
    first, second = send(clinic, "U1"), send(clinic)

    answer = opened(clinic, second)

    assert "May be the same person" in answer.text
    assert 'id="since"' not in answer.text
    assert ("a-clinician", first) not in clinic.audited("submission:view")


def test_of_many_that_may_be_the_same_a_few_are_named_and_the_rest_counted(clinic):
    sent = [send(clinic) for _ in range(MOST + 3)]

    page = opened(clinic, sent[-1]).text

    assert page.count("compare with ") == MOST
    assert "There are 2 more; a number that so many share" in page


def test_those_that_were_told_apart_are_not_named(clinic):
    first, second = send(clinic), send(clinic)
    clinic.store.persons.judge(
        first, second, Verdict.DIFFERENT, expected_revision=0, actor=clinic.actor
    )

    assert first not in opened(clinic, second).text


def test_each_earlier_record_that_is_opened_is_an_audit_row(clinic):
    first, second = send(clinic), send(clinic)
    say_same(clinic, first, second)

    opened(clinic, second)

    looked = [about for _, about in clinic.audited("submission:view")]
    assert looked == [second, first]


def test_no_more_than_a_few_are_opened(clinic):
    sent = [send(clinic) for _ in range(MOST + 3)]
    say_same(clinic, *sent)

    answer = opened(clinic, sent[-1])

    assert len(clinic.audited("submission:view")) == MOST + 1
    assert "The oldest 2 of them are neither compared nor drawn here" in since(answer)


def test_one_that_can_not_be_read_is_said_and_hides_no_other(clinic):
    first, second, third = send(clinic), send(clinic), send(clinic)
    say_same(clinic, first, second, third)
    clinic.damage(second)

    answer = opened(clinic, third)

    assert answer.status_code == 200
    assert f"An earlier record can't be read, and is left out here: {second}" in since(
        answer
    )
    assert f"Compared with {first}" in since(answer)


def test_a_mark_that_was_moved_in_the_database_makes_nobody_the_same(clinic):
    first = send(clinic, contact={}, clinic_reference="MRN 1")
    second = send(clinic, contact={}, clinic_reference="MRN 2")
    with clinic.store.database.transaction() as session:
        one, other = session.scalars(select(PersonMarkRow)).all()
        one.mac = other.mac

    said = since(opened(clinic, second))

    assert f"nothing that is sealed does. It is left out here: {first}" in said
    assert "Compared with" not in said


def test_the_clinics_own_reference_is_proof_enough_over_several_steps(clinic):
    first = send(clinic)
    second = send(clinic, clinic_reference="MRN 1")
    third = send(clinic, contact={}, clinic_reference="mrn 1", changes={"age": 50})
    say_same(clinic, first, second)

    answer = opened(clinic, third)

    assert f"Compared with {second}" in since(answer)
    assert since(answer).count(first) == 1
    assert "nothing that is sealed" not in since(answer)


def test_another_version_of_the_questions_is_said(clinic):
    first = send(clinic)
    clinic.put_a_newer_version_in_use()
    second = send(clinic)
    say_same(clinic, first, second)

    assert "its questions may have been worded otherwise" in since(
        opened(clinic, second)
    )


def test_what_was_written_before_is_shown_as_text(clinic):
    drops = [{"medicine": "<b>drops", "dose": "two"}]
    first = send(clinic, changes={"medicines": drops})
    second = send(clinic, changes={"medicines": []})
    say_same(clinic, first, second)

    answer = opened(clinic, second)

    assert "&lt;b&gt;drops" in answer.text
    assert "<b>drops" not in answer.text


# -- the drawing


def trend(*points):
    return Trend(
        key="x",
        title="X",
        low=0,
        high=10,
        points=tuple(
            TrendPoint(
                reference="K7QM-2XRD",
                at=START + timedelta(days=day),
                low=low,
                high=high,
                result="",
            )
            for day, low, high in points
        ),
        left_out=0,
    )


def test_time_goes_to_the_right_and_is_true():
    line = trend_line(trend((0, 1, 1), (10, 1, 1), (40, 1, 1)))

    first, second, last = (mark.x for mark in line.marks)
    assert round((last - first) / (second - first), 1) == 4.0
    assert (first, last) == (line.left, line.right)


def test_more_points_stand_higher_and_all_stand_inside():
    line = trend_line(trend((0, 0, 0), (1, 10, 10)))

    low, high = line.marks
    assert low.low_y == line.ends[0][1] > high.low_y == line.ends[1][1]
    assert 0 < high.low_y < low.low_y < HEIGHT
    assert line.right < WIDTH


def test_no_line_is_drawn_through_what_is_not_certain():
    line = trend_line(trend((0, 1, 1), (10, 2, 5), (20, 1, 1), (30, 2, 2)))

    assert len(line.marks) == 4
    assert [(one.x1, one.x2) for one in line.lines] == [
        (line.marks[2].x, line.marks[3].x)
    ]


def test_several_at_the_same_moment_stand_in_the_middle():
    line = trend_line(trend((0, 1, 1), (0, 2, 2)))

    assert line.marks[0].x == line.marks[1].x
    assert line.left < line.marks[0].x < line.right


def test_a_range_reaches_from_its_lowest_to_its_highest():
    (mark, _) = trend_line(replace(trend((0, 0, 10), (1, 1, 1)))).marks

    assert mark.low_y - mark.high_y > HEIGHT / 2

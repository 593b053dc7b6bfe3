"""Does the page show how the pre-screening goes, and nobody in it?"""

import re
from datetime import timedelta

import pytest

from screening.store.drafts import DraftContent
from screening.web.clinician.at_a_glance import FEWEST_RECORDS
from tests.web.clinician.conftest import PATIENT

PATH = "/clinic/at-a-glance"


def section(answer, name):
    """Give the words of one part of the page, drawing and table."""
    inside = re.search(
        rf'<section aria-labelledby="{name}">(.*?)</section>', answer.text, re.DOTALL
    )[1]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def table(answer, name):
    """Give the rows of the table of one part of the page."""
    inside = answer.text.split(f'<section aria-labelledby="{name}">')[1]
    rows = re.findall(r"<tr>(.*?)</tr>", inside.split("</section>")[0], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def look(clinic, role="coordinator"):
    return clinic.quick(role).get(PATH)


def send(clinic, case, times, **stored):
    for _ in range(times):
        clinic.submit(case, stored=stored)


def test_a_new_clinic_has_nothing_to_show_and_says_so(clinic):
    answer = look(clinic)

    assert "Too few people have sent version" in section(answer, "time")
    assert "Nobody has sent anything yet." in section(answer, "outcomes")
    assert f"once {FEWEST_RECORDS} people" in section(answer, "findings")


def test_weeks_begin_on_monday_and_end_with_the_one_that_is_not_over(clinic):
    send(clinic, "L1", 6)  # on Sunday, 1 March 2026

    heading, *weeks = table(look(clinic), "came")

    assert heading == ["Week from", "Begun", "Sent"]
    assert len(weeks) == 12
    assert weeks[-1] == ["23 February 2026", "5 to 9", "5 to 9"]
    assert weeks[-2] == ["16 February 2026", "under 5", "under 5"]


def test_outcomes_stand_beside_their_version(clinic):
    send(clinic, "L1", 11)
    send(clinic, "U1", 4)

    version = clinic.questionnaire.version
    assert table(look(clinic), "outcomes")[1:] == [
        [version, "Urgent", "under 5"],
        [version, "Contraindication reported", "under 5"],
        [version, "Needs review", "under 5"],
        [version, "No barrier reported", "10 to 14"],
    ]


@pytest.mark.parametrize("people", [0, 1, 4])
def test_from_nobody_to_four_the_page_is_the_same(clinic, people):
    send(clinic, "L1", 5)
    before = section(look(clinic), "outcomes")

    send(clinic, "U1", people)

    assert section(look(clinic), "outcomes") == before


def test_a_drawing_says_what_its_table_says(clinic):
    send(clinic, "L1", 6)

    words = section(look(clinic), "outcomes")

    assert words.count("5 to 9") == 2
    assert words.count("under 5") == 6


def test_time_is_told_of_pages_on_which_enough_were(clinic):
    first, second = clinic.questionnaire.pages[:2]
    sha = clinic.questionnaire.sha256
    for _ in range(5):
        clinic.store.paces.add(sha, {first.id: 100})
    clinic.store.paces.add(sha, {second.id: 40})

    rows = dict(table(look(clinic), "time")[1:])

    assert rows[first.title] == "1.5 minutes"
    assert rows[second.title] == "not shown, under 5 people"


def test_findings_are_told_from_the_most_frequent_on(clinic):
    one, two, three = (each.id for each in clinic.questionnaire.criteria[:3])
    send(clinic, "L1", 9, findings=[{"id": two}, {"id": one}])
    send(clinic, "L1", 4, findings=[{"id": two}, {"id": three}])
    send(clinic, "L1", 12, findings=[])

    rows = table(look(clinic), "findings")[1:]

    assert [row[2] for row in rows] == ["10 to 14", "5 to 9"]
    words = section(look(clinic), "findings")
    assert "Among the newest 25 people" in words


def test_nineteen_people_are_too_few_for_findings(clinic):
    one = clinic.questionnaire.criteria[0].id
    send(clinic, "L1", FEWEST_RECORDS - 1, findings=[{"id": one}])

    before = section(look(clinic), "findings")
    send(clinic, "L1", 1, findings=[{"id": one}])

    assert "Findings are counted once" in before
    assert "15 or more" in section(look(clinic), "findings")


def test_no_finding_of_enough_people_is_told_too(clinic):
    send(clinic, "L1", FEWEST_RECORDS, findings=[])

    assert "No finding was made in 5 people" in section(look(clinic), "findings")


def test_a_form_is_left_when_its_time_ran_out_before_it_was_sent(clinic):
    send(clinic, "L1", 6)
    for _ in range(5):
        clinic.store.drafts.create(
            clinic.questionnaire.sha256,
            DraftContent(started_at=clinic.clock()),
            actor=PATIENT,
        )
    clinic.clock.step(days=20)
    clinic.store.drafts.purge(older_than=timedelta(days=14), actor=clinic.actor)

    words = section(look(clinic), "left")

    assert "Not sent in time, and deleted 5 to 9" in words
    assert "Deleted by the patient under 5" in words


def test_sec_47_opening_records_for_the_count_is_a_row(clinic):
    look(clinic)

    assert clinic.audited("submission:count") == [("a-coordinator", "")]


def test_nobody_stands_on_the_page(clinic):
    reference = clinic.submit("L1", contact={"name": "Ada Quill"})

    answer = look(clinic)

    assert reference not in answer.text
    assert "Quill" not in answer.text


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_whoever_sees_the_queue_is_led_to_it(clinic, role):
    assert f'href="{PATH}"' in clinic.quick(role).get("/clinic").text


def test_administrators_are_refused(clinic):
    assert look(clinic, "administrator").status_code == 403

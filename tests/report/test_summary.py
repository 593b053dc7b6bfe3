"""Does the summary say what the clinic needs, in words and in order?"""

import re
from dataclasses import replace

import pytest

from screening.core.definition import Kind
from screening.report.chart import chart_of
from screening.report.content import (
    EntriesBlock,
    LimitsBlock,
    ReportedBlock,
    ScaleBlock,
    WorkingBlock,
)
from screening.report.findings import findings_of
from screening.report.record import Invitation
from tests.core.building import SMALLEST, from_text, judged
from tests.report.patients import (
    WORKED,
    answers_of,
    contact,
    expected_of,
    full,
    full_answers,
    nearly_empty,
    questionnaire,
    record_of,
    summary_of,
    worked,
)

EXPECTED = """\
criteria:
  - id: include-old
    kind: inclusion
    when: age >= 65
    clinician: Is young.
    because: A reason.
    sources: [own]
"""


def section(summary, section_id):
    return next(one for one in summary.sections if one.id == section_id)


def blocks(summary, section_id, kind):
    return [b for b in section(summary, section_id).blocks if isinstance(b, kind)]


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_patient_has_the_outcome_and_findings_of_the_case(case):
    expected = expected_of(case)

    summary = worked(case)

    assert summary.outcome.outcome == expected["outcome"]
    assert sorted(f.id for f in summary.findings) == sorted(expected["findings"] or [])


def test_findings_stand_worst_first():
    summary = worked("U3")

    kinds = [list(Kind).index(finding.kind) for finding in summary.findings]

    assert kinds == sorted(kinds)


def test_a_sentence_holds_the_patients_own_answer():
    summary = worked("R2")

    finding = next(f for f in summary.findings if f.id == "review-bp")

    assert "164/98 mmHg" in finding.sentence
    assert [line.text for line in finding.answers] == ["164 mmHg", "98 mmHg"]


def test_a_sentence_says_the_unit_of_a_measured_answer_once():
    summary = summary_of(record_of(answers_of("L1") | {"weight": "99 lb"}))

    finding = next(f for f in summary.findings if f.id == "review-weight")

    assert "weight 44.9 kg is outside" in finding.sentence
    assert [line.text for line in finding.answers] == ["44.9 kg (given as 99 lb)"]


def test_the_worksheet_asks_first_what_settles_most():
    answers = answers_of("L1") | {"systolic": None, "hypertension": "controlled"}

    [line] = summary_of(record_of(answers)).worksheet

    assert line.label == questionnaire().questions["systolic"].label
    assert line.settles[0] == "systolic"
    assert "exclude-bp" in line.settles
    [one] = line.asks
    assert one.question.endswith("if you know it __________ mmHg")
    assert one.boxes == ()


def test_what_may_be_urgent_is_asked_before_what_settles_more():
    answers = answers_of("L1") | {"phq9": None, "chest_pain_now": None}

    keys = [line.key for line in summary_of(record_of(answers)).worksheet]

    assert keys.index("chest_pain_now") < keys.index("phq9")


def test_a_worksheet_has_boxes_for_each_option_and_none_for_not_knowing():
    answers = answers_of("L1") | {"psychosis_now": "unsure"}

    [line] = summary_of(record_of(answers)).worksheet

    assert [one.boxes for one in line.asks] == [("Yes", "No")]


def test_a_scale_with_many_open_items_is_named_and_not_written_out():
    summary = summary_of(record_of(answers_of("L1") | {"phq9": None}))

    [line] = [one for one in summary.worksheet if one.key == "phq9"]

    assert [one.question for one in line.asks] == [
        "9 questions are open: fill in the scale together."
    ]


def test_a_worksheet_is_short_however_much_is_open():
    assert len(nearly_empty().worksheet) == 6


def test_where_nothing_is_open_there_is_no_worksheet():
    assert worked("L1").worksheet == ()


def test_no_sentence_of_a_finding_says_a_unit_twice():
    told = [finding for case in WORKED for finding in worked(case).findings]

    assert [f.sentence for f in told if re.search(r"\b(\w+) \1\b", f.sentence)] == []


def test_words_in_braces_that_a_patient_wrote_are_left_alone():
    answers = answers_of("L1") | {
        "medicines": [{"medicine": "{age} {systolic}", "dose": "{age}"}]
    }

    summary = summary_of(record_of(answers))

    [block] = blocks(summary, "medicines", EntriesBlock)
    assert "{age} {systolic}" in block.entries[0].title


def test_every_finding_of_the_file_has_its_sources():
    summary = worked("N2")

    sourced = [bool(finding.sources) for finding in summary.findings]

    assert all(sourced)


def test_a_source_says_whether_it_was_read():
    summary = full()

    marks = {source.is_verified: source.basis for source in summary.sources}

    assert marks[True] == "source read"
    assert marks[False] != "source read"


def test_what_is_missing_names_the_rules_it_leaves_open():
    summary = worked("R2")

    [missing] = summary.missing

    assert (missing.key, missing.text) == ("liver", "Not sure")
    assert missing.leaves_open == ("exclude-liver", "review-liver")


def test_an_accepted_unknown_says_why_it_is_accepted():
    summary = worked("R2")

    accepted = {line.key: line for line in summary.accepted}

    assert "Optional" in accepted["ybocs_total"].because


def test_every_rule_stands_in_exactly_one_group():
    summary = full()

    rules = summary.rules
    ids = [*rules.met, *rules.open, *rules.not_met]

    known = {criterion.id for criterion in questionnaire().criteria}
    assert len(ids) == len(set(ids))
    assert set(ids) == known | {"retracted-safety-answer"}


def test_safety_questions_are_given_word_for_word():
    summary = worked("U1")

    safety = section(summary, "safety")
    [asq, *_] = blocks(summary, "safety", ScaleBlock)

    assert safety.word_for_word
    assert (
        asq.items[4].question
        == "Are you having thoughts of killing yourself right now?"
    )
    assert asq.items[4].text == "Yes"


def test_urgent_help_is_said_with_the_time_it_was_shown():
    summary = full()

    line = next(line for line in summary.banner.lines if "urgent-asq-acute" in line)

    assert "help shown 23 November 2026, 14:20 Europe/London" in line


def test_urgent_help_without_a_record_of_it_is_said_so():
    summary = worked("U1")

    assert all(
        "assume that it was not" in line
        for line in summary.banner.lines
        if "urgent-" in line
    )


def test_a_patient_without_urgency_has_no_banner():
    summary = worked("L1")

    assert summary.banner is None


# -- treatments


def trial(summary, place):
    [block, *_] = blocks(summary, "treatments", EntriesBlock)
    [working] = block.entries[place].workings
    return working


def test_an_adequate_trial_shows_each_condition_met():
    summary = worked("L1")

    working = trial(summary, 0)

    assert working.conclusion == "Dose and duration met"
    assert [step.verdict for step in working.steps] == ["met"] * 5
    assert [(s.label, s.given, s.needed) for s in working.steps][1:4] == [
        ("Highest daily dose", "200 mg", "at least 150 mg"),
        ("Weeks in all", "20 weeks", "at least 12 weeks"),
        ("Weeks at the highest dose", "12 weeks", "at least 6 weeks"),
    ]


def test_a_condition_that_fails_and_one_not_known_are_told_apart():
    summary = full()

    working = trial(summary, 2)

    assert working.conclusion == "Dose and duration not met"
    assert [step.verdict for step in working.steps] == [
        "met",
        "not met",
        "not known",
        "not met",
        "not met",
    ]


def test_a_medicine_that_is_not_in_the_list_is_marked():
    summary = full()

    working = trial(summary, 3)

    assert working.steps[0].given == "not in our list: check by hand"


def test_trials_are_counted_in_the_agreed_sentence():
    summary = worked("L1")

    said = section(summary, "treatments").says

    assert said == (
        "By self-report, 2 medicine trials met the configured dose and duration."
    )


def test_a_count_that_is_not_certain_is_a_range():
    answers = answers_of("L1")
    trials = [dict(one) for one in answers["medicine_trials"]]
    trials[1]["max_dose_mg"] = None

    summary = summary_of(record_of(answers | {"medicine_trials": trials}))

    assert (
        "By self-report, 1 to 2 medicine trials" in section(summary, "treatments").says
    )


def test_therapy_is_worked_out_like_a_trial():
    summary = worked("R1")

    erp = blocks(summary, "treatments", WorkingBlock)[0]

    assert [step.verdict for step in erp.steps] == [
        "met",
        "not met",
        "not met",
        "not met",
    ]


def test_where_treatment_stands_is_said_without_the_short_name():
    summary = worked("L1")

    stage = blocks(summary, "treatments", WorkingBlock)[-1]

    assert stage.conclusion.startswith("At least 2 medicine trials met")


def test_scores_are_said_in_a_line_each():
    lines = worked("L1").overview.scores

    assert "ASQ: Ask Suicide-Screening Questions: result: negative" in lines
    assert any(line.endswith("not validated): level: substantial") for line in lines)
    assert any("27 of 0 to 40, Y-BOCS, 0 to 40: moderate by" in line for line in lines)
    assert any(line.endswith("mild, by table kroenke2001") for line in lines)


def test_what_was_tried_is_said_with_what_is_wanting():
    medicines, added = full().overview.tried

    assert medicines.measures[:2] == ("Highest daily dose", "Weeks in all")
    sertraline, _, citalopram, _ = medicines.lines
    assert sertraline.conclusion == "Dose and duration met"
    assert sertraline.wanting == ()
    assert "Highest daily dose: 20 mg (at least 40 mg)" in citalopram.wanting
    assert "Weeks in all: Not sure (at least 12 weeks)" in citalopram.wanting
    assert [line.title for line in added.lines] == ["1. Aripiprazole"]


def test_what_the_treatments_come_to_is_said():
    said = worked("L1").overview.conclusions

    assert any(line.startswith("By self-report, 2 medicine trials") for line in said)
    assert any("At least 2 medicine trials met dose" in line for line in said)


# -- limits


def test_a_number_stands_among_the_limits_that_rules_set_for_it():
    [top, bottom] = blocks(worked("R2"), "heart", LimitsBlock)

    assert top.text == "164 mmHg"
    said = {line.id: (line.in_words, line.holds) for line in top.limits}
    assert said["review-bp"] == ("from 160, below 180 mmHg", True)
    assert said["precaution-bp"] == ("from 140, below 160 mmHg", False)
    assert said["exclude-bp"] == ("from 180 mmHg", False)
    assert {line.id for line in bottom.limits if line.holds} == {"precaution-bp"}
    assert "review-bp, needs review, from 160, below 180 mmHg: holds" in top.in_words


def test_a_number_that_is_not_known_is_not_drawn():
    summary = summary_of(record_of(answers_of("R2") | {"systolic": None}))

    assert len(blocks(summary, "heart", LimitsBlock)) == 1


# -- scores


def test_a_band_stands_beside_its_table_and_citation():
    summary = worked("U1")

    [phq9, _] = blocks(summary, "other-scores", ScaleBlock)

    assert phq9.result == "Total 24 of 0 to 27: severe, by table kroenke2001"
    assert [source.id for source in phq9.table.sources] == ["kroenke2001", "camcops"]


def test_a_score_with_a_missing_item_gives_the_range_and_the_rule():
    summary = full()

    [phq9, _] = blocks(summary, "other-scores", ScaleBlock)

    assert phq9.total is None
    assert phq9.possible == (21, 24)
    assert "severe in any case" in phq9.result
    assert "Missing items" in phq9.missing_policy
    assert phq9.prorated.startswith("24 (information only")


def test_a_reported_total_is_read_by_the_tables_of_its_version():
    summary = full()

    [told] = blocks(summary, "severity", ReportedBlock)

    assert told.result == "31 of 0 to 50"
    assert told.bands == (("pinciotti2025", "moderate"),)
    assert (told.rater, told.date) == (
        "A clinician asked me the questions",
        "September 2026",
    )


def test_a_reported_total_of_unknown_version_is_never_compared():
    answers = full_answers() | {"ybocs_version": "unsure"}

    summary = summary_of(record_of(answers))

    [told] = blocks(summary, "severity", ReportedBlock)
    assert told.bands == ()
    assert "not compared" in told.result


def test_a_reported_total_beyond_its_scale_is_said_and_not_compared():
    answers = full_answers() | {"ybocs_version": "ybocs", "ybocs_total": 45}

    summary = summary_of(record_of(answers))

    [told] = blocks(summary, "severity", ReportedBlock)
    assert (told.result, told.tables) == ("45: outside 0 to 40", ())


# -- medicines


def test_a_medicines_group_says_whether_the_patient_confirmed_it():
    summary = full()

    [block] = blocks(summary, "medicines", EntriesBlock)

    assert [entry.flags for entry in block.entries] == [
        ("Benzodiazepines, taken regularly: confirmed by the patient",),
        ("not in our list: check by hand",),
        ("MAOI medicines: not confirmed",),
    ]
    assert block.notes == (
        "Opioids: confirmed by the patient, though nothing listed here belongs to it",
    )


# -- every answer


def test_every_way_of_not_answering_has_its_own_words():
    answers = answers_of("L1") | {
        "liver": "unsure",
        "opioids": "prefer_not",
        "thyroid": None,
    }

    summary = summary_of(record_of(answers))

    texts = {line.key: line.text for page in summary.pages for line in page.lines}
    assert texts["liver"] == "Not sure"
    assert texts["opioids"] == "Preferred not to say"
    assert texts["thyroid"] == "Left out"
    assert texts["suicide_plan"] == "Not asked"


def test_every_question_of_the_form_stands_among_the_answers():
    summary = nearly_empty()

    keys = {line.key for page in summary.pages for line in page.lines}

    definition = questionnaire()
    assert set(definition.repeats) <= keys
    single = {q.id for q in definition.questions.values() if not q.parts}
    assert single <= keys
    items = {i.key for s in definition.instruments.values() for i in s.items}
    assert items <= keys


def test_every_instrument_carries_its_holders_line():
    summary = worked("L1")

    lines = {line.attribution for line in summary.instruments}

    wanted = {s.licence.attribution for s in questionnaire().instruments.values()}
    assert lines == wanted


# -- who


@pytest.mark.parametrize(
    ("identity", "first", "second"),
    [
        (None, "K7QM-2XRD", "Anonymous: cannot be followed up"),
        (contact("A Patient"), "A Patient", "born 3 February 1985"),
        (
            Invitation(clinic_reference="C-77"),
            "Clinic's reference C-77",
            "form K7QM-2XRD",
        ),
    ],
)
def test_two_identifiers_say_who_it_is(identity, first, second):
    summary = worked("L1", identity=identity)

    assert summary.identifiers == (first, second)


def test_a_finding_says_its_rule_in_plain_words():
    summary = worked("R2")

    finding = next(f for f in summary.findings if f.id == "review-bp")

    assert finding.rule == (
        "Blood pressure, top number is from 160 to below 180 mmHg,"
        " or blood pressure, bottom number is from 100 to below 110 mmHg."
    )


def test_an_expected_condition_says_that_it_does_not_hold():
    sources = "language_version: 1\nsources: {own: {ref: Own, basis: project}}\n"
    files = {"small/sources.yaml": sources}
    questionnaire = from_text(SMALLEST + EXPECTED, files)
    evaluation = judged(questionnaire, age=30)

    [finding] = findings_of(chart_of(questionnaire, evaluation), {})

    assert finding.rule == "Expected, and not so: Age is 65 years or more."


def test_what_came_of_therapy_and_what_it_wants_is_said_in_brief():
    done = worked("L1").overview.conclusions
    wanting = worked("R1").overview.conclusions

    therapy = "Exposure and response prevention: Sessions, exposure and homework"
    assert f"{therapy} met; counted as without clear gain." in done
    assert any(one.startswith(f"{therapy} not met; ") for one in wanting)


# -- how to reach somebody in danger


@pytest.mark.parametrize(
    ("identity", "title", "how"),
    [
        (None, "names nobody to call", "quote K7QM-2XRD: see them at once"),
        (replace(contact(), call_back=""), "names nobody to call", "No number was"),
        (contact(), "speak with the patient now", "Call 01632 960 001. Leave no"),
        (
            replace(contact(), may_leave_message=True),
            "speak with the patient now",
            "Call 01632 960 001. A message may be left.",
        ),
        (
            replace(contact(), may_leave_message=None),
            "speak with the patient now",
            "leave none.",
        ),
        (
            Invitation(clinic_reference="MRN-7"),
            "speak with the patient now",
            "clinic's reference MRN-7",
        ),
    ],
)
def test_what_is_urgent_says_how_the_person_is_reached(identity, title, how):
    banner = worked("U1", identity=identity).banner

    assert title in banner.title
    assert how in banner.also[0]


def test_an_answer_that_was_taken_back_is_told_with_both_times():
    [told] = [line for line in full().banner.lines if "until you have spoken" in line]

    assert told.startswith("Wish or plan to hurt someone: first Yes (23 November 2026,")
    assert "later No (23 November 2026, 14:24 Europe/London)" in told

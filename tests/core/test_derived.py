"""In which order are values worked out, inside a repeat's entries and outside?"""

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from tests.core.building import TODAY, from_text, problems_of

WALKS = """\
    language_version: 1
    questionnaire: small
    version: "1"
    title: Walks
    pages:
      - page: walks
        title: Walks
        repeat: walks
        questions:
          - {id: hours, ask: How long?, type: integer, range: [0, 24]}
      - page: you
        title: You
        questions:
          - {id: age, ask: How old?, type: integer, range: [0, 120]}
    derived:
      long_walks: count(w for w in walks if w.is_long)
      walks:
        is_long: hours >= limit
        is_twice: is_long and hours >= 2 * limit
      limit:
        - {when: age >= 70, is: short}
        - {is: usual}
    criteria:
      - {id: note-long, kind: precaution, when: long_walks >= 1, clinician: Long.,
         because: A long walk., sources: [book]}
"""
NUMBER = WALKS.replace(
    """
        - {when: age >= 70, is: short}
        - {is: usual}
""",
    " 10 - age / 10\n",
)


def judged(questionnaire, **answers):
    """Return the evaluation of these answers."""
    return evaluate(questionnaire, read_answers(questionnaire, answers, TODAY))


def test_an_entrys_value_may_read_what_is_derived_outside_from_a_later_page():
    made = from_text(NUMBER)

    found = judged(made, walks=[{"hours": 4}, {"hours": 1}], age=70)

    assert found.derived["long_walks"] == 1
    assert [finding.id for finding in found.findings] == ["note-long"]


def test_what_an_entrys_value_reads_is_behind_the_rules_that_read_the_entries():
    made = from_text(NUMBER)

    assert set(made.criteria[0].reads) == {"walks", "age"}


def test_entries_stay_undetermined_while_what_they_read_is_unknown():
    made = from_text(NUMBER)

    found = judged(made, walks=[{"hours": 4}], age="unsure")

    assert found.undetermined == ("note-long",)


def test_a_circle_through_an_entry_is_refused():
    circle = NUMBER.replace("10 - age / 10", "long_walks + 1")

    assert problems_of(circle) == ["SC244 16:15"]


def test_an_entrys_own_field_shadows_what_is_derived_outside():
    shadowed = NUMBER.replace("id: hours", "id: limit").replace("hours", "limit")

    made = from_text(shadowed)

    assert judged(made, walks=[{"limit": 4}], age=70).derived["long_walks"] == 1


def test_a_value_that_reads_a_page_that_was_left_out_is_worked_out_after_the_rest():
    left_out = """\
        language_version: 1
        questionnaire: small
        version: "1"
        title: Left out
        pages:
          - page: first
            title: First
            questions:
              - {id: age, ask: How old?, type: integer, range: [0, 120]}
          - page: second
            title: Second
            questions:
              - {id: tall, ask: Tall?, type: yes_no, ask_if: age >= 18}
          - {page: mood, title: Mood, instrument: ybocs, if_licensed: true}
        derived:
          either: tall == "yes" or ybocs.total >= 3
        criteria:
          - {id: note-it, kind: precaution, when: either, clinician: Either.,
             because: One of them., sources: [book]}
    """
    made = from_text(left_out, {"instruments/ybocs.yaml": SCALE})

    found = judged(made, age=3, tall="yes")

    assert found.derived["either"] is False


SCALE = """\
    language_version: 1
    instrument: ybocs
    title: A scale
    text: pack
    options: {0: Never, 1: Sometimes, 2: Often}
    items: [{}, {}]
    scores:
      total: {sum: all, range: [0, 4]}
    licence: {status: permission_required, holder: Nobody}
    sources: [book]
"""


PASSES = """\
    language_version: 1
    questionnaire: small
    version: "1"
    title: Parcels
    pages:
      - page: parcels
        title: Parcels
        repeat: parcels
        questions:
          - {id: grams, ask: How heavy?, type: integer, range: [0, 9000]}
          - {id: colour, ask: Which colour?, type: text}
    derived:
      parcels:
        is_large: grams >= 2000
      size:
        - {when: any(p.is_large for p in parcels), is: large}
        - {is: small}
        - {if_undetermined: not_known}
    criteria:
      - {id: review-large, kind: review, when: size == "large", clinician: Large.,
         because: A large one., sources: [book]}
"""


def test_an_entrys_unknown_answer_that_a_rule_hangs_on_is_missing():
    made = from_text(PASSES)

    unsure = judged(made, parcels=[{"grams": "unsure", "colour": "red"}])
    known = judged(made, parcels=[{"grams": 1, "colour": None}])

    assert unsure.missing == ("parcels",)
    assert unsure.outcome == "needs_review"
    assert known.missing == ()
    assert known.outcome == "no_barrier_reported"


def test_a_rule_that_reads_entries_by_itself_is_no_different():
    rule = "any(p.grams >= 2000 for p in parcels)"
    made = from_text(PASSES.replace('size == "large"', rule))

    unsure = judged(made, parcels=[{"grams": None, "colour": "red"}])

    assert unsure.undetermined == ("review-large",)
    assert unsure.outcome == "needs_review"

"""Can a name be found on a list without script, with nothing lost on the way?"""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.web.patient.cases import worked_answers
from tests.web.patient.test_question_pages import stored
from tests.web.patient.visitor import Patient, Visitor

LIST = "/q/medicines-for-ocd"
ENTRY = f"{LIST}/entry/1"
DRUG = "q-medicine_trials.drug"
DOSE = "q-medicine_trials.max_dose_mg"
FRUIT = Path(__file__).parents[2] / "definitions" / "catalogues" / "fruit.yaml"
PICKS = """
      - {id: fruit, ask: Which fruit?, type: pick, from: fruit}
      - {id: any_fruit, ask: Which other?, type: pick, from: fruit, not_listed: true}
"""


@pytest.fixture
def at_entry(visitor, questionnaire):
    """Stand where the first medicine for OCD is asked about."""
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    visitor = Patient(visitor.begin(), answers).answer_until(LIST).visitor
    return visitor.answer(medicine_trials="yes")


@pytest.fixture
def at_fruit(open_clinic, tmp_path):
    """Stand on a page with two lists, among questions of which one calls for help."""
    library = tmp_path / "library"
    run("new", "fruit-visit", "--title", "Fruit", "--folder", library)
    path = library / "fruit-visit" / "questionnaire.yaml"
    text = path.read_text("utf-8")
    mark = '        riskier: ["no", "yes"]\n'
    assert text.count(mark) == 1
    path.write_text(text.replace(mark, mark + PICKS), "utf-8")
    (library / "catalogues").mkdir(exist_ok=True)
    shutil.copy(FRUIT, library / "catalogues")
    app = open_clinic(questionnaires=library, questionnaire="fruit-visit")
    return Patient(Visitor(app).begin(), {"consent": "yes"}).answer_until(
        "/q/about-you"
    )


def look_for(visitor, name, field=DRUG, **others):
    """Type a name, and other answers, and press the button that leads to the list."""
    form = visitor.form(visitor.path)
    for key, value in {field: name, **others}.items():
        form.fill(key, value)
    form.values["find"] = [field]
    return visitor.press(form)


def filled(form, name):
    """Fill in everything that is asked about a medicine for OCD."""
    for key, value in {
        "drug": name,
        "max_dose_mg": "37",
        "weeks_total": "20",
        "weeks_at_max": "unsure",
        "adherence": "every_day",
        "outcome": "no_change",
        "still_taking": "no",
    }.items():
        form.fill(f"q-medicine_trials.{key}", value)
    return form


def add(visitor, name):
    return visitor.press(filled(visitor.form(ENTRY), name))


def names_form(visitor):
    """Return the form with the names, which stands after the one that leads back."""
    return [form for form in visitor.forms if form.action == visitor.path][-1]


def take(visitor, chosen, field=DRUG):
    form = names_form(visitor)
    form.values |= {"take": [field]} | ({"found": [chosen]} if chosen else {})
    return visitor.press(form)


def test_the_names_that_are_like_what_was_typed_can_be_chosen(at_entry):
    look_for(at_entry, "zolo")

    assert at_entry.status == 200
    assert at_entry.heading == "Find a name on the list"
    assert names_form(at_entry).options["found"] == ["sertraline", "as-typed"]
    assert "Also called Zoloft, Lustral" in at_entry.text
    assert "None of these: keep “zolo”" in at_entry.text


def test_the_chosen_name_comes_back_with_everything_that_was_on_the_page(at_entry):
    others = {DOSE: "37", "q-medicine_trials.still_taking": "yes"}

    take(look_for(at_entry, "zolo", **others), "sertraline")

    form = at_entry.form(ENTRY)
    assert at_entry.status == 200
    assert "Error" not in at_entry.text
    assert form.values[DRUG] == ["Sertraline"]
    assert {key: form.values[key] for key in others} == {
        k: [v] for k, v in others.items()
    }


def test_a_way_not_to_answer_comes_back_too(at_entry):
    take(look_for(at_entry, "zolo", **{DOSE: "unsure"}), "sertraline")

    assert at_entry.form(ENTRY).values[f"{DOSE}-state"] == ["unsure"]


def test_a_name_that_is_none_of_these_stays_as_it_was_typed(at_entry):
    take(look_for(at_entry, "zolo"), "as-typed")

    assert at_entry.form(ENTRY).values[DRUG] == ["zolo"]


def test_another_spelling_can_be_looked_for(at_entry):
    form = names_form(look_for(at_entry, "xyz", **{DOSE: "37"}))
    nothing = "No name on the list is like “xyz”" in at_entry.text
    form.values |= {DRUG: ["prozak"], "find": [DRUG]}

    at_entry.press(form)

    assert nothing
    assert names_form(at_entry).options["found"] == ["fluoxetine", "as-typed"]
    take(at_entry, "fluoxetine")
    assert at_entry.form(ENTRY).values[DRUG] == ["Fluoxetine"]
    assert at_entry.form(ENTRY).values[DOSE] == ["37"]


def test_before_anything_is_typed_the_list_can_be_searched(at_entry):
    look_for(at_entry, " ")

    assert at_entry.heading == "Find a name on the list"
    assert "No name on the list" not in at_entry.text
    assert "found" not in names_form(at_entry).options


def test_the_way_back_loses_nothing(at_entry):
    look_for(at_entry, "zolo", **{DOSE: "37"})
    back = at_entry.form(ENTRY)
    back.values["take"] = [DRUG]

    at_entry.press(back)

    form = at_entry.form(ENTRY)
    assert (form.values[DRUG], form.values[DOSE]) == (["zolo"], ["37"])


def test_a_press_without_a_choice_is_told_what_to_do(at_entry):
    take(look_for(at_entry, "zolo", **{DOSE: "37"}), None)

    assert at_entry.status == 422
    assert "Error: Find a name" in at_entry.text
    assert "If none is right, choose the last one." in at_entry.text
    take(at_entry, "sertraline")
    assert at_entry.form(ENTRY).values[DOSE] == ["37"]


def test_nothing_is_kept_before_the_page_is(at_entry, store, database):
    take(look_for(at_entry, "zolo"), "sertraline")
    before = stored(store, database).answers.get("medicine_trials")

    add(at_entry, at_entry.form(ENTRY).values[DRUG][0])

    (entry,) = stored(store, database).answers["medicine_trials"]
    assert before is None
    assert entry["drug"] == "Sertraline"


def test_what_was_typed_is_in_no_address(at_entry):
    take(look_for(at_entry, "zolo"), "sertraline")

    assert "zolo" not in " ".join(at_entry.seen)
    assert at_entry.response.request.query_string == b""


def test_another_window_is_still_noticed_after_a_name_was_found(at_entry):
    older = filled(at_entry.form(ENTRY), "zolo")
    add(at_entry, "Fluoxetine")
    older.values["find"] = [DRUG]

    take(at_entry.press(older), "sertraline")
    at_entry.press(at_entry.form(ENTRY))

    assert at_entry.status == 409
    assert "This page was changed in another window" in at_entry.text
    assert "<strong>Fluoxetine</strong>" in at_entry.text
    assert at_entry.form(ENTRY).values[DRUG] == ["Sertraline"]


@pytest.mark.parametrize(
    "posted",
    [
        {"find": DOSE},
        {"find": "q-nothing"},
        {"find": ""},
        {"take": DOSE, "found": "sertraline"},
        {"take": DRUG, "found": "aspirin"},
        {"take": DRUG, "found": ""},
    ],
)
def test_what_was_not_offered_is_refused(at_entry, posted):
    form = at_entry.form(ENTRY)
    form.values |= {name: [value] for name, value in posted.items()}

    at_entry.press(form)

    assert at_entry.status == 400


def test_the_buttons_of_a_list_are_no_part_of_other_pages(visitor):
    form = visitor.begin().form(visitor.path)
    form.values |= {"find": ["q-age"]}

    assert visitor.press(form).status == 400


def test_markup_that_was_typed_stays_text(at_entry):
    look_for(at_entry, '<x-marker>"')

    assert "<x-marker>" not in at_entry.text
    assert "&lt;x-marker&gt;" in at_entry.text


# -- lists on an ordinary page


def test_a_list_on_an_ordinary_page_is_searched_alike(at_fruit):
    visitor = at_fruit.visitor

    look_for(
        visitor, "gold", "q-any_fruit", **{"q-age": "40", "q-chest_pain_now": "no"}
    )
    take(visitor, "apple", "q-any_fruit")

    form = visitor.form("/q/about-you")
    assert form.values["q-any_fruit"] == ["Apple"]
    assert (form.values["q-age"], form.values["q-chest_pain_now"]) == (["40"], ["no"])
    assert "Error" not in visitor.text


def test_where_only_the_list_counts_nothing_else_can_be_kept(at_fruit):
    visitor = look_for(at_fruit.visitor, "appel", "q-fruit")

    assert names_form(visitor).options["found"] == ["apple", "as-typed"]
    assert "None of these<" in "".join(visitor.text.split("\n"))
    assert "keep “" not in visitor.text


def test_help_comes_before_a_list(at_fruit):
    visitor = look_for(
        at_fruit.visitor, "gold", "q-fruit", **{"q-chest_pain_now": "yes"}
    )

    assert visitor.path == "/help-now"
    visitor.press(visitor.form("/help-now"))
    assert visitor.path == "/q/about-you"


def test_a_name_close_to_a_listed_one_is_asked_about_on_an_ordinary_page(at_fruit):
    visitor = at_fruit.visitor
    answers = {"age": "40", "chest_pain_now": "no", "fruit": "apple"}

    visitor.answer(**answers, any_fruit="lemmon")
    first = visitor.status, "Did you mean Lemon?" in visitor.text
    visitor.press(visitor.form("/q/about-you"))

    assert first == (422, True)
    assert visitor.path == "/q/medicines"


# -- what a list shows of it


def test_a_medicine_is_summed_up_with_dose_weeks_and_what_happened(at_entry):
    add(at_entry, "Sertraline")

    text = re.sub(r"<[^>]*>|\s+", " ", at_entry.text)
    told = " ".join(text.split())
    assert "highest dose you took in a day? 37 mg" in told
    assert "weeks in all did you take it? 20 weeks" in told
    assert "you take the highest dose? I am not sure" in told
    assert "What happened to your OCD? No change" in told
    assert "We take this to be" not in told


def test_what_may_be_left_blank_takes_no_line_of_the_summary(at_entry):
    add(at_entry, "Sertraline")

    assert "Y-BOCS total before" not in at_entry.text


def test_a_brand_name_is_told_what_it_was_taken_for(at_entry):
    add(at_entry, "Lustral")

    assert "Lustral → Sertraline" in at_entry.text
    assert "We take this to be Sertraline. If that is not right" in at_entry.text


def test_a_name_on_no_list_is_shown_as_such(at_entry):
    add(at_entry, "Moonwort drops")

    assert "Moonwort drops (not on our list)" in at_entry.text
    assert "The clinic will read it as you wrote it." in at_entry.text


class Reading(Visitor):
    """Remembers every page it was shown."""

    def __init__(self, app):
        super().__init__(app)
        self.pages = []

    def _arrived(self):
        super()._arrived()
        self.pages.append(self.text)
        return self


def doses_of(catalogue):
    """Return every amount that a list holds about its entries, as digits."""
    found = set()
    for entry in catalogue.entries.values():
        for value in entry.attributes:
            if isinstance(value, Decimal):
                found.add(str(value.normalize().quantize(1)))
            elif isinstance(value, str):
                found |= set(re.findall(r"\d+(?= ?(?:-|mg))", value))
    return found


def test_no_page_shows_a_dose_that_the_list_of_medicines_holds(app, questionnaire):
    catalogue = questionnaire.repeats["medicine_trials"].questions[0].catalogue
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    trials = [one | {"max_dose_mg": "37"} for one in answers["medicine_trials"]]
    visitor = Reading(app).begin()
    patient = Patient(visitor, answers | {"medicine_trials": trials})

    patient.answer_until(ENTRY)
    for name in ("a", "sertraline", "ser"):
        look_for(visitor, name)
        take(visitor, "as-typed")
    visitor.press(visitor.form(ENTRY))
    patient.answer_until("/check")

    doses = doses_of(catalogue)
    shown = {
        dose
        for page in visitor.pages
        for dose in doses
        if re.search(rf"(?<![\d.]){dose} ?(?:-\d+ ?)?(?:mg|milligram)", page)
    }
    assert len(doses) >= 8
    assert len(visitor.pages) > 40
    assert shown == set()

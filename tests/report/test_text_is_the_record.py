"""Does the PDF say what the record says, to eyes and to a screen reader alike?

The text is read back in two ways, as it stands on the pages and along the tags, and is
held to what the engine decides: nothing is left out, and no other rule is named.
"""

import re
import subprocess
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings

from screening.core.answers import read_answers
from screening.core.definition import NUMERIC_TYPES
from screening.core.judge import evaluate
from screening.core.progress import visible_answers
from screening.core.values import State
from screening.report.pdf import render
from tests.properties.strategies import answers_to
from tests.report.patients import questionnaire, record_of, summary_of

MADE = questionnaire()
TODAY = record_of({}).local_date
IDS = {criterion.id for criterion in MADE.criteria}
OUTCOMES = {
    "urgent": "Urgent",
    "contraindication_reported": "Contraindication reported",
    "needs_review": "Needs review",
    "no_barrier_reported": "No barrier reported",
}


def read_on_the_pages(path):
    return run("pdftotext", "-raw", path, "-")


def read_along_the_tags(told):
    """Return the text of each element, in the order of the tags."""
    return "".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def squeezed(text):
    return "".join(text.split())


def under(text, title, told):
    """Return what stands below a heading, up to the next one; nothing if it is none."""
    titles = re.findall(r'^ *H[1-3] \(block\)\n *"(.*?) *"$', told, re.MULTILINE)
    if title not in titles:
        return ""
    after = titles[titles.index(title) + 1]
    return text.split(title, 1)[1].split(after, 1)[0]


def named(text, names):
    """Return the names that stand in a text, as whole words."""
    return {name for name in names if re.search(rf"(?<![\w-]){name}(?![\w-])", text)}


def numbers_of(values):
    """Yield label and number of every question that was answered with one."""
    for question in MADE.questions.values():
        for part in question.parts or (question,):
            value = values[part.slot]
            if part.type in NUMERIC_TYPES and not isinstance(value, State):
                yield part.label, f"{Decimal(str(value)):f}"


@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stored=answers_to(MADE))
def test_every_finding_and_every_number_of_the_record_is_read_back(tmp_path, stored):
    values = evaluate(MADE, read_answers(MADE, stored, TODAY)).values
    shown = visible_answers(MADE, stored, values)
    came = evaluate(MADE, read_answers(MADE, shown, TODAY))
    path = tmp_path / "summary.pdf"
    path.write_bytes(render(summary_of(record_of(shown))))
    told = run("pdfinfo", "-struct-text", path)

    for text in (read_on_the_pages(path), read_along_the_tags(told)):
        reasons = under(text, "Reasons, with the rule behind each", told)
        assert named(reasons, IDS) == {finding.id for finding in came.findings}
        check_the_rest(squeezed(text), came)


def check_the_rest(plain, came):
    """Hold outcome, numbers and totals to the record's."""
    assert squeezed(f"Outcome: {OUTCOMES[came.outcome.value]}") in plain
    for label, number in numbers_of(came.values):
        written = (f"{label}{number}", f"{label}: {number}")
        assert any(squeezed(one) in plain for one in written), (label, number)
    for key, card in came.scores.items():
        if card.total is not None:
            title = squeezed(MADE.instruments[key].title)
            after = plain.split(title, 1)[1]
            assert str(card.total) in after, (key, card.total)

"""What does deciding one patient cost, and a check from cold, each beside a floor?

    python -m tests.benchmarks.bench_core

The floor of deciding is a loop of as many conditions written by hand in Python, that
know two values and no "not known"; the floor of reading is parsing the same answers
from JSON; that of loading and of a check is PyYAML's own load in C of the same files;
that of a check from cold is Python starting and importing yaml, and no more. Figures
are the least of several rounds, those of processes the median.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from datetime import date

import yaml

from screening.authoring.checked import case_texts, checked
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.definition import Repeat
from screening.core.deployment import Deployment
from screening.core.instrument import Instrument
from screening.core.judge import evaluate
from screening.core.load import load
from screening.library import shelf_for

ROUNDS = 7
CALLS = 300
STARTS = 5
TODAY = date(2026, 3, 15)
CHECK = "from screening.cli import main; main(['check', 'ocd-ketamine'])"


def microseconds(work, calls: int = CALLS) -> float:
    """Return the least time of one call over several rounds, in microseconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        best = min(best, (time.perf_counter() - start) / calls * 1e6)
    return best


def seconds(program: str) -> float:
    """Return the median wall time of starting Python with a program, in seconds."""
    taken = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL
        )
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def by_hand(count: int):
    """Return as many conditions as there are criteria, over a plain dict."""
    answers = {"pregnancy": "no", "systolic": 118, "diastolic": 76}
    rules = [
        (
            lambda a: a["systolic"] >= 180 or a["diastolic"] >= 110,
            lambda a: a["pregnancy"] == "pregnant",
        )[number % 2]
        for number in range(count)
    ]
    return lambda: [rule(answers) for rule in rules]


def c_load(texts) -> list:
    """Return what PyYAML's own loader in C makes of the texts."""
    return [yaml.load(text, yaml.CSafeLoader) for text in texts]


def random_patients(definition, count: int) -> float:
    """Return the CPU time of reading and deciding one random patient, in microseconds.

    Each answers about nine questions in ten, now and then that they are not sure.
    """
    chance = random.Random(2026)
    patients = [random_answers(definition, chance) for _ in range(count)]
    typed = [read_answers(definition, stored, TODAY) for stored in patients]
    start = time.process_time()
    for answers in typed:
        evaluate(definition, answers)
    return (time.process_time() - start) / count * 1e6


def random_answers(definition, chance) -> dict:
    """Return the answers of a random patient."""
    return {
        key: random_answer(holder, chance)
        for key, holder in definition.program.keys.items()
        if chance.random() < 0.9
    }


def random_answer(holder, chance):
    """Return a random answer to a question, a scale or a list."""
    if isinstance(holder, Instrument):
        return {item.id: random_answer(item, chance) for item in holder.items}
    if isinstance(holder, Repeat):
        return [
            {one.id: random_answer(one, chance) for one in holder.questions}
            for _ in range(chance.randrange(4))
        ]
    if holder.parts:
        return {part.id: random_answer(part, chance) for part in holder.parts}
    if chance.random() < 0.05:
        return "unsure"
    return random_value(holder, chance)


def random_value(question, chance):
    """Return a random value of one question, None for what is free text."""
    if question.catalogue is not None:
        return chance.choice(list(question.catalogue.entries))
    if question.options:
        value = chance.choice(question.options).value
        return [value] if question.type == "choices" else value
    if question.low is None or question.high is None:
        return "yes" if question.type == "acknowledge" else None
    return chance.randint(int(question.low), int(question.high))


def figures() -> list[tuple[str, float, float, str]]:
    """Return what is measured: name, figure, floor and unit."""
    shelf = shelf_for("ocd-ketamine")
    definition = load(shelf.questionnaire_id, shelf.read)
    name = "ocd-ketamine/cases/worked.yaml"
    cases = read_cases([(name, shelf.read(name) or "")])
    stored = next(case.answers for case in cases if case.id == "U1")
    answers = read_answers(definition, stored, TODAY)
    text = json.dumps(stored)
    everything = [*definition.files.values(), *(text for _, text in case_texts(shelf))]
    return [
        (
            "deciding one patient (no more than 250)",
            microseconds(lambda: evaluate(definition, answers)),
            microseconds(by_hand(len(definition.criteria))),
            "us",
        ),
        (
            "deciding and every score",
            microseconds(lambda: evaluate(definition, answers).scores),
            microseconds(by_hand(len(definition.criteria))),
            "us",
        ),
        (
            "reading one patient's answers",
            microseconds(lambda: read_answers(definition, stored, TODAY)),
            microseconds(lambda: json.loads(text)),
            "us",
        ),
        (
            "loading, beside YAML's C load (6 times)",
            microseconds(lambda: load(shelf.questionnaire_id, shelf.read), 3) / 1000,
            microseconds(lambda: c_load(definition.files.values()), 3) / 1000,
            "ms",
        ),
        (
            "a whole check, beside the same (6 times)",
            microseconds(lambda: checked(shelf, Deployment(), TODAY), 1) / 1000,
            microseconds(lambda: c_load(everything), 3) / 1000,
            "ms",
        ),
        (
            "one of 10,000 random patients (200)",
            random_patients(definition, 10_000),
            microseconds(by_hand(len(definition.criteria))),
            "us",
        ),
        (
            "a check from cold (no more than 0.5)",
            seconds(CHECK),
            seconds("import yaml"),
            "s",
        ),
    ]


def main() -> None:
    """Print each figure beside its floor."""
    for name, figure, floor, unit in figures():
        print(f"{name:<42} {figure:9.3f} {unit}   floor {floor:8.3f} {unit}")


if __name__ == "__main__":
    main()

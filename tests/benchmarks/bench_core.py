"""What does deciding one patient cost, and a check from cold, each beside a floor?

    python -m tests.benchmarks.bench_core

The floor of deciding is a loop of as many conditions written by hand in Python, that
know two values and no "not known"; the floor of reading is parsing the same answers
from JSON; the floor of a check is Python starting and importing yaml, and nothing
else. Figures are the least of several rounds, those of processes the median.
"""

import json
import statistics
import subprocess
import sys
import time
from datetime import date

from screening.core.answers import read_answers
from screening.core.cases import read_cases
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


def figures() -> list[tuple[str, float, float, str]]:
    """Return what is measured: name, figure, floor and unit."""
    shelf = shelf_for("ocd-ketamine")
    definition = load(shelf.questionnaire_id, shelf.read)
    name = "ocd-ketamine/cases/worked.yaml"
    cases = read_cases([(name, shelf.read(name) or "")])
    stored = next(case.answers for case in cases if case.id == "U1")
    answers = read_answers(definition, stored, TODAY)
    text = json.dumps(stored)
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
            "loading the questionnaire",
            microseconds(lambda: load(shelf.questionnaire_id, shelf.read), 3) / 1000,
            microseconds(lambda: [shelf.read(n) for n in definition.files], 3) / 1000,
            "ms",
        ),
        (
            "a check from cold (no more than 0.7)",
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

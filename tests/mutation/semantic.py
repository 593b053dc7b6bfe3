"""`python -m tests.mutation.semantic`: faults of meaning, and what finds each.

Every fault is a file that can be read and decides otherwise, if only for a patient
whom nobody thought of: a limit off by one, `and` for `or`, a lost `not`, another
option, a deleted criterion, a `must_know` gone, a band's edge, a criterion of another
kind. The difference of the two versions is proved, and so is that there is none.
"""

import random
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

from screening.core.cases import case_problems, read_cases
from screening.core.load import load
from screening.core.problems import DefinitionError
from screening.proof.differing import Versions
from screening.proof.found import Standing, Subject
from screening.proof.proving import proved
from tests.mutation.edits import rule_lines
from tests.mutation.judging import QUESTIONNAIRE, Ground, told

ON = date(2026, 3, 15)
WAYS = ("the checker", "promises", "other proofs", "worked patients", "the difference")
_NUMBER = re.compile(r"(?<![\w.\"])\d+(?![\w.\"])")
_OPTION = re.compile(r'(\w+) (==|!=) "(\w+)"')
_KINDS = ("urgent", "exclusion", "review", "precaution")


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, where it is, and the file's text with it."""

    kind: str
    file: str
    line: int
    said: str
    text: str


def faults(ground, count, seed):
    """Return so many of all faults, as `seed` draws them."""
    found = []
    for name, text in ground.files.items():
        for make in _MAKERS:
            found += make(name, text.split("\n"), ground)
    random.Random(seed).shuffle(found)
    return found[:count]


def _fault(kind, name, lines, at, line):
    changed = "\n".join([*lines[:at], *line, *lines[at + 1 :]])
    return Fault(kind, name, at + 1, " / ".join(one.strip() for one in line), changed)


def _rules(lines):
    """Return the places of lines with rules, texts for people and comments left out."""
    text = "\n".join(lines)
    return [
        at
        for at in sorted(rule_lines(text))
        if not re.match(r"\s*(#|clinician:|because:|- id:)", lines[at])
    ]


def _limits(name, lines, _):
    for at in _rules(lines):
        for found in _NUMBER.finditer(lines[at]):
            for step in (-1, 1):
                start, end = found.span()
                other = str(int(found[0]) + step)
                line = lines[at][:start] + other + lines[at][end:]
                yield _fault("a limit off by one", name, lines, at, [line])


def _words(kind, pattern, swaps):
    def make(name, lines, _):
        for at in _rules(lines):
            for found in re.finditer(pattern, lines[at]):
                start, end = found.span()
                line = lines[at][:start] + swaps[found[0]] + lines[at][end:]
                yield _fault(kind, name, lines, at, [line])

    return make


def _options(name, lines, ground):
    questions = ground.made.questions
    for at in _rules(lines):
        for found in _OPTION.finditer(lines[at]):
            asked = questions.get(found[1])
            for option in asked.options if asked else ():
                if option.value != found[3] and not option.unknown:
                    start, end = found.span(3)
                    line = lines[at][:start] + option.value + lines[at][end:]
                    yield _fault("another option", name, lines, at, [line])


def _deleted(name, lines, _):
    begins = [n for n, line in enumerate(lines) if line.startswith("  - id: ")]
    rules = {n for n in begins if any("kind: " in one for one in lines[n : n + 3])}
    for at in rules:
        end = next((n for n in (*begins, len(lines)) if n > at), len(lines))
        while end > at and not lines[end - 1].startswith("    "):
            end -= 1
        text = "\n".join(lines[:at] + lines[end:])
        yield Fault("a criterion deleted", name, at + 1, lines[at].strip(), text)


def _not_needed(name, lines, _):
    for at, line in enumerate(lines):
        if line.strip().startswith("must_know: ") and "false" not in line:
            yield _fault("a must_know gone", name, lines, at, [])


def _kinds(name, lines, _):
    for at, line in enumerate(lines):
        head, found, kind = line.partition("    kind: ")
        if found and kind in _KINDS and not head:
            for other in _KINDS:
                if other != kind:
                    changed = [f"{found}{other}"]
                    yield _fault("another kind", name, lines, at, changed)


def _edges(name, lines, _):
    for at, line in enumerate(lines):
        if re.fullmatch(r"\s+\w+: \[\d+, \d+\]", line) and "range" not in line:
            for found in _NUMBER.finditer(line):
                start, end = found.span()
                other = line[:start] + str(int(found[0]) + 1) + line[end:]
                yield _fault("a band's edge moved", name, lines, at, [other])


_MAKERS = (
    _limits,
    _words("and for or", r" and | or ", {" and ": " or ", " or ": " and "}),
    _words("a lost not", r"\bnot (?!in )", {"not ": ""}),
    _options,
    _deleted,
    _not_needed,
    _kinds,
    _edges,
)


def ways_that_find(ground, fault):
    """Return which ways find the fault; the difference is always looked at."""

    def read_file(wanted):
        return fault.text if wanted == fault.file else ground.read(wanted)

    try:
        made = load(QUESTIONNAIRE, read_file)
    except DefinitionError:
        return {"the checker"}
    ways = {"the checker"} if told(made.notices) - ground.told else set()
    cases = read_cases(ground.cases)
    for one in proved(made, ON, cases, most_entries=4):
        if one.standing is not Standing.PROVED:
            is_promise = one.subject is Subject.PROMISE
            ways.add("promises" if is_promise else "other proofs")
    if case_problems(ground.cases, made, read_file, ON) or ground.scores_otherwise(
        fault.file, read_file
    ):
        ways.add("worked patients")
    versions = Versions(ground.made, made, ON, cases)
    if next(versions.redecided(), None) or next(versions.reworked(), None):
        ways.add("the difference")
    return ways


_ground = []


def _judged(fault):
    if not _ground:
        _ground.append(Ground())
    try:
        return fault, ways_that_find(_ground[0], fault)
    except DefinitionError:
        return fault, {"the checker"}


def main(count=300, seed=2026):
    """Print what finds the faults, and each that nothing finds."""
    chosen = faults(Ground(), count, seed)
    table, kinds, alone = Counter(), Counter(), Counter()
    silent = []
    with ProcessPoolExecutor(2) as pool:
        for fault, ways in pool.map(_judged, chosen):
            kinds[fault.kind] += 1
            table.update((fault.kind, way) for way in ways)
            alone[frozenset(ways)] += 1
            if not ways - {"the difference"}:
                silent.append((fault, ways))
    width = max(map(len, kinds))
    print(" " * width, "faults", *(f"{way:>16}" for way in WAYS))
    for kind, number in kinds.items():
        cells = (f"{table[kind, way]:>16}" for way in WAYS)
        print(f"{kind:<{width}} {number:>6}", *cells)
    same = alone[frozenset()]
    print(f"{count} faults, {same} of them proved to change nothing")
    for fault, ways in silent:
        how = "only the difference" if ways else "nothing, and nothing differs"
        print(f"{how}: {fault.file}:{fault.line}: {fault.kind}: {fault.said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

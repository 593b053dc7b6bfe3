"""Is every part of the language used by some demonstrator, and does each do as written?

What there is to use is computed from the shapes and the registries, so that whatever
is added to the language fails here until a demonstrator shows it.
"""

import ast
from decimal import Decimal
from typing import Literal, get_args, get_origin

import pytest

from docs.demonstrators import (
    DEFINITIONS,
    ROOT,
    best_use,
    expressions,
    files,
    folders,
    nodes,
    questionnaire,
    said,
    uses,
)
from screening.authoring.canonical import canonical
from screening.authoring.kinds import KINDS, kind_of
from screening.authoring.shape_words import MEMBERS, WORDS
from screening.core.cases import read_cases, run_case
from screening.core.definition import Kind, Outcome, QuestionType
from screening.core.expression import calls, parse, tree
from screening.core.source import read_text
from screening.library import shelf_for
from tests.core.building import TODAY, answered, demonstrator

NAMES = [(shape, name) for shape, names in WORDS.items() for name in names]
EXPRESSIONS = list(expressions())
TREES = [one.tree for one in EXPRESSIONS]
SYNTAX = [
    node
    for one in EXPRESSIONS
    for node in ast.walk(ast.parse(one.text.replace("\n", " ").strip(), mode="eval"))
]


def words_of(kind):
    """Return the words that a field can be where it is one of a few, else none."""
    if get_origin(kind) is Literal:
        return [word for word in get_args(kind) if isinstance(word, str)]
    return [word for part in get_args(kind) for word in words_of(part)]


CHOICES = [
    (shape, field.alias or name, word)
    for shape in WORDS
    for name, field in shape.model_fields.items()
    if name != "uses"
    for word in words_of(field.annotation)
]
FLAGS = [
    (shape, field.alias or name)
    for shape in WORDS
    for name, field in shape.model_fields.items()
    if field.annotation is bool and field.default is False
]


@pytest.mark.parametrize(("shape", "name"), NAMES)
def test_every_name_of_every_file_is_used_by_a_demonstrator(shape, name):
    assert best_use(shape, name) is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_file_has_a_demonstrator(kind):
    made = [kind_of(read_text(path.read_text("utf-8"), path.name)) for path in files()]

    assert kind in made


@pytest.mark.parametrize(("shape", "name", "word"), CHOICES)
def test_every_word_to_choose_is_chosen_by_a_demonstrator(shape, name, word):
    found = [use for use in uses() if (use.shape, use.name) == (shape, name)]

    assert word in [one for use in found for one in said(use)]


@pytest.mark.parametrize(("shape", "name"), FLAGS)
def test_every_truth_is_turned_on_by_a_demonstrator(shape, name):
    found = [use for use in uses() if (use.shape, use.name) == (shape, name)]

    assert "true" in [one for use in found for one in said(use)]


MEMBERS_OF = {QuestionType: "type", Kind: "kind", Outcome: "outcome"}
"""Under which name each of the registries of words is chosen from."""


@pytest.mark.parametrize(
    ("name", "word"),
    [(MEMBERS_OF[kind], word.value) for kind in MEMBERS for word in kind],
)
def test_every_type_kind_and_outcome_is_shown(name, word):
    assert word in [one for use in uses() if use.name == name for one in said(use)]


@pytest.mark.parametrize("kind", get_args(tree.Node), ids=lambda kind: kind.__name__)
def test_every_part_of_an_expression_is_used_by_a_demonstrator(kind):
    assert any(list(nodes(TREES, kind)))


@pytest.mark.parametrize("name", sorted(calls._FUNCTIONS))
def test_every_function_is_used_by_a_demonstrator(name):
    called = {node.func.id for node in SYNTAX if isinstance(node, ast.Call)}

    assert name in called


@pytest.mark.parametrize(
    "kind",
    [*parse._COMPARISONS, *parse._ARITHMETIC, ast.And, ast.Or, ast.Not, ast.USub],
    ids=lambda kind: kind.__name__,
)
def test_every_sign_of_an_expression_is_used_by_a_demonstrator(kind):
    assert any(isinstance(node, kind) for node in SYNTAX)


@pytest.mark.parametrize("kind", [ast.In, ast.NotIn], ids=lambda kind: kind.__name__)
def test_membership_is_asked_of_words_and_of_several_answers(kind):
    asked = [
        node.comparators[0]
        for node in SYNTAX
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], kind)
    ]

    assert {type(one) for one in asked} >= {ast.Name}


def test_a_chain_of_comparisons_is_used_by_a_demonstrator():
    chains = [n for n in SYNTAX if isinstance(n, ast.Compare) and len(n.ops) > 1]

    assert chains != []


@pytest.mark.parametrize("word", sorted(calls._FOLDS))
def test_every_fold_looks_through_a_list_and_through_entries(word):
    folds = [fold for fold in nodes(TREES, tree.Fold) if fold.word == word]

    assert {fold.source.type.sort.name for fold in folds} >= {"LISTED", "ROWS"}


def cases_of(folder):
    """Return every worked patient and worked score of a demonstrator."""
    paths = sorted(folder.rglob("cases/*.yaml"))
    return read_cases(
        (str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in paths
    )


CASES = [(folder, case) for folder in folders() for case in cases_of(folder)]


@pytest.mark.parametrize(
    ("folder", "case"),
    CASES,
    ids=[f"{folder.name}-{case.instrument or ''}-{case.id}" for folder, case in CASES],
)
def test_a_worked_patient_comes_out_as_written(folder, case):
    shelf = shelf_for(folder, DEFINITIONS)

    failure = run_case(
        case, questionnaire=questionnaire(folder), read_file=shelf.read, on=TODAY
    )

    assert (failure.differences if failure else ()) == ()


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_demonstrator_says_what_comes_of_it(folder):
    assert list(folder.rglob("cases/*.yaml")) != []


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_demonstrator_stands_in_the_readme(folder):
    readme = (DEFINITIONS / "README.md").read_text("utf-8")

    assert f"| `{folder.name}` |" in readme


TOLD = {"scales": ["SC306"], "translated": ["SC604"]}
"""What is to be told of some: a scale without its licence, texts not yet translated."""


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_nothing_else_is_told_of_a_demonstrator(folder):
    told = [notice.code for notice in questionnaire(folder).notices]

    assert told == TOLD.get(folder.name, [])


def test_an_amount_is_kept_as_it_was_said_and_compared_exactly():
    units = demonstrator("units")

    weight = answered(units, weight="11 stone 4").values[units.questions["weight"].slot]

    assert (weight.said, weight) == ("11 stone 4", Decimal("71.66759446"))


@pytest.mark.parametrize(
    "path", files(), ids=lambda path: str(path.relative_to(DEFINITIONS))
)
def test_a_demonstrator_is_laid_out_in_the_one_form(path):
    text = path.read_text("utf-8")

    assert canonical(text, path.name) == text

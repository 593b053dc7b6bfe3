"""Random definitions: the questions of `tests/core/names.py`, under rules of chance."""

import json

from hypothesis import strategies as st

from screening.core.load import load
from screening.core.problems import DefinitionError
from tests.properties.strategies import RULES

QUESTIONS = {
    "n": {"type": "integer", "range": [-3, 5]},
    "m": {"type": "decimal", "decimals": 1, "range": [-3, 5]},
    "colour": {"type": "choice", "options": {"red": "R", "green": "G", "blue": "B"}},
    "smokes": {"type": "yes_no"},
    "tried": {
        "type": "choices",
        "options": {
            "tms": "T",
            "dbs": "D",
            "none": {"label": "None", "exclusive": True},
        },
    },
    "born": {"type": "date", "range": ["2020-01-01", "today"]},
    "ended": {"type": "date", "range": ["2020-01-01", "today"]},
    "drug": {"type": "pick", "from": "drugs", "not_listed": True},
}
TRIAL = {
    "drug": {"type": "pick", "from": "drugs", "not_listed": True},
    "dose": {"type": "integer", "unit": "mg", "range": [0, 300]},
    "still": {"type": "yes_no"},
}
SCALE = {
    "language_version": 1,
    "instrument": "scale",
    "title": "Scale",
    "rater": "patient",
    "text": "shipped",
    "options": {n: str(n) for n in range(4)},
    "items": [{"ask": "One?"}, {"ask": "Two?"}, {"ask": "Three?"}],
    "scores": {"total": {"sum": "all", "range": [0, 9], "sources": ["book"]}},
    "sources": ["book"],
    "licence": {
        "status": "public_domain",
        "holder": "This project",
        "attribution": "This project.",
    },
}
DRUGS = {
    "language_version": 1,
    "catalogue": "drugs",
    "title": "Drugs",
    "attributes": {
        "counted": {"type": "yes_no"},
        "least": {"type": "decimal", "unit": "mg"},
    },
    "entries": {
        "sertraline": {"label": "Sertraline", "counted": "yes", "least": 150},
        "tea": {"label": "Tea", "counted": "no"},
    },
    "sources": ["book"],
}
BOOK = {
    "language_version": 1,
    "sources": {"book": {"ref": "A book.", "basis": "read"}},
}
KINDS = st.sampled_from(["urgent", "exclusion", "review", "precaution", "inclusion"])
WHY = {"clinician": "Said.", "because": "A reason.", "sources": ["book"]}


def _asked(questions, conditions):
    asked = []
    for name, kind in questions.items():
        question = {"id": name, "ask": f"{name.capitalize()}?", **kind}
        if conditions.get(name):
            question |= {"ask_if": conditions[name], "may_hide": True}
            question["because"] = "A reason."
        asked.append(question)
    return asked


@st.composite
def definitions(draw):
    """Return a random definition that the loader takes, None where it does not."""
    later = draw(st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=2, unique=True))
    first = {name: q for name, q in QUESTIONS.items() if name not in later}
    last = {name: q for name, q in QUESTIONS.items() if name in later}
    criteria = draw(st.lists(st.tuples(KINDS, RULES), min_size=1, max_size=4))
    text = {
        "language_version": 1,
        "questionnaire": "chance",
        "version": "1",
        "title": "Chance",
        "parameters": {"limit": {"value": 12, "sources": ["book"]}},
        "pages": [
            {"page": "first", "title": "First", "questions": _asked(first, {})},
            {"page": "scale", "instrument": "scale"},
            {
                "page": "trials",
                "title": "Trials",
                "repeat": "trials",
                "any": "Any?",
                "at_most": 3,
                "questions": _asked(TRIAL, {}),
            },
            {
                "page": "last",
                "title": "Last",
                "questions": [
                    *_asked(last, {name: draw(RULES) for name in last}),
                    {"id": "end", "ask": "Agreed?", "type": "acknowledge"},
                ],
            },
        ],
        "derived": {"fine": draw(RULES.filter(lambda rule: "fine" not in rule))},
        "criteria": [
            {"id": f"c{n}", "kind": kind, "when": rule, **WHY}
            for n, (kind, rule) in enumerate(criteria)
        ],
    }
    files = {
        "chance/questionnaire.yaml": text,
        "chance/sources.yaml": BOOK,
        "instruments/scale.yaml": SCALE,
        "catalogues/drugs.yaml": DRUGS,
    }
    written = {name: json.dumps(content) for name, content in files.items()}
    try:
        return load("chance", written.get)
    except DefinitionError:
        return None

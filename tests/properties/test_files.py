"""Does the loader ever do anything but read a file or say what is wrong with it?"""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.core.load import load, load_instrument
from screening.core.problems import DefinitionError
from screening.core.source import plain, read_text
from screening.resources import questionnaires_folder

HOME = questionnaires_folder()
DEMONSTRATORS = Path(__file__).parent.parent / "definitions"
FRUIT = (DEMONSTRATORS / "catalogues/fruit.yaml").read_text("utf-8")
SOURCES = (DEMONSTRATORS / "repeats/sources.yaml").read_text("utf-8")
SMALL = [
    (DEMONSTRATORS / name / "questionnaire.yaml").read_text("utf-8")
    for name in ("every-type", "branching", "repeats", "must-know")
]
SCALES = {
    path.stem: path.read_text("utf-8")
    for path in sorted((HOME / "instruments").glob("*.yaml"))
}
SHIPPED = (HOME / "ocd-ketamine/questionnaire.yaml").read_text("utf-8")

ODD = st.sampled_from(
    [
        *(
            "",
            "null",
            "no",
            "yes",
            "-1",
            "0",
            "1e9",
            "٣",
            "sNaN",
            "x" * 70,
            "a b",
            "{a}",
        ),
        *(
            "age > 3",
            "answered(age)",
            "any(b for b in baskets)",
            "baskets.count",
            "(((",
        ),
        *("lambda", "true", "total", "q1", "choice", "group", "pick", "repeat", "²"),
    ]
)
PARTS = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3),
    max_leaves=4,
)


def paths_in(value, path=()):
    """Yield the path of every part of nested lists and dicts."""
    parts = value.items() if isinstance(value, dict) else ()
    for step, part in parts if not isinstance(value, list) else enumerate(value):
        yield (*path, step)
        yield from paths_in(part, (*path, step))


@st.composite
def mutated(draw, text):
    """Return a file, some parts of which were deleted, copied, moved or replaced."""
    content = plain(read_text(text, "f"))
    for _ in range(draw(st.integers(1, 3))):
        paths = list(paths_in(content))
        path, other = draw(st.sampled_from(paths)), draw(st.sampled_from(paths))
        copied = json.loads(json.dumps(at(content, other)))
        owner, step = at(content, path[:-1]), path[-1]
        match draw(st.sampled_from(["delete", "replace", "copy", "rename"])):
            case "delete":
                del owner[step]
            case "replace":
                owner[step] = draw(PARTS)
            case "copy":
                owner[step] = copied
            case "rename" if isinstance(owner, dict):
                owner[draw(ODD)] = owner.pop(step)
    return json.dumps(content, ensure_ascii=False)


def at(content, path):
    """Return the part of nested lists and dicts that the path leads to."""
    for step in path:
        content = content[step]
    return content


def problems_from(work):
    """Return the problems that the work stops with, none when it is done."""
    try:
        work()
    except DefinitionError as error:
        return error.problems
    return ()


def loads_or_explains(work):
    for problem in problems_from(work):
        assert problem.where is not None
        assert problem.what
        assert problem.fix


@settings(max_examples=400)
@given(data=st.data())
def test_a_small_questionnaire_that_was_tampered_with(data):
    text = data.draw(mutated(data.draw(st.sampled_from(SMALL))))
    files = {
        "small/questionnaire.yaml": text,
        "small/sources.yaml": SOURCES,
        "catalogues/fruit.yaml": FRUIT,
    }

    loads_or_explains(lambda: load("small", files.get))


@settings(max_examples=300)
@given(data=st.data())
def test_an_instrument_that_was_tampered_with(data):
    name = data.draw(st.sampled_from(sorted(SCALES)))
    text = data.draw(mutated(SCALES[name]))

    loads_or_explains(
        lambda: load_instrument(name, {f"instruments/{name}.yaml": text}.get)
    )


@settings(max_examples=150)
@given(data=st.data())
def test_a_catalogue_that_was_tampered_with(data):
    files = {
        "small/questionnaire.yaml": SMALL[2],
        "small/sources.yaml": SOURCES,
        "catalogues/fruit.yaml": data.draw(mutated(FRUIT)),
    }

    loads_or_explains(lambda: load("small", files.get))


@settings(max_examples=25)
@given(data=st.data())
def test_the_shipped_questionnaire_that_was_tampered_with(data):
    text = data.draw(mutated(SHIPPED))

    def read_file(name):
        path = HOME / name
        if name == "ocd-ketamine/questionnaire.yaml":
            return text
        return path.read_text("utf-8") if path.is_file() else None

    loads_or_explains(lambda: load("ocd-ketamine", read_file))


@settings(max_examples=300)
@given(
    text=st.sampled_from(SMALL),
    at=st.integers(0, 3000),
    cut=st.integers(0, 40),
    put=st.text(max_size=8) | st.sampled_from(["\t", "&a ", "*a", "!!x ", "{", "- "]),
)
def test_a_text_that_was_cut_and_pasted(text, at, cut, put):
    damaged = text[:at] + put + text[at + cut :]

    loads_or_explains(lambda: load("small", {"small/questionnaire.yaml": damaged}.get))


@settings(max_examples=500)
@given(content=st.binary(max_size=60) | st.text(max_size=60))
def test_any_content_at_all(content):
    loads_or_explains(lambda: read_text(content, "f"))

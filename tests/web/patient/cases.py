"""Which worked patients are there, and what are their answers, item by item?"""

from screening.core.source import plain, read_text
from screening.resources import questionnaires_folder


def worked_answers(case, questionnaire):
    """Return a worked patient's answers, each instrument's as item id -> value."""
    path = questionnaires_folder() / "ocd-ketamine" / "cases" / "worked.yaml"
    cases = plain(read_text(path.read_bytes(), path.name))["cases"]
    answers = next(one["answers"] for one in cases if one["case"] == case)
    return {
        key: by_item(questionnaire.instruments[key], value)
        if key in questionnaire.instruments
        else value
        for key, value in answers.items()
    }


def by_item(instrument, value):
    """Return an instrument's answers by item id, however the file writes them."""
    ids = [item.id for item in instrument.items]
    if isinstance(value, list):
        scored = [item.id for item in instrument.items if item.scored]
        return dict(zip(ids if len(value) == len(ids) else scored, value, strict=True))
    listed = value.get("answers")
    if listed is None:
        return value
    named = {key: one for key, one in value.items() if key != "answers"}
    rest = [one for one in ids if one not in named]
    return named | dict(zip(rest, listed, strict=False))

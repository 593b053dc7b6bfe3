"""What of a definition decides? Everything that an outcome can hang on, and no wording.

Two definitions with the same skeleton decide every record alike: rules are compared as
trees, names by what they stand for, and texts, places and slots are left out. Promises
are too: they say what may never be decided, and decide nothing.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from screening.core.expression import Expression, Symbol

_WORDING = frozenset(
    {
        *("ask", "hint", "label", "title", "intro", "short", "say", "clinician"),
        *("because", "stem", "instruction", "any", "entry", "layout", "labels"),
        *("place", "slot", "position", "entry_slot", "status_slot", "loop_slot"),
        *("text", "run", "loinc", "licence", "sources", "summary", "notices"),
        *("files", "sha256", "version", "translations", "program", "receipt"),
        *("accepted_unknowns", "left_out_pages", "questions", "repeats", "riskier"),
        "promises",
        *("body", "honesty", "buttons"),
        *(
            "reference",
            "url",
            "year",
            "basis",
            "source_id",
            "implied_by",
            "catalogue_title",
            "rater",
            "drawn",
        ),
    }
)
"""Names of parts that say something, or say where it stands."""

_ASKING = frozenset(
    {
        *("required", "low", "high", "earliest", "latest", "decimals", "step"),
        *("not_sure", "prefer_not_to_say", "may_hide", "suggest_from", "at_most"),
        *("not_listed", "type", "unit"),
    }
)
"""What an answer may be; a record that both accept is decided alike."""


_UNORDERED = frozenset(
    {"derived", "parameters", "checks", "help_rules", "promises", "options"}
)
"""Parts whose order decides nothing."""

_NAMED_FOR_PEOPLE = frozenset({"Promise", "Check", "HelpRule", "HelpText", "Page"})
"""Parts whose ids no rule and no outcome hangs on."""


def skeleton(part, without=_WORDING):
    """Return nested tuples of everything in `part` that decides."""
    if isinstance(part, Expression):
        return skeleton(part.tree, without)
    if isinstance(part, Symbol):
        return ("name", part.name, part.constant)
    if is_dataclass(part) and not isinstance(part, type):
        return (type(part).__name__, *_parts(part, without))
    if isinstance(part, Mapping):
        return tuple((name, skeleton(one, without)) for name, one in part.items())
    if isinstance(part, tuple | list):
        return tuple(skeleton(one, without) for one in part)
    return tuple(sorted(map(str, part))) if isinstance(part, frozenset) else part


def deciding(questionnaire):
    """Return the skeleton of what decides, asking included only where rules read it."""
    return skeleton(questionnaire, _WORDING | _ASKING)


def _parts(part, without):
    kind = type(part).__name__
    for one in fields(part):
        if one.name in without or (one.name == "id" and kind in _NAMED_FOR_PEOPLE):
            continue
        if one.name == "help" and kind in {"Question", "HelpText"}:
            continue
        found = skeleton(getattr(part, one.name), without)
        yield (
            one.name,
            tuple(sorted(found, key=str)) if one.name in _UNORDERED else found,
        )

"""Codes of what a questionnaire comes to: what is unused, constant or hidden."""

from __future__ import annotations

from screening.core.codes.code import Code

WHOLE = (
    Code(
        code="SC180",
        title="Something that nothing uses",
        why=(
            "The patient is asked, or a limit is set, and it changes nothing and is"
            " shown to nobody."
        ),
        mend="Use it in a rule, show it in the summary, or delete it.",
    ),
    Code(
        code="SC181",
        title="A criterion comes out the same whatever is answered",
        why=(
            "It decides nothing, or warns about everyone. Usual slips: `and` for "
            "`or`, a limit beyond the range, a comparison the wrong way round."
        ),
        mend="Compare with values that can be given, or delete the criterion.",
    ),
    Code(
        code="SC182",
        title="A check that every answer passes",
        why="It would never ask anyone to look again.",
        mend="Compare with values that can be given, or delete the check.",
    ),
    Code(
        code="SC183",
        title="Branching can hide a safety question",
        why=(
            "What was not asked meets no rule: an urgent criterion or an exclusion "
            "could be missed."
        ),
        mend=(
            "Ask it always. If it need not be asked of some, write `may_hide: true`"
            " and `because:`."
        ),
    ),
    Code(
        code="SC184",
        title=(
            "A page or a question that can never be shown, or a condition that "
            "always holds"
        ),
        why="Either nobody is asked, or the condition says nothing.",
        mend="Mend the condition, or delete it.",
    ),
    Code(
        code="SC185",
        title="A row that can never come out",
        why="Rows above it take every case, or its condition can't hold.",
        mend="Mend its condition, or delete the row.",
    ),
    Code(
        code="SC801",
        title="There are no crisis numbers for this place",
        why="A patient in danger would be shown nothing to call.",
        mend=(
            "Add the country to locales.yaml, with `default:` for where none is chosen."
        ),
    ),
)

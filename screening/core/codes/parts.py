"""Codes of names and values: does every part have the form that it needs?"""

from __future__ import annotations

from screening.core.codes.code import Code

PARTS = (
    Code(
        code="SC101",
        title="Something is missing",
        why="The part can't be used without it.",
        mend=(
            "Add the name that the message gives, with its value, to the part at "
            "that place."
        ),
    ),
    Code(
        code="SC102",
        title="A name that is not known here",
        why=(
            "What is not known would be ignored, and a misspelt rule or limit would"
            " have no effect. So nothing unknown may stand in a file."
        ),
        mend=(
            "Correct the spelling: the message names the nearest one. If it is a "
            "note to yourself, write it as a comment after `#`."
        ),
    ),
    Code(
        code="SC103",
        title="A value that does not fit",
        why=(
            "The value is of another kind than the name takes: a word where a "
            "number is needed, a list where a text is, `yes` where `true` is, or a "
            "word that is not one of those allowed."
        ),
        mend=(
            "Write it as the message says. Ids begin with a small letter and hold "
            "small letters, digits and `_`; those of pages and criteria may hold "
            "`-`."
        ),
    ),
    Code(
        code="SC104",
        title="A question has a default answer",
        why=(
            "An answer that nobody gave would count as given, and a patient who "
            "left the question out would be judged by it."
        ),
        mend=(
            "Delete the default. A question that is left blank is asked once more, "
            "and then counts as left out."
        ),
    ),
    Code(
        code="SC110",
        title="A name is taken already",
        why="Rules could not tell the two apart.",
        mend=(
            "Choose another id for one of them, and use it in the rules and in the "
            "summary. Never give a published id to another question."
        ),
    ),
    Code(
        code="SC111",
        title="An id is a word of the language",
        why=(
            "Rules and answers files use the word for something else, such as "
            "`none`, `unsure`, `true` or `class`."
        ),
        mend="Choose another id.",
    ),
    Code(
        code="SC130",
        title="An id stands twice in one list",
        why="A finding, a check or a promise is known by its id in every record.",
        mend="Choose another id for the second.",
    ),
    Code(
        code="SC131",
        title="Something is named that does not exist",
        why=(
            "A help text or a criterion is named that is nowhere in the files: the "
            "patient would be shown nothing."
        ),
        mend=(
            "Correct the spelling, or add what is named: help texts stand in help.yaml."
        ),
    ),
    Code(
        code="SC132",
        title="A source that is not in the bibliography",
        why=(
            "Every rule must say what it rests on, in words that a clinician can "
            "look up."
        ),
        mend="Correct the spelling, or add the source to sources.yaml.",
    ),
    Code(
        code="SC133",
        title="Criteria imply one another in a circle",
        why=(
            "A criterion that is contained in another need not be told beside it. "
            "In a circle none would be told."
        ),
        mend="Delete `implied_by` from the one that stands for itself.",
    ),
    Code(
        code="SC139",
        title="A criterion said to be contained in one of another kind",
        why="It does something else than the other: one of the kinds may be a slip.",
        mend="Give both the same kind, or delete `implied_by`.",
    ),
    Code(
        code="SC140",
        title="A promise says both or neither",
        why="A promise is either what never happens or what always holds.",
        mend="Keep one of `never` and `always`. Write two promises if you need both.",
    ),
    Code(
        code="SC150",
        title="A parameter has no value",
        why="A named limit without a number limits nothing.",
        mend="Add `value:` with a number, or with a list of words.",
    ),
    Code(
        code="SC160",
        title="The summary shows a value that is not worked out",
        why="The clinician's page would have an empty line.",
        mend="Correct the spelling, or take the line out of the summary.",
    ),
    Code(
        code="SC161",
        title="The summary reports an answer that is not asked",
        why="The total that a patient was told would not be shown.",
        mend="Name the questions by their ids.",
    ),
    Code(
        code="SC162",
        title="The summary reports a version that is no instrument",
        why=(
            "The bands to print beside a reported total come from the instrument of"
            " that name."
        ),
        mend=(
            "Let each option of the question be the id of an instrument, or add the"
            " instrument's file."
        ),
    ),
    Code(
        code="SC163",
        title="The summary shows an answer that is not asked",
        why="The clinician's page would have an empty line.",
        mend=(
            "Correct the spelling, or take it out of the summary. A question that "
            "was renamed has to be renamed here too."
        ),
    ),
    Code(
        code="SC105",
        title="A name without a value",
        why="It counts as not given, so that a limit or a condition would be gone.",
        mend="Write the value after the colon, or delete the line.",
    ),
)

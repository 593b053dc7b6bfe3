"""Codes of translations: what is stale, missing, or says more than its source."""

from __future__ import annotations

from screening.core.codes.code import Code

TRANSLATIONS = (
    Code(
        code="SC601",
        title="A translation of a text that there is not",
        why="Nobody will read it: its key is misspelt, or its question is gone.",
        mend="Correct the key, or delete the entry.",
    ),
    Code(
        code="SC602",
        title="A stale translation",
        why=(
            "The text has changed since it was translated, so that the two may say"
            " different things. While it concerns safety, patients are not offered the"
            " language."
        ),
        mend=(
            "Read both, mend the translation, and write the mark that the message"
            " names; `screening translate` with `--confirm` does it for you."
        ),
    ),
    Code(
        code="SC603",
        title="A translation that puts in other answers than its source",
        why="The patient would miss a name, or read braces.",
        mend="Use the same placeholders; the words after the bar are translated.",
    ),
    Code(
        code="SC604",
        title="A translation that is not whole",
        why=(
            "Texts that are missing are shown in the questionnaire's own language."
            " Patients are offered a language only when every text that concerns"
            " safety is there and not stale."
        ),
        mend="`screening translate` lists what is wanting, and can write it in.",
    ),
    Code(
        code="SC605",
        title="A translation that no clinician has signed off",
        why=(
            "A wrong word in a question of safety, or in what is said in a crisis, can"
            " harm. Patients are offered a language only when a named clinician has"
            " read those texts as they are now."
        ),
        mend=(
            "Have somebody who practises in that language read them in `screening"
            " preview`, then write their name with `screening translate` and"
            " `--reviewed-by`."
        ),
    ),
)

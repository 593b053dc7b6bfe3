"""Codes of texts: placeholders, marks, spaces, and what is never said."""

from __future__ import annotations

from screening.core.codes.code import Code

TEXTS = (
    Code(
        code="SC501",
        title="A placeholder of something that does not exist",
        why="The words in braces would be shown as they are.",
        mend=(
            "Correct the spelling. In help texts and receipts only the clinic's own"
            " words can be put in."
        ),
    ),
    Code(
        code="SC502",
        title="A placeholder of an answer that is not given yet",
        why="The patient would read a sentence with a hole.",
        mend="Move the text to a later page, or ask the question earlier.",
    ),
    Code(
        code="SC503",
        title="A brace that is no part of a placeholder",
        why="It would be shown as it is written.",
        mend=(
            "Write `{name}`, or `{name|words without an answer}`; or delete the brace."
        ),
    ),
    Code(
        code="SC504",
        title="A placeholder where nothing can be put in",
        why="Titles, options and reasons are the same for everyone.",
        mend="Write it without the placeholder.",
    ),
    Code(
        code="SC505",
        title="A score or a worked-out value in a text for patients",
        why="A patient never reads a score or what a rule came to.",
        mend="Put in answers only.",
    ),
    Code(
        code="SC506",
        title="Mark-up that would be shown as it is written",
        why=(
            "Texts know one mark, two stars round strong words. HTML and Markdown "
            "are shown as signs."
        ),
        mend="Write `**words**`, or plain text.",
    ),
    Code(
        code="SC507",
        title="A stray space",
        why=(
            "It shows that something was cut or pasted, and can break a line at the"
            " wrong place."
        ),
        mend="Delete it.",
    ),
    Code(
        code="SC508",
        title="A straight quote in a file that uses curly ones",
        why="Pages look uneven, and a search misses one of the two.",
        mend="Write “ ” or ’ as elsewhere in the file.",
    ),
    Code(
        code="SC509",
        title="Something that is never said to a patient",
        why=(
            "A form must not tell a patient a diagnosis, that they are suitable, "
            "what will happen to them, a dose, or to change a medicine; and it must"
            " not advertise."
        ),
        mend=(
            "Ask instead of telling, say what happens next, and leave the rest to "
            "the clinician."
        ),
    ),
    Code(
        code="SC510",
        title="A quote or bracket without its pair",
        why="It is shown as it is written: its other half was lost.",
        mend="Write both, or delete it.",
    ),
    Code(
        code="SC511",
        title="A long sentence",
        why="People who are worried, tired or new to the language lose its thread.",
        mend="Make it two sentences, or a list. Only `--prose` tells this.",
    ),
    Code(
        code="SC512",
        title="A text that is hard to read",
        why=(
            "It has a reading grade above 9 (Flesch and Kincaid). Half of adults "
            "read below it."
        ),
        mend="Use shorter sentences and everyday words. Only `--prose` tells this.",
    ),
)

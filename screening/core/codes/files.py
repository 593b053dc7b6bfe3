"""Codes of the file itself: can it be read at all?"""

from __future__ import annotations

from screening.core.codes.code import Code

FILES = (
    Code(
        code="SC001",
        title="The file is not valid YAML",
        why=(
            "Nothing in the file can be understood until this is mended, so this is"
            " the only problem told about it."
        ),
        mend=(
            "Look at the line that is named and at the one above. Usual slips: no "
            "space after a colon, a quote or a bracket that is never closed, a line"
            " that stands one space too far in or out, a tab, or a text with a "
            "colon that needs quotes."
        ),
    ),
    Code(
        code="SC002",
        title="The file is too large",
        why=(
            "A file of more than 256 KiB was never meant by a coordinator, and "
            "would be slow to check at each change."
        ),
        mend=(
            "Take out what was pasted by mistake. Move scales to instruments/ and "
            "long lists to catalogues/."
        ),
    ),
    Code(
        code="SC003",
        title="The file is not UTF-8 text",
        why="Letters such as é or ü would turn into other signs on the patient's page.",
        mend=(
            "Save the file as UTF-8. In most editors the encoding stands in the "
            "bottom line, or in the dialogue “Save as”."
        ),
    ),
    Code(
        code="SC004",
        title="A control character stands in the file",
        why=(
            "It can't be seen, and came in by pasting. On a page or in a printed "
            "summary it could hide or change words."
        ),
        mend="Delete the sign at the place that is named, and type the word again.",
    ),
    Code(
        code="SC005",
        title="A second document begins in the file",
        why=(
            "Only the first would be read. What stands below would be ignored "
            "without a word."
        ),
        mend=(
            "Delete the line of three dashes, or move what stands below it to a "
            "file of its own."
        ),
    ),
    Code(
        code="SC006",
        title="The file is empty",
        why="There is nothing to check or to ask.",
        mend="Begin the file with `language_version: 1`, or delete it.",
    ),
    Code(
        code="SC007",
        title="Lists and names stand too deep inside one another",
        why=(
            "No file needs more than 32 levels; so many come from a slip in "
            "brackets or indentation."
        ),
        mend="Count the brackets on the line, and close them where they belong.",
    ),
    Code(
        code="SC008",
        title="An anchor or an alias",
        why=(
            "In YAML, `&` and `*` at the start of a value copy one part of a file "
            "to another place. A reader could no longer see at a question what it "
            "says."
        ),
        mend="Write the value out again. If it is text, put it in quotes.",
    ),
    Code(
        code="SC009",
        title="A tag",
        why=(
            "In YAML, `!` at the start of a value asks a program to turn it into "
            "something else. Here every value is what is written."
        ),
        mend="Delete the tag. If it is text, put it in quotes. In a rule, write `not`.",
    ),
    Code(
        code="SC010",
        title="A name is not text",
        why="A list or names in braces stand where one name is needed, before a colon.",
        mend="Write one name before the colon, and the list behind it.",
    ),
    Code(
        code="SC011",
        title="A name stands twice in one place",
        why="One of the two would win, and which one is not for a computer to choose.",
        mend="Keep one of them. The message names the line of the first.",
    ),
    Code(
        code="SC012",
        title="There is no such file",
        why="The command was asked for something that is not there.",
        mend="Check the name, and the folder that you are in.",
    ),
    Code(
        code="SC014",
        title="A file says another id than its name",
        why=(
            "A file is found by its name. An id that differs was copied from "
            "another file, or the file was renamed."
        ),
        mend="Make both the same.",
    ),
    Code(
        code="SC015",
        title="A file that can't be laid out in the one form",
        why=(
            "`screening fmt` writes a file anew only where it can show that every "
            "meaning and every comment stays."
        ),
        mend=(
            "Put comments on lines of their own, outside of brackets and of texts "
            "over several lines. The file is good without it, too."
        ),
    ),
    Code(
        code="SC016",
        title="A questionnaire that can't be begun so",
        why=(
            "Its id is the name of its folder and part of rules, addresses and "
            "records; and nothing that is there is replaced."
        ),
        mend="Choose another id or title, as the message says.",
    ),
    Code(
        code="SC017",
        title="More is wrong than is told at once",
        why="One slip at the top of a file can make hundreds of complaints below it.",
        mend="Mend the first ones, then check again.",
    ),
)

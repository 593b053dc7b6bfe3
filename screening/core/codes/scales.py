"""Codes of instruments, text packs and catalogues."""

from __future__ import annotations

from screening.core.codes.code import Code

SCALES = (
    Code(
        code="SC118",
        title="An entry has an attribute that its catalogue does not declare",
        why="It would be ignored, though whoever wrote it relied on it.",
        mend="Correct the spelling, or declare the attribute at the top of the file.",
    ),
    Code(
        code="SC119",
        title="An attribute does not fit its type",
        why="Rules compare it as the type that is declared.",
        mend=(
            "Write a plain number without its unit, yes or no in quotes, or one of "
            "the options."
        ),
    ),
    Code(
        code="SC176",
        title="A name finds two entries of a catalogue",
        why="A patient who types it would always get the first.",
        mend="Keep the name with one of them, or make it longer in one.",
    ),
    Code(
        code="SC301",
        title="A text pack has no text for an item",
        why="Items are asked in their published wording or not at all.",
        mend="Add the exact wording from the holder's form.",
    ),
    Code(
        code="SC302",
        title="A text pack has a text for what the instrument does not have",
        why="The wording would belong to another edition of the instrument.",
        mend="Correct the id of the item, or delete the line.",
    ),
    Code(
        code="SC303",
        title="An item has no text",
        why="The file says that its text is shipped.",
        mend=(
            "Add `ask:`. If the text may not be shipped, write `text: pack` at the "
            "top and keep `topic:`."
        ),
    ),
    Code(
        code="SC304",
        title="A parameter of an instrument has no number",
        why="A threshold without a number decides nothing.",
        mend="Give it `value:`, or `options:` with a `default:`.",
    ),
    Code(
        code="SC305",
        title="There is no such instrument",
        why="A page names a file in instruments/ that is not there.",
        mend="Correct the name, or add the file.",
    ),
    Code(
        code="SC306",
        title="The text of an instrument is not there",
        why=(
            "Its holder does not allow the text to be passed on, so it comes as a "
            "pack from the holder."
        ),
        mend=(
            "Get a licence, then import the pack. Until then write `if_licensed: "
            "true` on the page: it is left out with a notice."
        ),
    ),
    Code(
        code="SC307",
        title="A parameter has no option of that name",
        why="The threshold would be none of those published.",
        mend="Name one of the options as `default:`, or in the answers file.",
    ),
    Code(
        code="SC308",
        title="A parameter is not a number",
        why="An answers file gives a parameter of the instrument a value that is none.",
        mend="Write a plain number.",
    ),
    Code(
        code="SC309",
        title="There is no such parameter",
        why="An answers file gives a parameter that the instrument does not have.",
        mend="Correct the spelling.",
    ),
    Code(
        code="SC310",
        title="A score names an item that does not exist",
        why="Its points would be missing from the total.",
        mend="Correct the id. Items without an id are q1, q2, … in their order.",
    ),
    Code(
        code="SC311",
        title="The published range is not what the items add up to",
        why=(
            "Either a weight or the range is mistyped, and each total would be read"
            " against the wrong scale."
        ),
        mend=(
            "Compare weights and range with the publication, and correct the one "
            "that is wrong."
        ),
    ),
    Code(
        code="SC312",
        title="A pack is of another instrument, or none is needed",
        why="The wording would be asked under a wrong name.",
        mend="Name the instrument that the pack is for.",
    ),
    Code(
        code="SC313",
        title="The licence does not allow this use",
        why=(
            "The clinic declares what it uses instruments for; the holder has not "
            "allowed that."
        ),
        mend="Ask the holder and record the permission, or take the page out.",
    ),
    Code(
        code="SC320",
        title="Bands of something that does not exist",
        why="No band would ever be shown.",
        mend="Correct the name of the score after `of:`.",
    ),
    Code(
        code="SC321",
        title="A gap or an overlap between bands",
        why="A total in the gap would have no band, one in the overlap two.",
        mend="Start each band one above the end of the one before, the lowest first.",
    ),
    Code(
        code="SC322",
        title="The last band does not end where the score does",
        why=(
            "The highest totals would have no band, or the band promises totals "
            "that can't be."
        ),
        mend="End the last band at the highest possible total.",
    ),
    Code(
        code="SC330",
        title="A LOINC code is mistyped",
        why=(
            "Its last digit is worked out from the others, and does not agree. "
            "Another system would file the result under something else."
        ),
        mend="Look the code up at loinc.org and copy it.",
    ),
    Code(
        code="SC331",
        title="A score has no source",
        why="Nobody could check how it is made.",
        mend="Add `sources:` to the score, or to the instrument.",
    ),
    Code(
        code="SC314",
        title="A score that does not say how it is made, or says it twice",
        why="A sum and a mean of the same items are different scores.",
        mend="Write one of `sum`, `mean`, `max`, `count`, with `all` or some items.",
    ),
    Code(
        code="SC315",
        title="A score of no items",
        why="It would always be zero, and look like a result.",
        mend="Name its items, or write `all`.",
    ),
    Code(
        code="SC316",
        title="An item that a score names twice, or reverses without adding it",
        why="Its points would count twice, or the reversal would do nothing.",
        mend="Name each item once; reverse only what the score adds.",
    ),
    Code(
        code="SC317",
        title="A pro-rated score that may miss no item, or all of them",
        why="Nothing would be pro-rated, or nothing would be left to pro-rate from.",
        mend="Give the number that the publication allows.",
    ),
    Code(
        code="SC318",
        title="Options without points in a score",
        why="An answer that has no points can't be added.",
        mend="Use whole numbers as the options' values, or give each a `weight:`.",
    ),
    Code(
        code="SC319",
        title="A pack's text for an option that the instrument does not have",
        why="Nobody would read it; perhaps another one has no text.",
        mend="Correct the option's value, or delete the line.",
    ),
    Code(
        code="SC323",
        title="A table without bands",
        why="There is nothing that a score could be called.",
        mend="Write each band as `name: [from, to]`, or delete the table.",
    ),
    Code(
        code="SC324",
        title="Several tables of bands, and not exactly one is the usual",
        why="Published tables disagree; the page prints one band beside the score.",
        mend="Write `default: true` for one table of each score.",
    ),
    Code(
        code="SC325",
        title="A result with the name of a table's band",
        why="The band of a table NAME is reported as `band_NAME`.",
        mend="Choose another id for the result.",
    ),
)

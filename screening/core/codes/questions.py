"""Codes of questions and pages: can this be asked as it is written?"""

from __future__ import annotations

from screening.core.codes.code import Code

QUESTIONS = (
    Code(
        code="SC112",
        title="Too few options",
        why="A choice has at least two sides.",
        mend=(
            "Add options under `options:`, or use type `acknowledge` for something "
            "to tick."
        ),
    ),
    Code(
        code="SC113",
        title="Options of a question that has none",
        why="Only questions of type `choice` and `choices` are answered by options.",
        mend="Change the type, or delete the options.",
    ),
    Code(
        code="SC114",
        title="Two options read the same",
        why="A patient could not tell them apart, and the record would hold either.",
        mend="Word them differently, or delete one.",
    ),
    Code(
        code="SC115",
        title="An exclusive option is not the last",
        why="“None of these” is read after the list that it is about.",
        mend="Move it to the end.",
    ),
    Code(
        code="SC116",
        title="A range that holds nothing, or one value only",
        why="No answer would be taken.",
        mend="Write the lowest first: `[lowest, highest]`.",
    ),
    Code(
        code="SC117",
        title="There is no such catalogue",
        why="A question of type `pick` offers the entries of a file in catalogues/.",
        mend="Write `from:` with the name of the file, without `.yaml`.",
    ),
    Code(
        code="SC120",
        title="Something may stay unknown, and no reason is given",
        why=(
            "What a decisive rule reads is something the clinic must know. An "
            "exception is accepted only with a reason that a colleague can judge."
        ),
        mend="Add `because:` in a few words, or delete `must_know`.",
    ),
    Code(
        code="SC121",
        title="A group has no questions",
        why="There is nothing to ask.",
        mend="Add its questions under `questions:`.",
    ),
    Code(
        code="SC122",
        title="`riskier` does not fit the question",
        why=(
            "It says in which direction answers become riskier: numbers go `up` or "
            "`down`, options are listed with the safest first."
        ),
        mend="Write `up` or `down` for a number, a list of the options for a choice.",
    ),
    Code(
        code="SC123",
        title="A scale has no ends",
        why="A line needs a lowest and a highest point.",
        mend="Add `range: [0, 10]`, or whatever the ends are.",
    ),
    Code(
        code="SC124",
        title="A scale has too many points, or one",
        why=(
            "A line can show at most 100 steps, and one point leaves nothing to choose."
        ),
        mend="Widen the range, or give it a larger `step:`.",
    ),
    Code(
        code="SC125",
        title="A yes-or-no question has other options",
        why="Type `yes_no` means exactly yes and no; rules rely on it.",
        mend="Use type `choice`. For “not sure” write `not_sure: true`.",
    ),
    Code(
        code="SC126",
        title="An exclusive option where only one can be chosen",
        why="Options of a `choice` shut one another out anyway.",
        mend="Delete `exclusive`, or use type `choices`.",
    ),
    Code(
        code="SC127",
        title="Not knowing is written as an option",
        why=(
            "“Not sure” and “I prefer not to say” are states: what is not known "
            "never passes a rule. As an option they would count as an answer."
        ),
        mend=(
            "Delete the option, and write `not_sure: true` or `prefer_not_to_say: "
            "true`."
        ),
    ),
    Code(
        code="SC128",
        title="Something that this type of question does not have",
        why="It would be ignored, though whoever wrote it relied on it.",
        mend=(
            "Delete it, or change the type: the message lists those that it goes with."
        ),
    ),
    Code(
        code="SC129",
        title="Something may be hidden, and no reason is given",
        why=(
            "A safety question that is not asked can't warn. An exception is "
            "accepted only with a reason that a colleague can judge."
        ),
        mend="Add `because:` in a few words.",
    ),
    Code(
        code="SC151",
        title="The id of a page stands twice",
        why="Progress and links know a page by its id.",
        mend="Choose another id for the second.",
    ),
    Code(
        code="SC152",
        title="A page shows nothing",
        why="A patient would see a title and a button.",
        mend="Add questions, an instrument or a repeat; or delete the page.",
    ),
    Code(
        code="SC153",
        title="A condition looks at what is not asked yet",
        why=(
            "Pages work without script: what decides whether a question is shown "
            "must have been answered on an earlier page."
        ),
        mend=(
            "Move the question to a later page, or the one that it depends on to an"
            " earlier one."
        ),
    ),
    Code(
        code="SC154",
        title="A page holds two kinds of content",
        why=(
            "A page has questions, or an instrument, or a repeat with its "
            "questions. Of two, one would not be shown."
        ),
        mend="Make it two pages.",
    ),
    Code(
        code="SC155",
        title="Something that a question of a repeat can't have",
        why="Every entry of a list asks the same questions, all of them.",
        mend="Say it of the page, or ask it on a page of its own.",
    ),
    Code(
        code="SC170",
        title="`unit` and `units` stand together",
        why="The answer would have two units.",
        mend="Keep `units`; its first is the one that answers are kept in.",
    ),
    Code(
        code="SC171",
        title="Units that can't be chosen between",
        why=(
            "An answer in one unit is converted to the first. Kilograms can't be "
            "turned into centimetres."
        ),
        mend="Offer units of one kind, each once.",
    ),
    Code(
        code="SC172",
        title="A unit that is not known",
        why=(
            "Comparing milligrams with weeks is an error only while both are "
            "written as units."
        ),
        mend=(
            "Write a word (`year`, `week`, `day`, `percent`) or a code of UCUM: "
            "`mg`, `kg`, `mm[Hg]`, `[lb_av]`."
        ),
    ),
    Code(
        code="SC173",
        title="A day that there is not",
        why="The limits of a date are days.",
        mend=(
            "Write it as year-month-day (`2020-01-31`), `today`, or counted from it"
            " (`18 years before today`)."
        ),
    ),
    Code(
        code="SC174",
        title="Steps that do not fit the scale",
        why="From the lowest point, whole steps must lead to the highest exactly.",
        mend="Choose a step that divides the range.",
    ),
    Code(
        code="SC175",
        title="A label of a point that the scale does not have",
        why="It would never be shown.",
        mend='Label points of the scale: `{0: "None", 10: "The worst"}`.',
    ),
    Code(
        code="SC134",
        title="An option that is part of a question",
        why="It slipped in under `options:`, and patients would see it.",
        mend="Indent it as `options:` is.",
    ),
    Code(
        code="SC135",
        title="Help for those who decline, where nobody can",
        why="The help would never be shown.",
        mend="Add `prefer_not_to_say: true`, or delete `help_if_declined`.",
    ),
    Code(
        code="SC136",
        title="A source named twice",
        why="One of the two was meant to be another.",
        mend="Delete it, or name the other source.",
    ),
    Code(
        code="SC137",
        title="Suggestions from something that was not picked",
        why="Nothing would ever be suggested.",
        mend="Name an earlier page's repeat and an attribute of what is picked there.",
    ),
    Code(
        code="SC156",
        title="Something that means nothing on this kind of page",
        why="It would be ignored, and somebody counts on it.",
        mend="Delete it, or add `repeat:` or `instrument:`.",
    ),
    Code(
        code="SC164",
        title="Words for something that a value never is",
        why="The clinician would never read them, and another word has none.",
        mend="Correct the word, as the value's rows have it.",
    ),
)

"""Codes of rules: can this condition be read, and does it compare like with like?"""

from __future__ import annotations

from screening.core.codes.code import Code

RULES = (
    Code(
        code="SC201",
        title="A rule is too long",
        why="Nobody can check a condition of more than 4,000 characters by reading it.",
        mend="Give parts of it a name under `derived:`, and use the names.",
    ),
    Code(
        code="SC202",
        title="A rule can't be read",
        why="It has a sign that rules do not know, or ends too soon.",
        mend=(
            "Write conditions as in the example of the message. Compare with `==`, "
            "`!=`, `<`, `<=`, `>`, `>=`; join with `and`, `or`, `not`; put options "
            "in straight quotes."
        ),
    ),
    Code(
        code="SC203",
        title="A rule is too deep to be read",
        why="So many signs in one another come from a slip.",
        mend="Give parts of it a name under `derived:`.",
    ),
    Code(
        code="SC204",
        title="Something that is not part of the language of rules",
        why=(
            "Rules are a small part of a larger language, so that each can be "
            "proved and put into words."
        ),
        mend=(
            "Use names, numbers, quoted text, lists in square brackets, "
            "comparisons, `and`, `or`, `not`, `+ - * /`, and the functions of the "
            "reference."
        ),
    ),
    Code(
        code="SC205",
        title="A rule is not true or false",
        why=(
            "A condition must come out true or false. A question alone is a number "
            "or an option."
        ),
        mend='Compare it: `a_day >= 20`, `smokes == "yes"`.',
    ),
    Code(
        code="SC206",
        title="A value that is no plain number or text",
        why=(
            "Numbers are written plainly, with at most four decimals; truths are "
            "`true` and `false`."
        ),
        mend=(
            'Write `20`, `0.5`, `"text"`, `true` or `false`. For an answer that is '
            "missing, write `not answered(x)`."
        ),
    ),
    Code(
        code="SC207",
        title="A part of a rule is not true or false",
        why="`and`, `or`, `not`, `any` and `all` join things that are true or false.",
        mend='Compare it with something. For several options write `x in ["a", "b"]`.',
    ),
    Code(
        code="SC208",
        title="Arithmetic with what is no number",
        why="Only numbers can be added up.",
        mend="Use a number. For options with points, use an instrument's score.",
    ),
    Code(
        code="SC210",
        title="A name that does not exist",
        why="A rule on a misspelt name would never be met.",
        mend=(
            "Correct the spelling: the message names the nearest one. Of an "
            "instrument, a group or an entry say which part: `phq9.total`."
        ),
    ),
    Code(
        code="SC211",
        title="An entry of a list has no such part",
        why=(
            "The questions of a repeat, and the values worked out for each entry, "
            "are its parts."
        ),
        mend="Correct the spelling.",
    ),
    Code(
        code="SC212",
        title="A catalogue has no such attribute",
        why="The attributes stand at the top of the catalogue's file.",
        mend="Correct the spelling, or add the attribute to the catalogue.",
    ),
    Code(
        code="SC213",
        title="A part of something that has none",
        why="A dot asks for a part: of an instrument, a group, an entry or a medicine.",
        mend="Use the name alone. Compare an option with `==`.",
    ),
    Code(
        code="SC220",
        title="Things that can't be compared",
        why=(
            "A number in quotes is text, and an option is no number: they would "
            "never be equal."
        ),
        mend=(
            "Compare a number with a number, an option with an option in quotes, a "
            "date with `age_on(…)` or `days_since(…)`, a list with `count(…)`."
        ),
    ),
    Code(
        code="SC221",
        title="Units that can't be compared",
        why="20 milligrams are neither more nor less than 12 weeks.",
        mend="Compare values of one unit.",
    ),
    Code(
        code="SC222",
        title="An option that does not exist",
        why="The comparison would never be true: a rule on it would never be met.",
        mend=(
            "Write the option's value, not its label. For “not sure” write "
            "`unsure(x)`, for “prefer not to say” `declined(x)`."
        ),
    ),
    Code(
        code="SC223",
        title="Things that have no order",
        why="Options and texts are equal or not; none is more than another.",
        mend='Use `==`, `!=` or `in ["a", "b"]`.',
    ),
    Code(
        code="SC224",
        title="`in` without a list",
        why="`in` asks whether something is one of several.",
        mend="Write the list in square brackets, or use `==`.",
    ),
    Code(
        code="SC225",
        title="An option without quotes",
        why="Without quotes a word is a name.",
        mend=(
            "Put the option in quotes. If the rule as a whole stands in double "
            "quotes, use single ones inside or outside."
        ),
    ),
    Code(
        code="SC230",
        title="A function that does not exist",
        why="Rules know only the functions of the reference.",
        mend=(
            "Correct the spelling, or write it with `and`, `or`, `not` and comparisons."
        ),
    ),
    Code(
        code="SC231",
        title="A function with too much or too little in it",
        why="Every function takes one thing.",
        mend=(
            "Write one thing between the parentheses. For the largest of several "
            "write `max(x for x in [a, b])`."
        ),
    ),
    Code(
        code="SC232",
        title="The state of something that is not asked",
        why=(
            "`answered`, `unsure` and `declined` ask what a patient did with a "
            "question."
        ),
        mend="Name a question. For a score or a worked-out value use `known(…)`.",
    ),
    Code(
        code="SC233",
        title="A length of time without a whole number",
        why="`days`, `weeks`, `months` and `years` count whole ones.",
        mend="Write a whole number, such as `months(6)`.",
    ),
    Code(
        code="SC234",
        title="A function of days on something that is no date",
        why="Only a question of type `date` has a day.",
        mend="Name a question of type date.",
    ),
    Code(
        code="SC235",
        title="A loop over something that is no list",
        why=(
            "`for … in …` goes through the entries of a repeat, or through a list "
            "in square brackets."
        ),
        mend="Name a repeat or write a list.",
    ),
    Code(
        code="SC236",
        title="A function that can't look through this",
        why="`any` and `all` need truths, `sum`, `min` and `max` numbers.",
        mend="Say what of each entry is meant: `any(t.adequate for t in trials)`.",
    ),
    Code(
        code="SC237",
        title="Loops are too deep",
        why="More than four loops in one another can't be followed.",
        mend="Work out a value for each entry under `derived:`, and use it.",
    ),
    Code(
        code="SC240",
        title="A worked-out value has none, or two",
        why="Its value is an expression or rows, not both.",
        mend="Keep one of them.",
    ),
    Code(
        code="SC241",
        title="A row says no word",
        why="A row is a condition and the word that comes out.",
        mend="Add `is:` with the word.",
    ),
    Code(
        code="SC242",
        title="The last row has a condition",
        why="When no row holds, nothing would come out.",
        mend="End with a row that has only `is:`.",
    ),
    Code(
        code="SC243",
        title="A row without a condition is not the last",
        why=(
            "Rows are read downwards, and the first that holds wins. The rows below"
            " would never be reached."
        ),
        mend="Move the row to the end, or give it `when:`.",
    ),
    Code(
        code="SC244",
        title="Worked-out values go round in a circle",
        why="Each needs another first.",
        mend="Let one of them read answers only.",
    ),
    Code(
        code="SC245",
        title="Values for each entry of something that is no repeat",
        why=(
            "Names below a name under `derived:` are worked out for each entry of "
            "the repeat of that name."
        ),
        mend="Correct the name of the repeat, or write the value after the colon.",
    ),
    Code(
        code="SC246",
        title="`if_undetermined` stands on a row with a condition",
        why="It is the word for not knowing, whatever the conditions are.",
        mend="Make it a row of its own.",
    ),
)

"""Which expressions are refused before anything runs, at which column, and how?"""

import pytest

from tests.core.names import made, problems_in


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        # not an expression
        ("age >=", "SC202", 6),
        ("age ==== 3", "SC202", 4),
        ("age > 18and fine", "SC202", 7),
        ("", "SC202", 0),
        ("age = 3", "SC202", 4),
        ("n == 0; m == 1", "SC202", 6),
        ("(" * 250 + "n == 1" + ")" * 250, "SC202", 200),
        ("n == 0\x00", "SC202", 7),
        ("n == 1  # and m == 2", "SC202", 8),
        # not part of the language
        ("n if fine else m", "SC204", 0),
        ("(lambda: n)", "SC204", 1),
        ("[t for t in trials]", "SC204", 0),
        ("{1, 2}", "SC204", 0),
        ("{1: 2}", "SC204", 0),
        ("(1, 2)", "SC204", 0),
        ('f"{n}"', "SC204", 0),
        ("n[0] == 1", "SC204", 0),
        ("(n := 3)", "SC204", 1),
        ("n ** 2 > 1", "SC204", 0),
        ("n % 2 == 1", "SC204", 0),
        ("n // 2 == 1", "SC204", 0),
        ("n | m == 1", "SC202", 2),
        ("~n == 1", "SC204", 0),
        ("n is 1", "SC204", 2),
        ("fine is not true", "SC204", 5),
        # constants
        ("n == True", "SC206", 5),
        ("n == None", "SC206", 5),
        ("n == 1e5", "SC206", 5),
        ("n == 1_0", "SC206", 5),
        ("n == 0x10", "SC206", 5),
        ("n == 1j", "SC206", 5),
        ("n == ...", "SC206", 5),
        ("n == 1.23456", "SC206", 5),
        ("n == 12345678901", "SC206", 5),
        ('note == b"x"', "SC206", 8),
        # kinds
        ("n", "SC205", 0),
        ("colour", "SC205", 0),
        ("fine and n", "SC207", 9),
        ("not n", "SC207", 4),
        ("n + colour > 1", "SC208", 4),
        ("-colour > 1", "SC208", 1),
        # names
        ("nothing == 1", "SC210", 0),
        ("n == 1 and agee > 3", "SC210", 11),
        ("scale == 1", "SC210", 0),
        ("scale.q9 == 1", "SC210", 0),
        ("any(t.nope == 1 for t in trials)", "SC211", 4),
        ("drug.nope == 1", "SC212", 0),
        ("n.real == 1", "SC213", 0),
        ("note.upper == 1", "SC213", 0),
        ("n.__class__ == 1", "SC213", 0),
        # comparisons
        ('n == "three"', "SC220", 5),
        ("colour == 3", "SC220", 10),
        ("born == 3", "SC220", 8),
        ("trials == 3", "SC220", 10),
        ("tried == tried", "SC220", 9),
        ("dose >= weeks_taken", "SC221", 8),
        ("dose * weeks_taken > dose", "SC221", 21),
        ("dose / weeks_taken > dose", "SC221", 21),
        ("dose + weeks_taken >= 3", "SC221", 0),
        ("dose >= months(3)", "SC221", 8),
        ('colour == "rde"', "SC222", 10),
        ('colour in ["red", "rde"]', "SC222", 18),
        ('"tmss" in tried', "SC222", 0),
        ('drug == "sertralin"', "SC222", 8),
        ('colour == "unsure"', "SC222", 10),
        ('colour < "red"', "SC223", 9),
        ('note < "a"', "SC223", 7),
        ("fine < true", "SC223", 7),
        ("n in 3", "SC224", 5),
        ("n in note", "SC224", 5),
        # functions
        ("eval(n)", "SC230", 0),
        ("answerd(n)", "SC230", 0),
        ("n.bit_length() == 1", "SC230", 0),
        ("__import__(note)", "SC230", 0),
        ("answered(n, m)", "SC231", 0),
        ("answered()", "SC231", 0),
        ("answered(x=n)", "SC231", 0),
        ("count(*trials)", "SC204", 6),
        ("answered(fine)", "SC232", 9),
        ("answered(n + 1)", "SC232", 9),
        ("unsure(scale.total)", "SC232", 7),
        ("n > months(m)", "SC233", 11),
        ("n > months(1.5)", "SC233", 11),
        ("age_on(n) > 18", "SC234", 7),
        ("days_since(note) > 18", "SC234", 11),
        ("any(t for t in n)", "SC235", 15),
        ("any(n)", "SC236", 4),
        ("sum(trials) > 3", "SC236", 4),
    ],
)
def test_a_fault_is_told_at_its_column(text, code, column):
    found = problems_in(text)

    assert (code, column) in [(code, column) for code, column, _ in found]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("agee > 3", 'Did you mean "age"?'),
        ('colour == "rde"', 'Did you mean "red"?'),
        ("answerd(n)", 'Did you mean "answered"?'),
        ("scale.totl > 3", 'Did you mean "scale.total"?'),
        ("any(t.dos > 1 for t in trials)", 'Did you mean "dose"?'),
        ("drug.leest > 1", 'Did you mean "least"?'),
        ('drug == "sertralin"', 'Did you mean "sertraline"?'),
        ('colour == "unsure"', "write unsure(…)"),
        ('colour == "prefer_not"', "write declined(…)"),
        ("scale > 3", "Say which part of it: scale.q1, scale.total."),
    ],
)
def test_a_fault_says_what_to_write_instead(text, fix):
    ((_, _, told),) = problems_in(text)

    assert fix in told


def test_all_faults_of_an_expression_are_told_at_once():
    text = 'agee > 3 and colour == "rde" and dose > weeks_taken and eval(n)'

    codes = [code for code, _, _ in problems_in(text)]

    assert codes == ["SC210", "SC222", "SC221", "SC230"]


def test_one_fault_is_told_once_though_more_hangs_on_it():
    assert [code for code, _, _ in problems_in("nope.nope + 3 > 1")] == ["SC210"]
    assert [code for code, _, _ in problems_in("not nope == 1 and n > 1")] == ["SC210"]
    assert len(problems_in("sum(x for x in nope) > 1")) == 1


def test_a_line_break_counts_as_a_space():
    assert problems_in("n == 1\n  and m == 2\n") == []
    assert problems_in("n == 1\nand nope == 2")[0][:2] == ("SC210", 11)


def test_a_sign_in_quotes_starts_no_comment():
    assert problems_in('note == "bed # 3"') == []


def test_columns_count_characters_not_bytes():
    ((code, column, _),) = problems_in('note == "größer" and nope == 1')

    assert (code, column) == ("SC210", 21)


def test_expressions_are_short():
    ((code, _, _),) = problems_in(" or ".join(["n == 1"] * 500))

    assert code == "SC201"


@pytest.mark.parametrize(
    "text",
    [
        "not " * 40 + "fine",
        "(" * 40 + "n == 1" + ")" * 40 + " and " + "not " * 40 + "fine",
        "n" + " + 1" * 40 + " == 1",
        "-" * 40 + "n == 1",
        "any(" * 40 + "fine" + " for t in trials)" * 40,
        "not " * 900 + "fine",
    ],
)
def test_expressions_are_shallow(text):
    codes = {code for code, _, _ in problems_in(text)}

    assert codes <= {"SC202", "SC203", "SC204", "SC237"}
    assert codes


def test_loops_nest_four_deep_and_no_deeper():
    def nested(depth):
        names = [f"t{number}" for number in range(depth)]
        loops = "".join(f" for {name} in trials)" for name in names)
        return "any(" * depth + "fine" + loops

    assert problems_in(nested(4)) == []
    assert problems_in(nested(5)) != []


def test_a_loop_keeps_its_name_to_itself():
    ((code, _, _),) = problems_in("any(t.dose > 1 for t in trials) and t.dose > 1")

    assert code == "SC210"


@pytest.mark.parametrize(
    "text",
    [
        "dose * 2 >= dose",
        "days_since(born) >= months(6)",
        'drug != "tea"',
        "n >= limit",
        'note == "free text"',
        "fine == true",
        "scale.q1 >= 1",
        "born < ended",
        "1 <= n <= 3",
        "known(scale.total)",
        'unsure(colour) or "tms" not in tried',
        "all(answered(t.dose) for t in trials)",
        "any(x > 3 for x in [n, m])",
    ],
)
def test_what_the_language_knows_is_read_without_complaint(text):
    assert problems_in(text) == []


def test_an_expression_knows_what_it_reads():
    expression = made("n >= limit and (m == n or scale.total > 1)")

    assert [symbol.name for symbol in expression.reads] == [
        "n",
        "limit",
        "m",
        "scale.total",
    ]


def test_an_endless_row_of_dots_is_a_problem_and_no_crash():
    text = "a" + ".a" * 1900

    assert problems_in(text) != []


def test_an_option_without_its_quotes_is_told_to_take_them():
    assert problems_in("colour == red") == [("SC225", 10, 'Write "red".')]


def test_a_number_in_quotes_is_to_be_written_without_them():
    ((_, _, fix),) = problems_in('age < "18"')

    assert fix == "Write the number without quotes: 18."


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_place_after_the_end_of_a_line_counts_from_the_start(end):
    rule = f'fine and ("\u00e9" == note or{end} "\u00e9\u00e9" == nothing)'

    found = problems_in(rule)

    assert ("SC210", rule.index("nothing")) in [one[:2] for one in found]

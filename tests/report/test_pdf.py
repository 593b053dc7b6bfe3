"""Is the PDF complete, readable by everyone, harmless, and the same every time?"""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from screening.report.pdf import render
from screening.report.text import MARK
from tests.report.patients import (
    MANY_SCRIPTS,
    MARKUP,
    NAMES,
    WORKED,
    answers_of,
    contact,
    full,
    full_answers,
    in_spanish,
    nearly_empty,
    questionnaire,
    record_of,
    summary_of,
    worked,
)

ROOT = Path(__file__).resolve().parents[2]
NEVER_SAID = (
    "you qualify",
    "you are eligible",
    "good candidate",
    "are cleared",
    "safe for you",
    "treatment-resistant",
    "treatment resistant",
    "refractory",
    "low risk",
    "risk level",
    "no risk",
    "breakthrough",
    "miracle",
    "rewire",
    "FDA-approved",
    "prevents suicide",
    "confidential",
)


def text_of(pdf, *options):
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text):
    return "".join(text.split())


def pages_of(pdf):
    return text_of(pdf).split("\f")[:-1]


def holds(pdf, text):
    return squeezed(text) in squeezed(text_of(pdf, "-raw"))


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_patients_pdf_holds_outcome_findings_and_what_is_missing(case):
    summary = worked(case)

    pdf = render(summary)

    text = squeezed(text_of(pdf, "-raw"))
    assert squeezed(f"Outcome: {summary.outcome.label}") in text
    assert all(finding.id in text for finding in summary.findings)
    assert all(squeezed(line.label) in text for line in summary.missing)
    assert "\u25a0" not in text


def test_every_finding_is_printed_with_its_rule_in_words():
    summary = worked("R2")

    pdf = render(summary)

    assert all(holds(pdf, f"Rule: {finding.rule}") for finding in summary.findings)


def test_the_banner_and_the_outcome_stand_first():
    first = pages_of(render(full()))[0]

    order = ["URGENT", "Outcome", "Reasons beside", "To check", "Medicines taken"]
    places = [first.index(word) for word in order]
    assert places == sorted(places)


@pytest.mark.parametrize("case", WORKED)
def test_the_first_page_alone_tells_why_what_is_not_known_and_what_was_tried(case):
    summary = worked(case)

    first = squeezed(text_of(render(summary), "-raw", "-l", "1"))

    wanted = [f"Outcome: {summary.outcome.label}", *summary.overview.conclusions]
    wanted += [finding.id for finding in summary.findings]
    wanted += [line.label for line in summary.missing]
    wanted += [one.title for each in summary.overview.tried for one in each.lines]
    wanted += [one.conclusion for each in summary.overview.tried for one in each.lines]
    assert [text for text in wanted if squeezed(text) not in first] == []


@pytest.mark.parametrize("summary", [full(), nearly_empty()], ids=["full", "empty"])
def test_what_the_first_page_has_no_room_for_is_counted_on_it(summary):
    first, second = pages_of(render(summary))[:2]

    counts = [int(n) for n in re.findall(r"And (\d+) more, on the next pages", first)]
    assert counts
    assert "Reasons, with the rule behind each" in second


@pytest.mark.parametrize(
    "summary",
    [full(), nearly_empty(), in_spanish(full_too=True), *map(worked, WORKED)],
)
def test_the_first_page_is_one_page(summary):
    second = pages_of(render(summary))[1]

    starts = ("Reasons, with the rule", "Motivos, con la regla", "Safety questions")
    assert any(second.split("\n\n", 2)[2].startswith(start) for start in starts)


@pytest.mark.parametrize("case", [c for c in WORKED if not c.startswith("U")])
def test_that_nothing_is_urgent_is_said_and_not_left_to_silence(case):
    assert "Danger: no rule for urgent or same-day help was met." in (
        " ".join(pages_of(render(worked(case)))[0].split())
    )


def test_what_is_not_settled_of_danger_is_named():
    first = " ".join(pages_of(render(nearly_empty()))[0].split())

    assert "Not settled, since answers are missing: urgent-chest," in first


def test_nothing_that_can_not_wait_is_left_out_of_the_first_page():
    everything = {
        question.key: "yes"
        for question in questionnaire().questions.values()
        if question.type.name == "YES_NO"
    }
    answers = answers_of("U1") | everything
    summary = summary_of(record_of(answers))

    first = squeezed(text_of(render(summary), "-raw", "-l", "1"))

    lines = (*summary.banner.lines, *summary.banner.also)
    assert len(lines) > 5
    assert all(squeezed(line) in first for line in lines)


def test_sections_stand_in_the_clinics_order():
    text = text_of(render(worked("L1")))

    wanted = [
        "Outcome:",
        "Safety questions that must be known and are not",
        "Safety answers, word for word",
        "OCD and its impact in the last 7 days",
        "OCD severity",
        "Treatments so far",
        "Heart and circulation",
        "Medicines now",
        "Mood and stress, item by item",
        "Practical",
        "Sources",
        "Versions",
    ]
    places = [text.rindex(f"\n{title}\n") for title in wanted[1:]]
    assert places == sorted(places)


def test_every_source_of_every_finding_is_printed():
    summary = worked("N2")

    pdf = render(summary)

    text = squeezed(text_of(pdf, "-raw"))
    for finding in summary.findings:
        for source in finding.sources:
            assert squeezed(f"{source.id} ({source.basis})") in text
            assert squeezed(source.reference) in text


def test_open_rules_and_missing_answers_are_printed():
    summary = worked("R2")

    pdf = render(summary)

    for line in (*summary.missing, *summary.accepted):
        assert holds(pdf, line.label)
        assert all(holds(pdf, rule) for rule in line.leaves_open)
    assert holds(pdf, f"Left open ({len(summary.rules.open)})")


def test_every_instruments_line_of_attribution_is_printed():
    summary = worked("L1")

    pdf = render(summary)

    assert all(holds(pdf, line.attribution) for line in summary.instruments)


def test_two_identifiers_and_the_page_stand_on_every_page():
    summary = summary_of(record_of(full_answers(), identity=contact("A Patient")))

    pages = pages_of(render(summary))

    for number, page in enumerate(pages, start=1):
        assert "A Patient" in page
        assert "born 3 February 1985" in page
        assert f"Page {number} of {len(pages)}" in page
        assert summary.record_hash in page
        assert summary.statement in page


def test_an_anonymous_record_says_so_on_every_page():
    pages = pages_of(render(worked("L1")))

    assert all("Anonymous: cannot be followed up" in page for page in pages)


def test_what_is_never_said_is_not_in_any_pdf():
    texts = [text_of(render(worked(case)), "-raw") for case in WORKED]

    together = " ".join(" ".join(texts).split()).lower()

    assert [phrase for phrase in NEVER_SAID if phrase.lower() in together] == []


# -- harmless


def test_markup_that_was_typed_is_printed_and_nothing_is_read():
    pdf = render(full())

    assert holds(pdf, MARKUP)
    with pikepdf.open(BytesIO(pdf)) as opened:
        kinds = [thing.get("/Subtype") for thing in opened.objects if _has_keys(thing)]
    assert "/Image" not in kinds


def test_a_word_without_end_is_printed_whole():
    answers = full_answers() | {
        "medicines": [{"medicine": "x" * 1990, "dose": "y" * 1990}]
    }

    pdf = render(summary_of(record_of(answers)))

    text = squeezed(text_of(pdf, "-raw"))
    assert "x" * 500 in text
    assert "y" * 500 in text


def test_a_name_of_5000_letters_does_not_stop_the_pdf():
    summary = summary_of(record_of({}, identity=contact("n" * 5000)))

    pages = pages_of(render(summary))

    assert all("nnnn" in page and "…" in page for page in pages)


def test_more_line_breaks_than_a_page_holds_are_all_drawn():
    lines = "\n".join(f"w{n}" for n in range(300))
    answers = full_answers() | {"medicines": [{"medicine": "a", "dose": lines}]}

    pdf = render(summary_of(record_of(answers)))

    text = text_of(pdf)
    assert all(re.search(rf"\bw{n}\b", text) for n in range(300))


@pytest.mark.parametrize("name", NAMES.values())
def test_a_name_in_any_script_is_read_back_as_it_was_written(name):
    pdf = render(summary_of(record_of(answers_of("L1"), identity=contact(name))))

    without_directions = re.sub("[\u200b\u202a-\u202e]", "", text_of(pdf))
    assert name.replace("\ufe0f", "") in without_directions
    assert MARK not in text_of(pdf)


def test_a_name_that_runs_from_the_right_is_read_aloud_as_it_was_written():
    pdf = render(full())

    with pikepdf.open(BytesIO(pdf)) as opened:
        said = [
            str(thing.ActualText)
            for thing in opened.objects
            if _has_keys(thing) and "/ActualText" in thing
        ]
    assert MANY_SCRIPTS in said


def test_what_no_font_has_is_marked_and_said_never_squared():
    pdf = render(worked("L1", identity=contact("Łódź \U00012000 𐎀")))

    text = text_of(pdf)
    assert f"Łódź {MARK}" in text
    assert "stands where this document's typeface" in text
    assert "\u25a0" not in text


# -- the same every time


def test_the_same_record_gives_the_same_bytes():
    assert render(full()) == render(full())


def test_another_process_in_another_zone_gives_the_same_bytes(tmp_path):
    target = tmp_path / "out.pdf"
    code = (
        "import pathlib; from screening.report.pdf import render;"
        "from tests.report.patients import full;"
        f"pathlib.Path({str(target)!r}).write_bytes(render(full()))"
    )
    surroundings = os.environ | {
        "TZ": "Pacific/Auckland",
        "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": "1",
    }

    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=surroundings, check=True)

    assert target.read_bytes() == render(full())


def test_a_full_patients_pdf_is_small_enough_to_send():
    assert len(render(full())) <= 150_000


def test_every_object_of_the_file_can_be_read_by_itself():
    with pikepdf.open(BytesIO(render(full()))) as opened:
        kinds = [str(thing.get("/Type", "")) for thing in opened.objects if _has(thing)]

    assert kinds.count("/StructElem") > 1000
    assert kinds.count("/ObjStm") > 2


def _has(thing):
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)


def test_the_file_names_no_author_and_no_machine():
    with pikepdf.open(BytesIO(render(worked("L1")))) as opened:
        info = {key: str(value) for key, value in opened.docinfo.items()}

    assert info["/Author"] == ""
    assert info["/CreationDate"].startswith("D:20261123143205")
    assert (
        info["/Title"] == "Ketamine infusion for OCD, pre-screening: summary K7QM-2XRD"
    )
    assert info["/Producer"] == "Screening"


# -- readable by everyone


def _has_keys(thing):
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)


def elements_of(node):
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements_of(kid)


def test_the_document_is_tagged_titled_and_says_its_language():
    with pikepdf.open(BytesIO(render(full()))) as opened:
        root = opened.Root
        tree = list(elements_of(root.StructTreeRoot.K[0]))
        tags = {str(element.S) for element in tree}
        assert root.MarkInfo.Marked
        assert root.Lang == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        assert len(opened.open_outline().root) > 10
    assert {
        *("/Document", "/H1", "/H2", "/H3", "/P", "/L", "/LI", "/LBody"),
        *("/Table", "/TR", "/TH", "/TD", "/Figure"),
    } <= tags


def test_every_figure_has_a_text_and_every_header_a_scope():
    with pikepdf.open(BytesIO(render(full()))) as opened:
        tree = list(elements_of(opened.Root.StructTreeRoot.K[0]))
        figures = [str(e.Alt) for e in tree if e.S == "/Figure"]
        scopes = {str(e.A.Scope) for e in tree if e.S == "/TH"}
    assert figures
    assert all(figures)
    assert any("The total is 31" in text for text in figures)
    assert scopes == {"/Column", "/Row"}


def test_every_mark_on_every_page_leads_to_its_element():
    with pikepdf.open(BytesIO(render(full()))) as opened:
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        for place, page in enumerate(opened.pages):
            owners = numbers[2 * place + 1]
            operators = pikepdf.parse_content_stream(page)
            marks = [
                int(operands[1].MCID)
                for operands, operator in operators
                if str(operator) == "BDC"
            ]
            assert page.StructParents == place
            assert marks == list(range(len(owners)))


def test_nothing_is_drawn_outside_an_element_or_an_ornament():
    with pikepdf.open(BytesIO(render(full()))) as opened:
        for page in opened.pages:
            depth = 0
            for _, operator in pikepdf.parse_content_stream(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                assert depth in {0, 1}
                if str(operator) in {"Tj", "S", "f", "B", "re"}:
                    assert depth == 1


def test_every_font_is_an_embedded_subset():
    with pikepdf.open(BytesIO(render(full()))) as opened:
        fonts = [
            thing
            for thing in opened.objects
            if _has_keys(thing) and thing.get("/Type") == "/Font"
        ]
        assert len(fonts) > 4
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+(DejaVu|Noto)", str(font.BaseFont))
            [whole] = font.get("/DescendantFonts", [font])
            assert "/FontFile2" in whole.FontDescriptor


@pytest.mark.parametrize(("locale", "width"), [("UK", 595), ("US", 612)])
def test_the_paper_is_the_one_that_the_country_uses(locale, width):
    summary = worked("L1", locale=locale)

    with pikepdf.open(BytesIO(render(summary))) as opened:
        assert int(opened.pages[0].MediaBox[2]) == width


def test_a_nearly_empty_record_makes_a_whole_document():
    pdf = render(nearly_empty())

    assert holds(pdf, "Outcome: Needs review")
    assert holds(pdf, "Must be known, not known: 46")

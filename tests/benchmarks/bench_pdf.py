"""What does a full patient's PDF cost, beside what else could print the same words?

The floor draws the very lines of the PDF, already broken, on a bare canvas with the
same embedded fonts: no layout, no tags, no bookmarks. WeasyPrint prints the same texts
from plain HTML, with tags; it has an environment of its own. Then: from a cold start,
how memory stands after a thousand, and how time grows with the answers.

Run it as `python -m tests.benchmarks.bench_pdf`; figures are the median of CPU
milliseconds.
"""

import html
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from screening.authoring.checked import case_texts
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.judge import evaluate
from screening.core.load import load
from screening.library import shelf_for
from screening.report.pdf import render
from screening.report.pdf.paper import A4, Paper
from screening.report.scripts import FONTS
from screening.report.signing import sign
from screening.report.summary import summarise
from screening.report.text import Pen, faces
from tests.report import patients
from tests.report.seals import AT, seal

ROOT = Path(__file__).resolve().parents[2]
WEASY = ROOT / ".venv-bench/bin/python"
ROUNDS = 15


def cpu_ms(work, rounds=ROUNDS):
    """Return the median CPU time of one call, in milliseconds."""
    work()
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


@contextmanager
def watched(name, watch):
    """Have `watch` see what each paper does, inside of the block."""
    kept = getattr(Paper, name)

    def seen(self, *given, **named):
        watch(self, *given, **named)
        return kept(self, *given, **named)

    setattr(Paper, name, seen)
    try:
        yield
    finally:
        setattr(Paper, name, kept)


def drawn_lines(summary):
    """Return every line of the summary's PDF, by page: text, x, y, size, bold."""
    pages = []

    def note(paper, lines, x, y, *, size, leading, bold=False):
        while len(pages) <= paper.page:
            pages.append([])
        pages[paper.page] += [
            (line, x, y - n * leading, size, bold) for n, line in enumerate(lines)
        ]

    with watched("lines", note):
        render(summary)
    return pages


def bare(pages):
    """Draw the lines on a bare canvas."""
    regular, bold = faces()
    buffer = BytesIO()
    name = regular.font.fontName
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, initialFontName=name)
    for page in pages:
        for line, x, y, size, is_bold in page:
            canvas.setFont((bold if is_bold else regular).font.fontName, size)
            canvas.drawString(x, y, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


# -- the same words by WeasyPrint


def as_html(summary):
    """Return the texts of the summary's PDF, in its headings, lists and tables."""
    roots = []
    with watched("bound", lambda paper, *_, **__: roots.append(paper.root)):
        render(summary)
    body = "".join(written(kid) for kid in roots[0].kids)
    cuts = "".join(
        f"@font-face {{font-family: DejaVu; font-weight: {weight};"
        f" src: url({(FONTS / name).as_uri()})}}"
        for name, weight in (("DejaVuSans.ttf", 400), ("DejaVuSans-Bold.ttf", 700))
    )
    style = (
        f"{cuts} body {{font: 8.2pt/1.25 DejaVu}} table {{width: 100%;"
        " border-collapse: collapse} td, th {border-bottom: 0.4pt solid gray;"
        " text-align: left; vertical-align: top; padding: 2.3pt}"
    )
    return (
        f"<!doctype html><html lang='en'><title>Summary</title><style>{style}</style>"
        f"<body>{body}</body></html>"
    )


_HTML = {"L": "ul", "LI": "li", "TR": "tr", "TH": "th", "TD": "td", "Table": "table"}


def written(element):
    """Return an element of the tag tree as HTML."""
    said = html.escape(element.alternative or " ".join(element.lines))
    inside = "".join(written(kid) for kid in element.kids if not isinstance(kid, tuple))
    tag = _HTML.get(element.tag)
    if tag is None:
        tag = element.tag.lower() if element.tag[0] == "H" else "div"
    scope = ""
    if tag == "th":
        scope = " scope='col'" if "Column" in element.attributes else " scope='row'"
    return f"<{tag}{scope}>{said}{inside}</{tag}>"


def weasyprint_ms(summary):
    """Return what WeasyPrint takes, and what it makes; or why that is not known."""
    if not WEASY.exists():
        return "not measured: run it as `make bench`"
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(as_html(summary))
        file.flush()
        program = Path(__file__).with_name("weasy.py")
        done = subprocess.run(
            [WEASY, program, file.name], capture_output=True, text=True, check=False
        )
    if done.returncode:
        return f"not measured: {done.stderr.strip().splitlines()[-1]}"
    told = json.loads(done.stdout)
    return f"{told['ms']:.0f} ms, {told['pages']} pages, {told['kb']:.0f} kB"


# -- from a cold start, a thousand, and ever longer


def cold():
    """Return seconds from a new process to a PDF on disk: on the clock, and of CPU."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "patient.json"
        answers.write_text(json.dumps(patients.full_answers()), "utf-8")
        program = Path(sys.executable).with_name("screening")
        target = Path(folder) / "patient.pdf"
        given = [program, "summary", "ocd-ketamine", answers, "-o", target]
        spent = [timed(given) for _ in range(5)]
    bare_start = [timed([sys.executable, "-c", "pass"]) for _ in range(5)]
    return statistics.median(spent), statistics.median(bare_start)


def timed(command):
    """Return the seconds on the clock that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def memory_mb():
    """Return what this process holds in memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1_000_000


def memory_after(counts):
    """Yield what is held in memory after so many PDFs of all the worked patients."""
    shelf = shelf_for("ocd-ketamine")
    answers = [case.answers for case in read_cases(case_texts(shelf))]
    for number in range(1, max(counts) + 1):
        render(patients.summary_of(patients.record_of(answers[number % len(answers)])))
        if number in counts:
            yield number, memory_mb()


def long_form(count):
    """Return a summary of a form with so many questions, all of them answered."""
    questions = "\n".join(
        f"      - {{id: q{n}, ask: How was day {n} of the last year?, type: text}}"
        for n in range(count)
    )
    text = (
        'language_version: 1\nquestionnaire: long\nversion: "1"\ntitle: A long form\n'
        f"pages:\n  - page: one\n    title: One\n    questions:\n{questions}\n"
        "summary:\n  - {section: all, title: All, answers: "
        f"[{', '.join(f'q{n}' for n in range(count))}]}}\n"
    )
    made = load("long", {"long/questionnaire.yaml": text}.get)
    answers = {f"q{n}": f"It was an ordinary day, number {n}." for n in range(count)}
    record = patients.record_of(answers)
    read = read_answers(made, record.answers, record.local_date)
    return summarise(made, evaluate(made, read), record)


def broken_ms(length):
    """Return what it takes to break a word of so many letters into lines."""
    regular, _ = faces()
    return cpu_ms(lambda: Pen().lines("x" * length, regular, 9, 200.0), 5)


def main():
    """Print the figures."""
    for name, summary in (
        ("full", patients.full()),
        ("R2", patients.worked("R2")),
        ("nearly empty", patients.nearly_empty()),
    ):
        pages = drawn_lines(summary)
        count = sum(len(page) for page in pages)
        ours, floor = (
            cpu_ms(lambda s=summary: render(s)),
            cpu_ms(lambda p=pages: bare(p)),
        )
        print(
            f"pdf {name}: {len(pages)} pages, {count} lines, {ours:.1f} ms;"
            f" floor {floor:.1f} ms; ratio {ours / floor:.2f};"
            f" {len(render(summary)) / 1000:.0f} kB"
        )
    print(f"  the words of R2 by WeasyPrint: {weasyprint_ms(patients.worked('R2'))}")
    said = cpu_ms(patients.full)
    print(f"summary full, with reading and judging: {said:.1f} ms")
    drawn = render(patients.full())
    signed = cpu_ms(lambda: sign(drawn, seal(), AT, "meaning"))
    print(f"signing it: {signed:.1f} ms")
    took, bare_start = cold()
    print(f"from a cold start to a PDF: {took:.2f} s; bare Python {bare_start:.2f} s")
    lengths = (62, 125, 250, 500)
    forms = [long_form(n) for n in lengths]
    spent = [cpu_ms(lambda f=form: render(f), 7) for form in forms]
    told = ", ".join(f"{n}: {ms:.1f} ms" for n, ms in zip(lengths, spent, strict=True))
    print(f"by answers: {told}; 500 over 250: {spent[3] / spent[2]:.2f}")
    short, long = broken_ms(20_000), broken_ms(200_000)
    print(f"a word of 20,000 letters: {short:.1f} ms; of 200,000: {long:.1f} ms")
    held = ", ".join(f"{n}: {mb:.1f} MB" for n, mb in memory_after((100, 300, 1000)))
    print(f"in memory after so many PDFs: {held}")


if __name__ == "__main__":
    main()

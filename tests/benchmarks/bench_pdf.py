"""What does a full patient's PDF cost, beside drawing the same lines without tags?

The floor draws the very lines of the PDF, already broken, on a bare canvas with the
same embedded fonts: no layout, no tags, no bookmarks. Run it as
`python -m tests.benchmarks.bench_pdf`; figures are the median of CPU milliseconds.
"""

import statistics
import time
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from screening.report.pdf import render
from screening.report.pdf.paper import A4, Paper
from screening.report.text import faces
from tests.report import patients

ROUNDS = 15


def cpu_ms(work):
    """Return the median CPU time of one call, in milliseconds."""
    work()
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


def drawn_lines(summary):
    """Return every line of the summary's PDF, by page: text, x, y, size, bold."""
    pages = []
    kept = Paper.lines

    def noting(self, lines, x, y, *, size, leading, bold=False):
        lines = list(lines)
        while len(pages) <= self.page:
            pages.append([])
        pages[self.page] += [
            (line, x, y - n * leading, size, bold) for n, line in enumerate(lines)
        ]
        kept(self, lines, x, y, size=size, leading=leading, bold=bold)

    Paper.lines = noting
    try:
        render(summary)
    finally:
        Paper.lines = kept
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
            f" {len(render(summary)) // 1024} KiB"
        )
    said = cpu_ms(patients.full)
    print(f"summary full, with reading and judging: {said:.1f} ms")


if __name__ == "__main__":
    main()

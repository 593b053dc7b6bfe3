"""What does WeasyPrint take to print an HTML file, with tags? Run in .venv-bench."""

import json
import statistics
import sys
import time
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

ROUNDS = 5


def main():
    """Print CPU milliseconds, pages and kilobytes as JSON."""
    page = Path(sys.argv[1]).read_text("utf-8")
    fonts = FontConfiguration()
    spent = []
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        document = HTML(string=page).render(font_config=fonts)
        made = document.write_pdf(pdf_variant="pdf/ua-1")
        spent.append((time.process_time() - started) * 1000)
    told = {
        "ms": statistics.median(spent[1:]),
        "pages": len(document.pages),
        "kb": len(made) / 1000,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()

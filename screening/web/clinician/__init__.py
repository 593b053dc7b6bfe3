"""What does the clinic see? A queue of submissions, and each one as a page and a PDF.

Rules of this room: every page is a line in `routes.py` with its permission; what a
patient wrote stands in no address, title, file name or log; each look at a submission
leaves an audit row in the same transaction.
"""

from screening.web.clinician.routes import blueprint

__all__ = ["blueprint"]

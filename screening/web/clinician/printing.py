"""How does a clinician's PDF come out of a summary: signed, where the clinic can?"""

from datetime import datetime
from logging import WARNING

from screening.report.content import Summary
from screening.report.pdf import render
from screening.report.signing import signed_pdf
from screening.web import logging
from screening.web.config import Config


def printed(summary: Summary, config: Config, now: datetime) -> bytes:
    """Return the summary as a PDF, signed where the clinic has a seal.

    One that ran out signs no more, and leaves a line in the log: a clinician has to be
    able to read all the same.
    """
    seal = config.seal
    if seal is None:
        return render(summary)
    if not seal.is_valid(now):
        logging.log_event("seal_not_valid", level=WARNING)
        return render(summary)
    zone = config.time_zone
    return signed_pdf(summary, seal, now.astimezone(zone), zone.key)

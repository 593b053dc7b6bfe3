"""Which questions are often answered wrongly? For whoever edits their words.

What clinicians found confirmed or wrong at visits is counted for each question and
version, and nothing of whom it was about. Counts are bands, as at a glance; a question
of which fewer than five answers were wrong is not listed, whatever became of the rest.
"""

from dataclasses import dataclass

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from screening.core.definition import Question, Questionnaire, Repeat
from screening.core.holders import holder
from screening.core.instrument import Instrument
from screening.core.problems import DefinitionError
from screening.report.wording import as_asked
from screening.store.problems import VersionUnknown
from screening.store.wordings import Tally
from screening.web.clinician.bands import WIDTH, Band, band
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_user


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A question that is often wrong; `place` is where its words stand, file:line."""

    asked: str
    place: str
    version: str
    wrong: Band
    confirmed: Band


def show() -> ResponseReturnValue:
    """List them, of those that are wrong most often the first."""
    lines = [
        line
        for sha256, tallies in current_clinic().store.wordings.all().items()
        for line in _lines(sha256, tallies)
    ]
    lines.sort(key=lambda one: (-one.wrong.low, one.confirmed.low, one.asked))
    page = render_template(
        "clinician/wording.html", few=WIDTH, lines=lines, user=current_user()
    )
    return make_response(page)


def _lines(sha256: str, tallies: dict[str, Tally]) -> list[Line]:
    try:
        made = current_clinic().questionnaires.version(sha256)
    except (DefinitionError, VersionUnknown):
        # This release can't read the questions any more: their words are unknown.
        return []
    found = []
    for key, tally in tallies.items():
        wrong = band(tally.wrong)
        if not wrong.is_hidden:
            confirmed = band(tally.confirmed)
            found.append(_line(made, key, wrong, confirmed))
    return found


def _line(made: Questionnaire, key: str, wrong: Band, confirmed: Band) -> Line:
    found = holder(made, key)
    place = found.place if found else None
    return Line(
        asked=_asked(found) if found else key,
        place=f"{place.file}:{place.line}" if place else "",
        version=made.version,
        wrong=wrong,
        confirmed=confirmed,
    )


def _asked(found: Question | Instrument | Repeat) -> str:
    if isinstance(found, Instrument):
        return found.title
    return as_asked(found.any if isinstance(found, Repeat) else found.ask, {})

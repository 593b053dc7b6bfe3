"""How does the pre-screening go? Counts for whoever works with the queue.

How many came, how long they took, how they came out and what was found most often,
each as a drawing with its table. Every count of people is a band of five (`bands`).
On which page somebody left is not counted: an unfinished form is sealed, and is deleted
without being read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from screening.core.definition import Outcome, Questionnaire
from screening.core.judge import RETRACTED
from screening.report.wording import as_asked
from screening.store.audit import Action
from screening.store.paces import Pace
from screening.store.tallies import MOST_RECORDS, FindingTally, Tallies, VersionTally
from screening.tongue import day
from screening.web.clinician.bands import WIDTH, band, band_of
from screening.web.clinician.bars import Drawing, Length, draw, of_band
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.words import OUTCOMES
from screening.web.shell import current_shell

FEWEST_RECORDS = 20
"""Of how many people findings are told at least."""

_WEEKS = 12
_VERSIONS = 4
_FINDINGS = 15
_COUNTED = (
    Action.DRAFT_START,
    Action.SUBMISSION_CREATE,
    Action.DRAFT_WITHDRAW,
)
_LOOKS = dict(zip(Outcome, ("solid", "stripes", "dots", "outline"), strict=True))
_HALF_MINUTE_S = 30
_A_MINUTE = 2  # halves


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing and the table that says the same; each row begins with its name."""

    drawing: Drawing
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def show() -> ResponseReturnValue:
    """Show all of it."""
    clinic = current_clinic()
    tallies = Tallies(clinic.store.ground)
    questionnaire = clinic.questionnaires.current()
    borders = _mondays(current_shell().clock())
    weeks = tallies.between(borders, _COUNTED)
    deleted = sum(week[Action.DRAFT_WITHDRAW] for week in weeks)
    expired = tallies.left(borders[0], borders[-1])
    tally = tallies.findings(current_actor())
    return make_response(
        render_template(
            "clinician/at_a_glance.html",
            came=_came([border.date() for border in borders], weeks),
            deleted=band(deleted).words,
            expired=band(expired).words,
            few=WIDTH,
            fewest=FEWEST_RECORDS,
            findings=_findings(questionnaire, tally),
            most=MOST_RECORDS,
            outcomes=_outcomes(tallies.outcomes(_VERSIONS)),
            paces=_paces(questionnaire, clinic.store.paces.of(questionnaire.sha256)),
            tally=tally,
            user=current_user(),
            version=questionnaire.version,
            weeks=_WEEKS,
        )
    )


def _mondays(now: datetime) -> list[datetime]:
    """Return the beginnings of the last weeks, where the clinic is, and of the next."""
    zone = current_shell().config.time_zone
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return [
        datetime.combine(monday - timedelta(weeks=back), time(), tzinfo=zone)
        for back in range(_WEEKS - 1, -2, -1)
    ]


def _came(mondays: Sequence[date], weeks: Sequence[Mapping[Action, int]]) -> Figure:
    bars, rows = [], []
    for monday, counts in zip(mondays, weeks, strict=False):
        begun = band(counts[Action.DRAFT_START])
        sent = band(counts[Action.SUBMISSION_CREATE])
        label = day(monday)
        bars.append((label, [of_band(begun, "outline"), of_band(sent, "solid")]))
        rows.append((label, begun.words, sent.words))
    return Figure(
        drawing=draw(bars), columns=("Week from", "Begun", "Sent"), rows=tuple(rows)
    )


def _paces(questionnaire: Questionnaire, paces: Mapping[str, Pace]) -> Figure:
    """Return the mean time on each page, to half a minute, where enough were there."""
    bars, rows = [], []
    for page in questionnaire.pages:
        pace = paces.get(page.id)
        if pace is None or pace.patients < WIDTH:
            rows.append((page.title, f"not shown, {band(0).words} people"))
            continue
        halves = max(round(pace.seconds / pace.patients / _HALF_MINUTE_S), 1)
        words = "1 minute" if halves == _A_MINUTE else f"{halves / _A_MINUTE:g} minutes"
        rows.append((page.title, words))
        bars.append((page.title, [Length(amount=halves, words=words, look="solid")]))
    return Figure(drawing=draw(bars), columns=("Page", "Time"), rows=tuple(rows))


def _outcomes(versions: Sequence[VersionTally]) -> Figure:
    bars, rows = [], []
    for each in versions:
        bands = [band(each.outcomes.get(outcome, 0)) for outcome in Outcome]
        looks = [_LOOKS[outcome] for outcome in Outcome]
        bars.append(
            (
                each.version,
                [of_band(one, look) for one, look in zip(bands, looks, strict=True)],
            )
        )
        rows += [
            (each.version, OUTCOMES[outcome], one.words)
            for outcome, one in zip(Outcome, bands, strict=True)
        ]
    return Figure(
        drawing=draw(bars),
        columns=("Version", "Outcome", "People"),
        rows=tuple(rows),
    )


def _findings(questionnaire: Questionnaire, tally: FindingTally) -> Figure | None:
    """Return the findings of five people or more, None where too few have come.

    Within a band the order is that of the alphabet: it tells nothing more.
    """
    if tally.people < FEWEST_RECORDS:
        return None
    said = {each.id: as_asked(each.clinician, {}) for each in questionnaire.criteria}
    said[RETRACTED] = "An answer that brought up urgent help was changed later."
    banded = [
        (band_of(count, tally.people), said.get(finding, finding))
        for finding, count in tally.findings.items()
    ]
    shown = sorted(
        (each for each in banded if not each[0].is_hidden),
        key=lambda each: (-each[0].low, each[1]),
    )[:_FINDINGS]
    return Figure(
        drawing=draw(
            [
                (f"Finding {number}", [of_band(one, "solid")])
                for number, (one, _) in enumerate(shown, start=1)
            ]
        ),
        columns=("Number", "Finding", "People"),
        rows=tuple(
            (str(number), sentence, one.words)
            for number, (one, sentence) in enumerate(shown, start=1)
        ),
    )

"""The sections of the clinician's page, with what they show the working of."""

from __future__ import annotations

from screening.core.definition import (
    ReportedScore,
    SummarySection,
    Working,
)
from screening.core.instrument import (
    Instrument,
)
from screening.core.load.instruments import instrument_from, open_instrument
from screening.core.load.rules import check_unique
from screening.core.load.workbench import Spot, Workbench
from screening.core.problems import did_you_mean
from screening.core.schema import (
    QuestionnaireShape,
    ReportedShape,
    SectionShape,
    WorkingShape,
)


def summary_of(spot: Spot, shape: QuestionnaireShape) -> tuple[SummarySection, ...]:
    """Return the sections; the instruments of reported totals are read too.

    Their files become files of the questionnaire, so that the bands printed beside a
    stored total are those of its version.
    """
    known = _asked(shape)
    ids = [section.section for section in shape.summary]
    check_unique(spot.at("summary"), "section", ids, "section")
    return tuple(
        _section(spot.at("summary", number), shape, section, known)
        for number, section in enumerate(shape.summary)
    )


def _asked(shape: QuestionnaireShape) -> set[str]:
    """Return what an answers file may name, pages for want of a licence included."""
    asked = {question.id for page in shape.pages for question in page.questions}
    for page in shape.pages:
        asked |= {page.repeat or page.as_ or page.instrument or ""}
    return asked


def _section(
    spot: Spot, shape: QuestionnaireShape, section: SectionShape, known: set[str]
) -> SummarySection:
    reported = section.reported
    for number, name in enumerate(section.answers):
        if name.split(".")[0] not in known and not spot.bench.is_lost(name):
            what = f'the summary shows "{name}", which is not asked'
            fix = did_you_mean(name, known)
            spot.at("answers", number).say("SC163", what, fix)
    return SummarySection(
        id=section.section,
        title=section.title,
        answers=tuple(section.answers),
        word_for_word=section.word_for_word,
        says=section.says,
        working=tuple(
            _working(spot.at("working", number), shape, one)
            for number, one in enumerate(section.working)
        ),
        reported=_reported(spot.at("reported"), shape, reported) if reported else None,
    )


def _working(spot: Spot, shape: QuestionnaireShape, working: WorkingShape) -> Working:
    repeat, dot, name = working.value.rpartition(".")
    entries = shape.derived.get(repeat) if dot else None
    known = entries if isinstance(entries, dict) else shape.derived
    for wanted in (name, *working.also):
        if wanted not in known:
            what = f'the summary shows "{wanted}", which is not worked out'
            spot.at("value").say("SC160", what, did_you_mean(wanted, known))
    return Working(
        value=name,
        repeat=repeat or None,
        title=working.title,
        words=dict(working.words),
        also=dict(working.also),
    )


def _reported(
    spot: Spot, shape: QuestionnaireShape, reported: ReportedShape
) -> ReportedScore | None:
    questions = {q.id: q for page in shape.pages for q in page.questions}
    named = (reported.total, reported.version, reported.rater, reported.date)
    for wanted in [name for name in named if name and name not in questions]:
        what = f'the summary shows "{wanted}", which is not asked'
        spot.say("SC161", what, did_you_mean(wanted, questions))
    if reported.version not in questions:
        return None
    scales = {
        value: scale
        for value in questions[reported.version].options
        if (scale := _scale(spot, value)) is not None
    }
    return ReportedScore(
        total=reported.total,
        version=reported.version,
        rater=reported.rater,
        date=reported.date,
        scales=scales,
    )


def _scale(spot: Spot, name: str) -> Instrument | None:
    """Return the instrument alone, on a workbench of its own: it is not asked here."""
    bench = Workbench(spot.bench.read_file, files=spot.bench.files)
    opened = open_instrument(bench, name)
    spot.bench.problems += bench.problems
    if opened is None:
        if not bench.problems:
            what = f'the version "{name}" is not an instrument'
            fix = f"Add instruments/{name}.yaml, or correct the option."
            spot.at("version").say("SC162", what, fix)
        return None
    return instrument_from(*opened, key=name, page=0)

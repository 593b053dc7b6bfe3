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
    DerivedShape,
    QuestionnaireShape,
    ReportedShape,
    SectionShape,
    ValueShape,
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
    asked = {page.repeat or page.as_ or page.instrument or "" for page in shape.pages}
    for page in shape.pages:
        for question in page.questions:
            asked.add(question.id)
            if page.repeat is not None:
                asked.add(f"{page.repeat}.{question.id}")
            asked |= {f"{question.id}.{part.id}" for part in question.questions}
    return asked - {""}


def _section(
    spot: Spot, shape: QuestionnaireShape, section: SectionShape, known: set[str]
) -> SummarySection:
    reported = section.reported
    for number, name in enumerate(section.answers):
        is_item = name in spot.bench.symbols and spot.bench.symbols[name].is_question
        if name not in known and not is_item and not spot.bench.is_lost(name):
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
        if wanted not in known and not spot.bench.is_lost(wanted):
            what = f'the summary shows "{wanted}", which is not worked out'
            here = spot.at("value") if wanted == name else spot.key("also", wanted)
            here.say("SC160", what, did_you_mean(wanted, known))
    _check_words(spot, name, working, known.get(name))
    return Working(
        value=name,
        repeat=repeat or None,
        title=working.title,
        words=dict(working.words),
        also=dict(working.also),
    )


def _check_words(
    spot: Spot, name: str, working: WorkingShape, value: DerivedShape | object
) -> None:
    """Note words for something that the value never is."""
    rows = value.rows if isinstance(value, ValueShape) else value
    if not isinstance(rows, list):
        return  # an expression: yes, no and unknown
    said = {row.is_ or row.if_undetermined or "" for row in rows}
    if said <= {"true", "false"}:
        return
    for word in working.words if not spot.top("derived").is_damaged else ():
        if word not in said | {"unknown"}:
            what = f'"{name}" is never "{word}"'
            spot.key("words", word).say("SC164", what, did_you_mean(word, said))


def _reported(
    spot: Spot, shape: QuestionnaireShape, reported: ReportedShape
) -> ReportedScore | None:
    questions = {q.id: q for page in shape.pages for q in page.questions}
    for part in ("total", "version", "rater", "date"):
        wanted = getattr(reported, part)
        if wanted is not None and wanted not in questions:
            what = f'the summary shows "{wanted}", which is not asked'
            spot.at(part).say("SC161", what, did_you_mean(wanted, questions))
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

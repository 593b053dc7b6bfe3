"""What does an instrument's score say, and what stands beside it?

Beside a band stands the name of its table and where it comes from; beside a total that
is not complete, the range that is possible and the rule for missing items.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from screening.core.scoring import COMPLETE, GATED, INCOMPLETE, INCONSISTENT, shown
from screening.core.values import Open, State
from screening.report.content import (
    BandLine,
    BandTableLine,
    LevelsLine,
    ReportedBlock,
    ScaleBlock,
)
from screening.report.wording import (
    answer_in_words,
    name_in_words,
    number,
    worked_in_words,
)
from screening.tongue import noted, say

if TYPE_CHECKING:
    from screening.core.definition import (
        ReportedScore,
    )
    from screening.core.instrument import (
        BandTable,
        Instrument,
        Score,
    )
    from screening.core.scoring import ScoreCard
    from screening.report.chart import Chart

_SHORT_RULE = 24
"""Characters of a rule that may stand beside its result, such as "total >= 10"."""

_STATUS = {
    COMPLETE: noted("complete: every item that was asked is answered"),
    INCOMPLETE: noted("incomplete: an item is not answered"),
    INCONSISTENT: noted(
        "inconsistent: the answers contradict each other, nothing is scored"
    ),
    GATED: noted("ended by the opening question"),
}


def scale_block(chart: Chart, instrument: Instrument) -> ScaleBlock:
    """Return an instrument's score with its items, bands and rule for missing items."""
    card = chart.evaluation.scores.get(instrument.key)
    total = next((s for s in instrument.scores if s.name == "total"), None)
    table = _main_table(instrument, total)
    others = [t for t in instrument.bands if t is not table and t.of == "total"]
    return ScaleBlock(
        key=instrument.key,
        title=instrument.title,
        status=say(_STATUS.get(card.status, card.status)) if card else say("not asked"),
        result=_result(card, total, table),
        total=card.total if card else None,
        possible=card.possible if card else None,
        low=_plain(total.low) if total else None,
        high=_plain(total.high) if total else None,
        band=name_in_words(card.band) if card and card.band else None,
        table=table_line(chart, table) if table else None,
        other_tables=tuple(table_line(chart, other) for other in others),
        missing_policy=missing_policy(total) if total else "",
        prorated=_prorated(card),
        worked_out=_worked_out(chart, instrument, card),
        items=chart.item_lines(instrument),
        note=instrument.licence.note,
        attribution=instrument.licence.attribution,
        flags=_flags(chart, instrument),
        levels=_levels(chart, instrument) if card else (),
    )


def result_in_words(instrument: Instrument, card: ScoreCard) -> str:
    """Return what a score card comes to, with the table that its band is from."""
    total = next((s for s in instrument.scores if s.name == "total"), None)
    return _result(card, total, _main_table(instrument, total))


def _main_table(instrument: Instrument, total: Score | None) -> BandTable | None:
    if total is not None:
        return instrument.default_bands("total")
    return instrument.bands[0] if instrument.bands else None


def _plain(value: Decimal) -> int | Decimal:
    whole = value.to_integral_value()
    return int(whole) if value == whole else value


def _flags(chart: Chart, instrument: Instrument) -> tuple[str, ...]:
    slots = [score.slot for score in instrument.scores]
    slots += [result.slot for result in instrument.results]
    found = [flag for slot in slots for flag in chart.flags.get(slot, ())]
    return tuple(dict.fromkeys(found))


def _result(
    card: ScoreCard | None,
    total: Score | None,
    table: BandTable | None,
) -> str:
    if card is None:
        return say("Not asked")
    if card.status == INCONSISTENT:
        return say("Not scored: the answers contradict each other")
    if card.possible is None or (total is None and table is None):
        return say("No total: read item by item")
    ends = {"low": number(total.low), "high": number(total.high)} if total else {}
    if card.total is None:
        return _not_complete(card, ends)
    said = say("Total {total}", total=number(card.total))
    if ends:
        said = say("Total {total} of {low} to {high}", total=number(card.total), **ends)
    if card.status == GATED:
        said += say(" (ended by the opening question)")
    if card.band and table is not None:
        band = name_in_words(card.band)
        said += say(": {band}, by table {table}", band=band, table=table.name)
    return said


def _not_complete(card: ScoreCard, ends: dict[str, str]) -> str:
    """Return what is possible of a total that is not complete."""
    least, most = map(number, card.possible or (0, 0))
    said = say(
        "Total not complete: {least} to {most} is possible", least=least, most=most
    )
    if ends:
        said += say(", of {low} to {high}", **ends)
    if card.band_if_certain:
        said += say("; {band} in any case", band=name_in_words(card.band_if_certain))
    return said


def missing_policy(score: Score) -> str:
    """Return the rule for items that are not answered."""
    rule = say("Missing items: no total; the range that is possible is shown instead.")
    if score.prorate_missing is not None:
        rule += " " + say(
            "Up to {count} missing: a pro-rated total for information only, which"
            " drives no rule.",
            count=score.prorate_missing,
        )
    return rule


def _prorated(card: ScoreCard | None) -> str | None:
    if card is None or card.prorated is None:
        return None
    return say(
        "{total} (information only; drives no rule)", total=number(card.prorated)
    )


def _worked_out(
    chart: Chart, instrument: Instrument, card: ScoreCard | None
) -> tuple[tuple[str, str], ...]:
    if card is None:
        return ()
    values = chart.evaluation.values
    found = [
        (name_in_words(score.name), worked_in_words(values[score.slot]))
        for score in instrument.scores
        if score.name != "total"
    ]
    for result in instrument.results:
        value = values[result.slot]
        said = worked_in_words(shown(result, value))
        if isinstance(value, Open):
            said = say("{value} (not determined)", value=said)
        name = name_in_words(result.name)
        rule = result.expression.text.strip() if result.expression else ""
        if (
            0 < len(rule) <= _SHORT_RULE
            and "_" not in rule
            and said in {say("yes"), say("no"), say("not known")}
        ):
            name = f"{name} ({rule})"
        found.append((name, said))
    return tuple(found)


def _levels(chart: Chart, instrument: Instrument) -> tuple[LevelsLine, ...]:
    """Return the results that are levels, whose rows stand highest first."""
    found = []
    for result in (one for one in instrument.results if one.drawn):
        value = chart.evaluation.values[result.slot]
        found.append(
            LevelsLine(
                name=name_in_words(result.name).capitalize(),
                words=tuple(name_in_words(row.word) for row in reversed(result.rows)),
                holds=name_in_words(value) if isinstance(value, str) else None,
            )
        )
    return tuple(found)


def table_line(chart: Chart, table: BandTable) -> BandTableLine:
    """Return a band table in words, with where it comes from."""
    return BandTableLine(
        name=table.name,
        bands=tuple(
            BandLine(label=b.label, low=_plain(b.low), high=_plain(b.high))
            for b in table.bands
        ),
        sources=chart.sources(table.sources),
    )


def reported_block(chart: Chart, reported: ReportedScore, title: str) -> ReportedBlock:
    """Return a total that the patient was told, with the bands of its own version."""
    questions = chart.questionnaire.questions
    texts = {}
    for name in (reported.total, reported.version, reported.rater, reported.date):
        if name is not None:
            question = questions[name]
            texts[name] = answer_in_words(question, chart.value(question), unit=False)
    value = chart.value(questions[reported.total])
    version = chart.value(questions[reported.version])
    scale = None if isinstance(version, State) else reported.scales.get(str(version))
    score = (
        next((s for s in scale.scores if s.name == "total"), None) if scale else None
    )
    total = value if isinstance(value, int | Decimal) else None
    fits = total is not None and score is not None and score.low <= total <= score.high
    tables = tuple(t for t in scale.bands if t.of == "total") if scale and fits else ()
    return ReportedBlock(
        title=title,
        result=_reported(total, score, texts[reported.total], fits=fits),
        version=texts[reported.version],
        rater=texts.get(reported.rater or "", say("not asked")),
        date=texts.get(reported.date or "", say("not asked")),
        total=total if fits else None,
        low=_plain(score.low) if score else None,
        high=_plain(score.high) if score else None,
        tables=tuple(table_line(chart, table) for table in tables),
        bands=tuple(
            (table.name, table.band(total).label)
            for table in tables
            if total is not None
        ),
    )


def _reported(
    total: int | Decimal | None, score: Score | None, text: str, *, fits: bool
) -> str:
    if total is None:
        return text
    if score is None:
        return say(
            "{total}: version not known or no band table held, so it is not compared",
            total=text,
        )
    ends = {"low": number(score.low), "high": number(score.high)}
    if not fits:
        return say("{total}: outside {low} to {high}", total=text, **ends)
    return say("{total} of {low} to {high}", total=text, **ends)

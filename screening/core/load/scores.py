"""An instrument's scores and bands: which points are added, and what they are called.

Each score is held against what its items can give, and each table of bands against
the range of its score. Nothing is said of a range when an item of it is at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from screening.core.definition import Question, QuestionType
from screening.core.instrument import Band, BandTable, Score
from screening.core.load.workbench import Spot
from screening.core.problems import did_you_mean
from screening.core.schema import BandTableShape, InstrumentShape, ScoreShape
from screening.core.scoring import possible_points, weights_of

WAYS = ("sum", "mean", "max", "count")
"""How a score is made of its items."""

_FEWEST_OPTIONS = 2


def scores_of(
    spot: Spot, shape: InstrumentShape, items: tuple[Question, ...]
) -> tuple[Score, ...]:
    """Return the scores of the instrument at `spot`, each with a slot."""
    _check_points(spot, shape, items)
    return tuple(
        _score(spot.at("scores", name), name, score, shape, items)
        for name, score in shape.scores.items()
    )


def _score(
    spot: Spot,
    name: str,
    shape: ScoreShape,
    instrument: InstrumentShape,
    items: tuple[Question, ...],
) -> Score:
    how, named = _how(spot, name, shape)
    scored = tuple(dict.fromkeys(item.id for item in items if item.scored))
    chosen = scored if named == "all" else tuple(named)
    known = {item.id for item in items}
    is_sound = len(known) == len(items)
    is_sound &= _are_items(spot.at(how), name, chosen, known)
    is_sound &= bool(chosen)
    if is_sound:
        _check_reversed(spot.at("reversed"), name, shape.reversed, chosen, known)
    counted = [item for item in items if item.id in chosen]
    low, high = _possible(how, counted)
    if shape.range is not None:
        stated = (shape.range[0], shape.range[1])
        if is_sound and stated != (low, high) and _are_whole(spot, counted):
            said = f"{stated[0]} to {stated[1]}"
            what = f'"{name}" can be {low} to {high}, and its range says {said}'
            fix = (
                f"Write [{low}, {high}] if that is published; or mend the options' "
                "points or the list of items."
            )
            spot.at("range").say("SC311", what, fix)
    return Score(
        name=name,
        how=how,
        items=tuple(item.id for item in counted),
        reversed=frozenset(shape.reversed),
        low=low,
        high=high,
        subscale=shape.subscale,
        prorate_missing=_prorated(spot, shape, len(counted)),
        sources=tuple(shape.sources or instrument.sources),
        slot=spot.bench.slot(),
    )


def _how(spot: Spot, name: str, shape: ScoreShape) -> tuple[str, list[str] | str]:
    """Return how the score is made, and of what; note none and more than one."""
    said = {way: getattr(shape, way) for way in WAYS}
    ways = [way for way in WAYS if said[way] is not None]
    if not ways:
        what = f'the score "{name}" does not say how it is made'
        spot.say("SC314", what, "Add `sum: all`, or mean, max or count.")
        return "sum", []
    if said[ways[0]] == []:
        what = f'the score "{name}" has no items'
        spot.at(ways[0]).say("SC315", what, "Name some, or write all.")
    for way in ways[1:]:
        what = f'the score "{name}" is a {ways[0]} and a {way}'
        spot.key(way).say("SC314", what, "Keep one of them.")
    return ways[0], said[ways[0]]


def _are_items(spot: Spot, name: str, chosen: tuple[str, ...], known: set[str]) -> bool:
    """Tell whether all of a score's items can be added; note those that can't."""
    is_sound = True
    for position, item in enumerate(chosen):
        if item in known and chosen.index(item) == position:
            continue
        is_sound = False
        what, fix = f'the item "{item}" stands here a second time', "Delete it."
        if item not in known:
            what = f'the score "{name}" names an item "{item}" that does not exist'
            fix = did_you_mean(item, known)
        if item in known or not spot.bench.is_lost(item):
            code = "SC316" if item in known else "SC310"
            spot.at(position).say(code, what, fix)
    return is_sound


def _check_reversed(
    spot: Spot,
    name: str,
    turned: Iterable[str],
    chosen: tuple[str, ...],
    known: set[str],
) -> None:
    for position, item in enumerate(turned):
        here = spot.at(position)
        if item not in known:
            what = f'the score "{name}" reverses an item "{item}" that does not exist'
            here.say("SC310", what, did_you_mean(item, chosen))
        elif item not in chosen:
            what = f'the score "{name}" reverses "{item}", which it does not add'
            here.say("SC316", what, "Add it to the items, or take it out here.")


def _prorated(spot: Spot, shape: ScoreShape, count: int) -> int | None:
    if shape.prorate is None:
        return None
    missing = int(shape.prorate.missing_at_most)
    if count and not 0 < missing < count:
        what = f"{missing} items may be missing of {count}"
        fix = f"Write a number from 1 to {count - 1}."
        spot.at("prorate", "missing_at_most").say("SC317", what, fix)
    return missing


def _check_points(
    spot: Spot, shape: InstrumentShape, items: tuple[Question, ...]
) -> None:
    """Note options without points where a score would add them, each list once."""
    added = {item for score in shape.scores.values() for item in _added(score, items)}
    told: set[tuple[str | int, ...]] = set()
    for number, item in enumerate(items):
        if item.id not in added or len(weights_of(item)) == len(item.options):
            continue
        own = shape.items[number].options
        path = ("items", number, "options") if own else ("options",)
        if path not in told:
            told.add(path)
            what = "these options have no points, and a score adds them"
            fix = "Use numbers as values, or give each option a `weight:`."
            spot.at(*path).say("SC318", what, fix)


def _added(score: ScoreShape, items: Iterable[Question]) -> Iterable[str]:
    """Return the ids of the items that a score adds."""
    for way in WAYS:
        named = getattr(score, way)
        if named == "all":
            return [item.id for item in items if item.scored]
        if named is not None:
            return tuple(named)
    return ()


def _are_whole(spot: Spot, items: Iterable[Question]) -> bool:
    """Tell whether nothing that was said of an item can change its points."""
    return not spot.is_damaged and all(
        len(item.options) >= _FEWEST_OPTIONS and weights_of(item)
        for item in items
        if item.type is QuestionType.CHOICE
    )


def _possible(how: str, items: list[Question]) -> tuple[Decimal, Decimal]:
    ends = [possible_points(item) for item in items]
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    if not ends:
        return Decimal(0), Decimal(0)
    if how == "sum":
        return sum(lows, Decimal(0)), sum(highs, Decimal(0))
    if how == "count":
        return Decimal(sum(1 for low in lows if low)), Decimal(len(ends))
    if how == "max":
        return max(lows), max(highs)
    count = len(ends)
    return sum(lows, Decimal(0)) / count, sum(highs, Decimal(0)) / count


# -- bands


def bands_of(
    spot: Spot,
    shape: InstrumentShape,
    scores: tuple[Score, ...],
    items: tuple[Question, ...],
) -> tuple[BandTable, ...]:
    """Return the tables of bands, each held against the range of its score."""
    ranges = {item.id: possible_points(item) for item in items}
    ranges |= {score.name: (score.low, score.high) for score in scores}
    _check_default(spot, shape.bands)
    tables = []
    for name, table in shape.bands.items():
        here = spot.at("bands", name)
        if table.of not in ranges:
            what = f'the bands "{name}" are of "{table.of}", which does not exist'
            at = here.at("of") if table.of != "total" else here
            at.say("SC320", what, did_you_mean(table.of, ranges))
            continue
        bands = tuple(
            Band(name=band, low=ends[0], high=ends[1])
            for band, ends in table.bands.items()
        )
        if not bands:
            what = f'the table "{name}" has no bands'
            here.at("bands").say("SC323", what, "Write each as `name: [from, to]`.")
            continue
        if not _is_disputed(shape.scores.get(table.of), ranges[table.of]):
            _check_cover(here.at("bands"), bands, ranges[table.of])
        tables.append(
            BandTable(
                name=name,
                of=table.of,
                is_default=table.default or len(shape.bands) == 1,
                bands=bands,
                sources=tuple(table.sources or shape.sources),
            )
        )
    return tuple(tables)


def _is_disputed(score: ScoreShape | None, possible: tuple[Decimal, Decimal]) -> bool:
    """Tell whether a score's stated range is another than its items give."""
    stated = score.range if score is not None else None
    return stated is not None and stated != list(possible)


def _check_default(spot: Spot, tables: Mapping[str, BandTableShape]) -> None:
    """Note a score with several tables of which not exactly one is the usual."""
    for score in dict.fromkeys(table.of for table in tables.values()):
        names = [name for name, table in tables.items() if table.of == score]
        usual = [name for name in names if tables[name].default]
        if len(names) > 1 and not usual:
            what = f'"{score}" has {len(names)} tables of bands, and none is the usual'
            fix = "Add `default: true` to the one that is printed beside the score."
            spot.key("bands", names[0]).say("SC324", what, fix)
        for name in usual[1:]:
            what = f'"{name}" and "{usual[0]}" are both the usual table of "{score}"'
            fix = "Delete `default` from one of them."
            spot.at("bands", name, "default").say("SC324", what, fix)


def _check_cover(
    spot: Spot, bands: tuple[Band, ...], possible: tuple[Decimal, Decimal]
) -> None:
    """Note bands that do not cover the score's range from end to end, in order."""
    turned = [band for band in bands if band.high < band.low]
    for band in turned:
        what = f'the band "{band.name}" runs from {band.low} down to {band.high}'
        fix = f"Write [{band.high}, {band.low}]."
        spot.at(band.name).say("SC321", what, fix)
    if turned:
        return
    if [band.low for band in bands] != sorted(band.low for band in bands):
        lowest = min(bands, key=lambda band: band.low)
        what = f'the band "{bands[0].name}" stands before "{lowest.name}", the lowest'
        fix = f"Write the bands from the lowest to the highest; begin at {possible[0]}."
        spot.at(bands[0].name).say("SC321", what, fix)
        return
    expected = possible[0]
    for band in bands:
        if band.low != expected:
            what = f'band "{band.name}" starts at {band.low}, after a gap or overlap'
            spot.at(band.name).say("SC321", what, f"Start it at {expected}.")
        expected = band.high + 1
    if bands[-1].high != possible[1]:
        what = (
            f'the last band, "{bands[-1].name}", ends at {bands[-1].high}, '
            f"the score at {possible[1]}"
        )
        spot.at(bands[-1].name).say("SC322", what, f"End it at {possible[1]}.")

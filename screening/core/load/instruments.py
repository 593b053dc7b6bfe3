"""An instrument file, as one page uses it -> items, scores, results, and its steps."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from screening.core.definition import (
    Band,
    BandTable,
    Instrument,
    Licence,
    Question,
    QuestionType,
    Score,
)
from screening.core.expression import Scope, Sort, Symbol, Type
from screening.core.load.derive import derived_from, type_of_derived
from screening.core.load.questions import are_numbers, options_of, type_of
from screening.core.problems import did_you_mean
from screening.core.schema import NUMERAL, InstrumentShape, PackShape
from screening.core.scoring import possible_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Derived
    from screening.core.load.workbench import File, Workbench
    from screening.core.problems import Place
    from screening.core.schema import ItemShape, ScoreShape


def open_instrument(
    bench: Workbench, name: str
) -> tuple[File, InstrumentShape, PackShape | None] | None:
    """Return the instrument's file and, where its text is not shipped, the pack."""
    opened = bench.open(f"instruments/{name}.yaml", InstrumentShape)
    if opened is None:
        return None
    file, shape = opened
    pack = None
    if shape.text == "pack":
        found = bench.open(f"packs/{name}.yaml", PackShape)
        pack = found[1] if found else None
        if found and pack:
            _check_pack(bench, shape, pack, found[0])
    return file, shape, pack


def _check_pack(
    bench: Workbench, shape: InstrumentShape, pack: PackShape, file: File
) -> None:
    wanted = [item.id or f"q{n}" for n, item in enumerate(shape.items, 1)]
    for missing in [item for item in wanted if item not in pack.items]:
        what = f'the pack has no text for item "{missing}"'
        bench.say("SC301", file.place("items"), what, "Add its exact wording.")
    for extra in [item for item in pack.items if item not in wanted]:
        fix = did_you_mean(extra, wanted)
        what = f'the instrument has no item "{extra}"'
        bench.say("SC302", file.place("items", extra), what, fix)


def instrument_from(  # noqa: PLR0913 - what a page says about its instrument
    bench: Workbench,
    file: File,
    shape: InstrumentShape,
    pack: PackShape | None,
    *,
    key: str,
    page: int,
    chosen: Mapping[str, object] | None = None,
) -> Instrument:
    """Return the instrument under `key`, its names registered as `key.name`.

    `chosen` are parameters that differ from the file's: a number, or an option's name.

    `page` is the position of the page that asks it; items that the loader moves to
    a later page keep it, since only earlier pages of the file matter to conditions.
    """
    items = _items(bench, file, shape, pack, key)
    status_slot = bench.slot("")
    scope: dict[str, Symbol] = {}
    for item in items:
        _register(bench, scope, key, item.id, _item_symbol(item, key, page), item.place)
    parameters, choices = _parameters(bench, shape, file, chosen or {})
    for name, number in parameters.items():
        kind = Type(sort=Sort.NUMBER)
        scope[name] = Symbol(name=f"{key}.{name}", type=kind, constant=number)
    scores = _scores(bench, file, shape, items)
    for score in scores:
        place = file.place("scores", score.name)
        needs = {key: frozenset({score.slot})}
        symbol = Symbol(
            name=f"{key}.{score.name}",
            type=Type(sort=Sort.NUMBER),
            slot=score.slot,
            page=page,
            needs=needs,
        )
        _register(bench, scope, key, score.name, symbol, place)
    results = _results(bench, file, shape, key, page, scope)
    conditioned = tuple(
        _conditioned(bench, file, item, shape.items[number], number, Scope(scope))
        for number, item in enumerate(items)
    )
    return Instrument(
        id=shape.instrument,
        key=key,
        title=shape.title,
        rater=shape.rater,
        stem=pack.stem if pack and pack.stem else shape.stem,
        instruction=pack.instruction
        if pack and pack.instruction
        else shape.instruction or shape.disclaimer,
        items=conditioned,
        scores=scores,
        bands=_bands(bench, file, shape, scores, items),
        results=results,
        parameters=parameters,
        parameter_options=choices,
        gate=_truth(bench, file, "gate", shape.gate, scope),
        inconsistent=_truth(bench, file, "inconsistent", shape.inconsistent, scope),
        loinc={name: str(code) for name, code in shape.loinc.items()},
        licence=Licence(
            status=shape.licence.status,
            holder=shape.licence.holder,
            attribution=shape.licence.attribution or shape.licence.holder,
            uses=dict(shape.licence.uses),
            note=shape.licence.note,
            verified=tuple(shape.licence.verified),
        ),
        sources=tuple(shape.sources),
        place=file.place("instrument"),
        status_slot=status_slot,
    )


def _truth(
    bench: Workbench, file: File, name: str, text: str | None, scope: dict[str, Symbol]
) -> object:
    return bench.expression(text, file.place(name), Scope(scope)) if text else None


def _register(  # noqa: PLR0913 - a name, where it is known and where it stands
    bench: Workbench,
    scope: dict[str, Symbol],
    key: str,
    name: str,
    symbol: Symbol,
    place: Place,
) -> None:
    if name in scope:
        what = f'"{name}" is used twice in {key}'
        bench.say("SC110", place, what, "Choose another id.")
    scope[name] = symbol
    bench.name(symbol, place)


def _items(
    bench: Workbench,
    file: File,
    shape: InstrumentShape,
    pack: PackShape | None,
    key: str,
) -> tuple[Question, ...]:
    shared = options_of(shape.options)
    if pack:
        labels = pack.options
        shared = tuple(
            type(option)(
                value=option.value,
                label=labels.get(option.value, option.label),
                weight=option.weight,
            )
            for option in shared
        )
    return tuple(
        _item(bench, file, shape, item, number, pack, key, shared)
        for number, item in enumerate(shape.items)
    )


def _item(  # noqa: PLR0913 - an item and what it inherits
    bench: Workbench,
    file: File,
    shape: InstrumentShape,
    item: ItemShape,
    number: int,
    pack: PackShape | None,
    key: str,
    shared: tuple[object, ...],
) -> Question:
    item_id = item.id or f"q{number + 1}"
    place = file.place("items", number)
    options = options_of(item.options) if item.options else shared
    kind = item.type or QuestionType.CHOICE
    if kind is QuestionType.YES_NO and not options:
        options = options_of({"yes": "Yes", "no": "No"})
    if kind in {QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.SCALE}:
        options = ()
    wording = pack.items.get(item_id) if pack else item.ask
    if wording is None and shape.text == "shipped":
        bench.say("SC303", place, f'item "{item_id}" has no text', "Add `ask:`.")
    return Question(
        id=item_id,
        key=f"{key}.{item_id}",
        type=kind,
        ask=wording or item.topic or item_id,
        place=place,
        slot=bench.slot(),
        hint=item.hint,
        short=item.short or item.topic,
        required=item.required,
        unit=item.unit,
        low=item.range[0] if item.range else None,
        high=item.range[1] if item.range else None,
        decimals=int(item.decimals)
        if item.decimals is not None
        else (2 if kind in {QuestionType.DECIMAL} else 0),
        step=item.step,
        labels=item.labels,
        options=options,
        numeric_options=kind is QuestionType.CHOICE and are_numbers(options),
        not_sure=item.not_sure or shape.not_sure,
        prefer_not_to_say=item.prefer_not_to_say or shape.prefer_not_to_say,
        loinc=item.loinc,
        scored=item.scored,
    )


def _item_symbol(item: Question, key: str, page: int) -> Symbol:
    return Symbol(
        name=item.key,
        type=type_of(item),
        slot=item.slot,
        is_question=True,
        page=page,
        needs={key: frozenset({item.slot})},
    )


def _conditioned(  # noqa: PLR0913 - an item and its condition
    bench: Workbench,
    file: File,
    item: Question,
    shape: ItemShape,
    number: int,
    scope: Scope,
) -> Question:
    if not shape.ask_if:
        return item
    place = file.place("items", number, "ask_if")
    condition = bench.expression(shape.ask_if, place, scope)
    fields = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return Question(**{**fields, "ask_if": condition})


def _parameters(
    bench: Workbench, shape: InstrumentShape, file: File, chosen: Mapping[str, object]
) -> tuple[dict[str, Decimal], dict[str, dict[str, Decimal]]]:
    values: dict[str, Decimal] = {}
    choices: dict[str, dict[str, Decimal]] = {}
    for name, parameter in shape.parameters.items():
        if parameter.options:
            choices[name] = dict(parameter.options)
            word = str(chosen.get(name, parameter.default))
            if word not in parameter.options:
                what = f'parameter "{name}" has no option of that name'
                fix = did_you_mean(word, parameter.options)
                bench.say("SC307", file.place("parameters", name), what, fix)
            values[name] = _whole(parameter.options.get(word, Decimal(0)))
        elif name in chosen:
            values[name] = _whole(_number(bench, file, name, chosen[name]))
        elif isinstance(parameter.value, Decimal):
            values[name] = _whole(parameter.value)
        if values.get(name) is None:
            what = f'parameter "{name}" has no number'
            fix = "Give `value:`, or `options:` with a `default:`."
            bench.say("SC304", file.place("parameters", name), what, fix)
            values[name] = Decimal(0)
    return values, choices


def _number(bench: Workbench, file: File, name: str, value: object) -> Decimal:
    if NUMERAL.fullmatch(str(value)):
        return Decimal(str(value))
    what = f'parameter "{name}" is not a number'
    fix = "Write a plain number."
    bench.say("SC308", file.place("parameters", name), what, fix)
    return Decimal(0)


def _whole(number: Decimal | None) -> Decimal:
    """Return a whole Decimal as int, which compares faster; None stays as it is."""
    if number is not None and number == number.to_integral_value():
        return int(number)  # type: ignore[return-value] # an int serves wherever a Decimal does
    return number  # type: ignore[return-value] # None is complained about by the caller


def _scores(
    bench: Workbench, file: File, shape: InstrumentShape, items: tuple[Question, ...]
) -> tuple[Score, ...]:
    made = []
    for name, score in shape.scores.items():
        how, named = _how(score)
        scored = tuple(item.id for item in items if item.scored)
        chosen = scored if named == "all" else tuple(named or ())
        place = file.place("scores", name)
        known = {item.id for item in items}
        for item_id in [i for i in (*chosen, *score.reversed) if i not in known]:
            what = f'the score "{name}" names an item "{item_id}" that does not exist'
            bench.say("SC310", place, what, did_you_mean(item_id, known))
        chosen = tuple(item_id for item_id in chosen if item_id in known)
        low, high = _possible(how, [i for i in items if i.id in chosen])
        if score.range and [low, high] != list(score.range):
            what = f'"{name}" can be {low} to {high}, and its range says otherwise'
            fix = "Correct the weights or the published range."
            bench.say("SC311", file.place("scores", name, "range"), what, fix)
        made.append(
            Score(
                name=name,
                how=how,
                items=chosen,
                reversed=frozenset(score.reversed),
                low=low,
                high=high,
                subscale=score.subscale,
                prorate_missing=(
                    int(score.prorate.missing_at_most) if score.prorate else None
                ),
                sources=tuple(score.sources or shape.sources),
                slot=bench.slot(),
            )
        )
    return tuple(made)


def _how(score: ScoreShape) -> tuple[str, list[str] | str | None]:
    for how in ("sum", "mean", "max", "count"):
        named = getattr(score, how)
        if named is not None:
            return how, named
    return "sum", "all"


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


def _bands(
    bench: Workbench,
    file: File,
    shape: InstrumentShape,
    scores: tuple[Score, ...],
    items: tuple[Question, ...],
) -> tuple[BandTable, ...]:
    ranges = {item.id: possible_points(item) for item in items}
    ranges |= {score.name: (score.low, score.high) for score in scores}
    tables = []
    for name, table in shape.bands.items():
        place = file.place("bands", name)
        if table.of not in ranges:
            what = f'the bands "{name}" are of "{table.of}", which does not exist'
            bench.say("SC320", place, what, did_you_mean(table.of, ranges))
            continue
        bands = tuple(
            Band(name=band, low=ends[0], high=ends[1])
            for band, ends in table.bands.items()
        )
        _check_cover(bench, file, name, bands, ranges[table.of])
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


def _check_cover(
    bench: Workbench,
    file: File,
    name: str,
    bands: tuple[Band, ...],
    possible: tuple[Decimal, Decimal],
) -> None:
    expected = possible[0]
    for band in bands:
        place = file.place("bands", name, "bands", band.name)
        if band.low != expected or band.high < band.low:
            what = f'band "{band.name}" starts at {band.low}, after a gap or overlap'
            bench.say("SC321", place, what, f"Start it at {expected}.")
        expected = band.high + 1
    if bands and bands[-1].high != possible[1]:
        place = file.place("bands", name, "bands", bands[-1].name)
        what = f'the last band ends at {bands[-1].high}, the score at {possible[1]}'
        bench.say("SC322", place, what, f"End it at {possible[1]}.")


def _results(  # noqa: PLR0913 - results and the names they may use
    bench: Workbench,
    file: File,
    shape: InstrumentShape,
    key: str,
    page: int,
    scope: dict[str, Symbol],
) -> tuple[Derived, ...]:
    made = []
    for name, result_shape in shape.results.items():
        place = file.place("results", name)
        result = derived_from(bench, name, result_shape, place, Scope(scope))
        if result is None:
            continue
        needs = {result.slot}
        for read in symbols_read(result):
            if not read.is_question:
                needs |= read.needs.get(key, frozenset())
        symbol = Symbol(
            name=f"{key}.{name}",
            type=type_of_derived(result),
            slot=result.slot,
            page=page,
            needs={key: frozenset(needs)},
        )
        _register(bench, scope, key, name, symbol, place)
        made.append(result)
    return tuple(made)


def symbols_read(derived: Derived) -> tuple[Symbol, ...]:
    """Return the symbols that a derived value reads."""
    expressions = [row.when for row in derived.rows] + [derived.expression]
    return tuple(read for e in expressions if e is not None for read in e.reads)

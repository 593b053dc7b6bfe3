"""An instrument file, as one page uses it -> items, scores, results, and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from screening.core.definition import (
    NUMERIC_TYPES,
    YES_NO,
    Option,
    Question,
    QuestionType,
)
from screening.core.derived import symbols_read, type_of_derived
from screening.core.expression import Expression, Scope, Sort, Symbol, Type
from screening.core.expression.types import WRONG
from screening.core.instrument import (
    BandTable,
    Derived,
    Instrument,
    Licence,
)
from screening.core.load.derive import derived_from
from screening.core.load.options import are_numbers, check_options, options_of
from screening.core.load.questions import check_unit, decimals_of, ends_of, type_of
from screening.core.load.scores import bands_of, scores_of
from screening.core.load.workbench import Spot, Workbench, check_file_name
from screening.core.problems import did_you_mean, nearest
from screening.core.schema import (
    NUMERAL,
    InstrumentShape,
    ItemShape,
    PackItemShape,
    PackShape,
)


def open_instrument(
    bench: Workbench, name: str
) -> tuple[Spot, InstrumentShape, PackShape | None] | None:
    """Return the instrument's file and, where its text is not shipped, the pack."""
    opened = bench.open(f"instruments/{name}.yaml", InstrumentShape)
    if opened is None:
        return None
    spot, shape = opened
    check_file_name(spot.at("instrument"), shape.instrument, name)
    pack = None
    if shape.text == "pack":
        found = bench.open(f"packs/{name}.yaml", PackShape)
        if found:
            pack = found[1]
            check_file_name(found[0].at("pack"), pack.pack, name)
            _check_pack(found[0], shape, pack)
    return spot, shape, pack


def _check_pack(spot: Spot, shape: InstrumentShape, pack: PackShape) -> None:
    wanted = [item.id or f"q{n}" for n, item in enumerate(shape.items, 1)]
    extras = [item for item in pack.items if item not in wanted]
    missing = [item for item in wanted if item not in pack.items]
    likely = {nearest(extra, missing) for extra in extras}
    for item in missing:
        if item not in likely:  # that one is there, misspelt
            what = f'the pack has no text for item "{item}"'
            spot.at("items").say("SC301", what, "Add its exact wording.")
    for extra in extras:
        what = f'the instrument has no item "{extra}"'
        fix = did_you_mean(extra, missing or wanted)
        spot.key("items", extra).say("SC302", what, fix)
    options = _option_values(shape)
    for extra in [value for value in pack.options if value not in options]:
        what = f'the instrument has no option "{extra}"'
        spot.key("options", extra).say("SC319", what, did_you_mean(extra, options))


def _option_values(shape: InstrumentShape) -> list[str]:
    """Return the values of the options of all items, each once."""
    own = (value for item in shape.items for value in item.options)
    return list(dict.fromkeys((*shape.options, *own)))


def instrument_from(
    spot: Spot,
    shape: InstrumentShape,
    pack: PackShape | None,
    *,
    key: str,
    page: int,
    chosen: Mapping[str, object] | None = None,
) -> Instrument:
    """Return the instrument under `key`, its names registered as `key.name`.

    `page` is the position of the page that asks it; items that the loader moves to
    a later page keep it, since only earlier pages of the file matter to conditions.
    `chosen` are parameters that differ from the file's: a number, or an option's name.
    """
    _cite(spot, shape)
    names = _Names(spot=spot, key=key, page=page)
    items = tuple(
        _item(spot.at("items", number), shape, item, pack, key=key, number=number)
        for number, item in enumerate(shape.items)
    )
    status_slot = spot.bench.slot("")
    for number, item in enumerate(items):
        names.add(
            spot.at("items", number, "id"),
            item.id,
            type_of(item),
            slot=item.slot,
            is_question=True,
        )
    scores = scores_of(spot, shape, items)
    for score in scores:
        at_score = spot.key("scores", score.name)
        names.add(at_score, score.name, Type(sort=Sort.NUMBER), slot=score.slot)
    parameters = _parameters(spot, shape, chosen or {})
    for name, number_value in parameters.items():
        names.add_constant(spot.key("parameters", name), name, number_value)
    bands = bands_of(spot, shape, scores, items)
    _check_results(spot, shape, bands)
    results = _results(spot, shape, names)
    scope = names.inside
    return Instrument(
        id=shape.instrument,
        key=key,
        title=shape.title,
        rater=shape.rater,
        stem=(pack.stem if pack else None) or shape.stem,
        instruction=(pack.instruction if pack else None)
        or shape.instruction
        or shape.disclaimer,
        items=tuple(
            _conditioned(
                spot.at("items", number),
                item,
                shape.items[number],
                scope,
                {later.slot for later in items[number:]},
            )
            for number, item in enumerate(items)
        ),
        scores=scores,
        bands=bands,
        results=results,
        parameters=parameters,
        gate=_truth(spot.at("gate"), shape.gate, scope),
        inconsistent=_truth(spot.at("inconsistent"), shape.inconsistent, scope),
        loinc={name: str(code) for name, code in shape.loinc.items()},
        licence=Licence(
            status=shape.licence.status,
            holder=shape.licence.holder,
            attribution=shape.licence.attribution or shape.licence.holder,
            uses={str(use): word for use, word in shape.licence.uses.items()},
            note=shape.licence.note,
            verified=tuple(shape.licence.verified),
        ),
        sources=tuple(shape.sources),
        place=spot.at("instrument").place,
        status_slot=status_slot,
    )


def _cite(spot: Spot, shape: InstrumentShape) -> None:
    """Remember every source; note a score that has none."""
    spot.at().cite(shape.sources)
    for group, parts in (
        ("scores", shape.scores),
        ("bands", shape.bands),
        ("results", shape.results),
        ("parameters", shape.parameters),
    ):
        for name, part in parts.items():
            spot.at(group, name).cite(getattr(part, "sources", ()))
    for name, score in shape.scores.items():
        if not score.sources and not shape.sources:
            what = f'the score "{name}" has no source'
            fix = "Add `sources:` to it, or to the instrument."
            spot.key("scores", name).say("SC331", what, fix)
    verified = spot.at("licence", "verified")
    spot.bench.cited.append((verified, tuple(shape.licence.verified)))


@dataclass(slots=True, kw_only=True)
class _Names:
    """The names inside one instrument; each is also known outside as `key.name`."""

    spot: Spot
    key: str
    page: int
    scope: dict[str, Symbol] = field(default_factory=dict)

    @property
    def inside(self) -> Scope:
        """The names that the instrument's own rules may use."""
        return Scope(self.scope, is_lost=self.spot.bench.is_lost)

    def add(
        self,
        spot: Spot,
        name: str,
        kind: Type,
        *,
        slot: int,
        is_question: bool = False,
        behind: frozenset[int] = frozenset(),
    ) -> None:
        """Register a name; `behind` are further slots it needs to be determined."""
        symbol = Symbol(
            name=f"{self.key}.{name}",
            type=WRONG if spot.is_damaged else kind,
            slot=slot,
            is_question=is_question,
            page=self.page,
            needs={self.key: behind | {slot}},
        )
        if self._is_free(spot, name):
            self.scope[name] = symbol
            spot.name(symbol)

    def add_constant(self, spot: Spot, name: str, number: Decimal) -> None:
        """Register a parameter, which is known inside the instrument only."""
        kind = Type(sort=Sort.NUMBER)
        symbol = Symbol(name=f"{self.key}.{name}", type=kind, constant=number)
        if self._is_free(spot, name):
            self.scope[name] = symbol

    def _is_free(self, spot: Spot, name: str) -> bool:
        if name not in self.scope:
            return True
        what = f'"{name}" is the name of something else in {self.key} already'
        spot.say("SC110", what, "Choose another id.")
        return False


def _truth(spot: Spot, text: str | None, scope: Scope) -> Expression | None:
    return spot.expression(text, scope) if text else None


def _item(
    spot: Spot,
    shape: InstrumentShape,
    item: ItemShape,
    pack: PackShape | None,
    *,
    key: str,
    number: int,
) -> Question:
    item_id = item.id or f"q{number + 1}"
    kind = item.type or QuestionType.CHOICE
    options = _options(shape, item, item_id, kind, pack)
    wording = pack_text(pack, item_id) if pack else item.ask
    if wording is None and shape.text == "shipped":
        spot.say("SC303", f'item "{item_id}" has no text', "Add `ask:`.")
    check_options(spot, item_id, kind, options)
    if item.unit is not None:
        check_unit(spot.at("unit"), item.unit)
    low, high = ends_of(spot, item, kind)
    return Question(
        id=item_id,
        key=f"{key}.{item_id}",
        type=kind,
        ask=wording or item.topic or item_id,
        place=spot.place,
        slot=spot.bench.slot(),
        hint=item.hint,
        short=item.short or item.topic,
        required=item.required,
        unit=item.unit,
        low=low if isinstance(low, Decimal) else None,
        high=high if isinstance(high, Decimal) else None,
        decimals=decimals_of(item, kind),
        step=item.step,
        labels=item.labels,
        options=options,
        numeric_options=kind is QuestionType.CHOICE and are_numbers(options),
        not_sure=item.not_sure or shape.not_sure,
        prefer_not_to_say=item.prefer_not_to_say or shape.prefer_not_to_say,
        loinc=item.loinc,
        scored=item.scored,
    )


def _options(
    shape: InstrumentShape,
    item: ItemShape,
    item_id: str,
    kind: QuestionType,
    pack: PackShape | None,
) -> tuple[Option, ...]:
    """Return an item's own options, or the instrument's, in the pack's words."""
    if kind in NUMERIC_TYPES and not item.options:
        return ()
    options = options_of(item.options or shape.options)
    if kind is QuestionType.YES_NO and not options:
        options = YES_NO
    labels = _pack_labels(pack, item_id) if pack else {}
    return tuple(
        replace(option, label=labels.get(option.value, option.label))
        for option in options
    )


def pack_text(pack: PackShape, item_id: str) -> str | None:
    """Return a pack's wording of an item; None where it has none."""
    found = pack.items.get(item_id)
    return found.ask if isinstance(found, PackItemShape) else found


def _pack_labels(pack: PackShape, item_id: str) -> dict[str, str]:
    """Return a pack's wording of an item's options: its own, or those of all items."""
    found = pack.items.get(item_id)
    own = found.options if isinstance(found, PackItemShape) else {}
    return {**pack.options, **own}


def _conditioned(
    spot: Spot, item: Question, shape: ItemShape, scope: Scope, later: set[int]
) -> Question:
    """Return the item with its condition, which may read the items before it."""
    if not shape.ask_if:
        return item
    here = spot.at("ask_if")
    made = here.expression(shape.ask_if, scope)
    for symbol in made.reads if made else ():
        if symbol.slot in later:
            name = symbol.name.rpartition(".")[2]
            what = f'"{name}" is not asked before this item'
            fix = "Let it depend on items that stand before it."
            here.say("SC153", what, fix, where=here.at_word(shape.ask_if, name))
    return replace(item, ask_if=made)


def _parameters(
    spot: Spot, shape: InstrumentShape, chosen: Mapping[str, object]
) -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    for name in [name for name in chosen if name not in shape.parameters]:
        what = f'there is no parameter "{name}"'
        spot.at("parameters").say("SC309", what, did_you_mean(name, shape.parameters))
    for name, parameter in shape.parameters.items():
        here = spot.at("parameters", name)
        if parameter.options:
            word = str(chosen.get(name, parameter.default))
            if word not in parameter.options:
                what = f'parameter "{name}" has no option "{word}"'
                if parameter.default is None and name not in chosen:
                    what = f'parameter "{name}" has no `default:`'
                here.at("default").say(
                    "SC307", what, did_you_mean(word, parameter.options)
                )
            values[name] = _whole(parameter.options.get(word, Decimal(0)))
        elif name in chosen:
            values[name] = _whole(_number(here, name, chosen[name]))
        elif isinstance(parameter.value, Decimal):
            values[name] = _whole(parameter.value)
        else:
            fix = "Give `value:`, or `options:` with a `default:`."
            here.say("SC304", f'parameter "{name}" has no number', fix)
            values[name] = Decimal(0)
    return values


def _number(spot: Spot, name: str, value: object) -> Decimal:
    if NUMERAL.fullmatch(str(value)):
        return Decimal(str(value))
    what = f'parameter "{name}" is not a number'
    spot.say("SC308", what, "Write a plain number.")
    return Decimal(0)


def _whole(number: Decimal) -> Decimal:
    """Return a whole Decimal as int, which compares faster."""
    if number == number.to_integral_value():
        return int(number)  # type: ignore[return-value] # an int serves wherever a Decimal does
    return number


def _check_results(
    spot: Spot, shape: InstrumentShape, tables: tuple[BandTable, ...]
) -> None:
    """Note a result that takes the name under which a table's band is reported."""
    for table in tables:
        taken = f"band_{table.name}"
        if taken in shape.results:
            what = f'"{taken}" is how the band of the table "{table.name}" is called'
            spot.key("results", taken).say("SC325", what, "Choose another id.")


def _results(spot: Spot, shape: InstrumentShape, names: _Names) -> tuple[Derived, ...]:
    """Return the results in order; each may read items, scores and those above it.

    A result is not determined either while a score or result that it reads is not.
    """
    made: list[Derived] = []
    for name, result_shape in shape.results.items():
        here = spot.at("results", name)
        below = frozenset(shape.results) - {one.name for one in made}
        scope = replace(names.inside, later=below)
        result = derived_from(here, name, result_shape, scope)
        at_name = spot.key("results", name)
        if result is None:
            names.add(at_name, name, WRONG, slot=spot.bench.slot())
            continue
        behind: frozenset[int] = frozenset()
        for read in symbols_read(result):
            if not read.is_question:
                behind |= read.needs.get(names.key, frozenset())
        kind = type_of_derived(result)
        names.add(at_name, name, kind, slot=result.slot, behind=behind)
        made.append(result)
    return tuple(made)

"""The shape of a questionnaire -> the whole of it, part by part, on one workbench.

Names come first (parameters, pages, derived values), then everything that uses them
(conditions, criteria, checks, promises), then the compiled program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from screening.core.check.whole import Parts, check_meaning, check_texts
from screening.core.definition import (
    Criterion,
    Option,
    Outcome,
    Page,
    Promise,
    Question,
    Questionnaire,
    QuestionType,
    Repeat,
)
from screening.core.deployment import Deployment
from screening.core.expression import Expression, Scope, Sort, Symbol, Type
from screening.core.instrument import (
    Instrument,
)
from screening.core.load import rules
from screening.core.load.beside import (
    Known,
    check_known,
    check_sources,
    help_of,
    known_in,
    sources_of,
)
from screening.core.load.catalogues import catalogue_from
from screening.core.load.derived import Part, worked_out
from screening.core.load.divide import divided
from screening.core.load.listed import Listed
from screening.core.load.pages import instrument_of, questions_of, repeat_of
from screening.core.load.questions import check_unit
from screening.core.load.steps import steps_of
from screening.core.load.summary import summary_of
from screening.core.load.translations import Overlays, overlays_of, translations_of
from screening.core.load.workbench import Spot, check_file_name
from screening.core.problems import did_you_mean, in_file_order
from screening.core.program import Program
from screening.core.schema import (
    OptionShape,
    PageShape,
    QuestionnaireShape,
    QuestionShape,
)


class Loader:
    """Builds one questionnaire from its shape; problems gather on the workbench."""

    def __init__(
        self,
        spot: Spot,
        shape: QuestionnaireShape,
        folder: str,
        deployment: Deployment,
    ) -> None:
        """Get ready to build from the file at `spot`, which stands in `folder`."""
        self.deployment = deployment
        self.spot = spot
        self.bench = spot.bench
        self.shape = shape
        self.folder = folder
        self.said: dict[str, tuple[Expression | bool, frozenset[int]]] = {}
        self.accepted: dict[str, str] = {}
        self.left_out: list[str] = []
        self.scales: set[str] = set()
        self.outcome_slot = spot.bench.slot()

    def questionnaire(self) -> Questionnaire | None:
        """Return the questionnaire; None, with problems noted, if it has errors."""
        bench, shape, spot = self.bench, self.shape, self.spot
        check_file_name(spot.at("questionnaire"), shape.questionnaire, self.folder)
        self._catalogues()
        self._parameters()
        overlays = self._overlays()
        pages = self._pages()
        self._check_suggestions()
        repeats = {page.repeat.id: page.repeat for page in pages if page.repeat}
        worked = worked_out(spot, shape, repeats)
        derived = worked.values
        pages = tuple(
            replace(page, repeat=page.repeat and worked.repeats[page.repeat.id])
            for page in pages
        )
        pages = tuple(self._conditioned(page) for page in pages)
        help_texts, receipt = help_of(bench, self.folder)
        sources = sources_of(bench, self.folder)
        helps = known_in(bench, f"{self.folder}/help.yaml", help_texts)
        known = known_in(bench, f"{self.folder}/sources.yaml", sources)
        criteria = rules.criteria_of(spot, shape, helps, known)
        self._check_declined(helps)
        for cited, listed in bench.cited:
            check_sources(cited, listed, known)
        help_rules = rules.help_rules_of(spot, shape, helps)
        checks = rules.checks_of(spot, shape)
        promises = self._promises()
        summary = summary_of(spot, shape)
        parts = Parts(
            spot=spot,
            shape=shape,
            folder=self.folder,
            pages=pages,
            derived=derived,
            criteria=criteria,
            checks=checks,
            promises=promises,
            help_rules=help_rules,
        )
        put_in = check_texts(parts)
        if not bench.errors():
            check_meaning(parts, put_in, self.deployment)
        if bench.errors():
            return None
        files = dict(sorted(bench.files.items()))
        made = Questionnaire(
            id=shape.questionnaire,
            version=shape.version,
            title=shape.title,
            language=shape.language,
            written_in=shape.language,
            sha256=fingerprint(files),
            files=files,
            pages=divided(pages),
            instruments={p.instrument.key: p.instrument for p in pages if p.instrument},
            repeats=worked.repeats,
            questions={q.id: q for page in pages for q in page.questions},
            derived=derived,
            checks=checks,
            criteria=criteria,
            help_rules=help_rules,
            promises=promises,
            help=help_texts,
            receipt=receipt,
            summary=summary,
            sources=sources,
            accepted_unknowns=self.accepted,
            left_out_pages=tuple(self.left_out),
            translations={},
            notices=(),
            program=self._program(pages, worked.order, criteria),
        )
        translations = translations_of(made, overlays)
        if bench.errors():
            return None
        notices = in_file_order(bench.problems)
        return replace(made, translations=translations, notices=notices)

    # -- what stands in other files

    def _overlays(self) -> Overlays:
        scales = [page.instrument for page in self.shape.pages if page.instrument]
        return overlays_of(self.bench, self.folder, self.shape.language, scales)

    def _catalogues(self) -> None:
        wanted = {
            question.from_
            for page in self.shape.pages
            for outer in page.questions
            for question in (outer, *outer.questions)
            if question.from_
        }
        for name in sorted(wanted):
            catalogue = catalogue_from(self.bench, name)
            if catalogue is not None:
                self.bench.catalogues[name] = catalogue

    # -- names

    def _parameters(self) -> None:
        for name, parameter in self.shape.parameters.items():
            value = parameter.value
            here = self.spot.at("parameters", name)
            here.cite(parameter.sources)
            unit = parameter.unit
            if unit is not None and not check_unit(here.at("unit"), unit):
                unit = None
            if value is None:
                what = f'parameter "{name}" has no value'
                here.say("SC150", what, "Give it `value:`.")
                self.bench.lost.add(name)
            elif isinstance(value, list):
                words = Type(sort=Sort.LISTED, element=Type(sort=Sort.WRITTEN))
                here.name(Symbol(name=name, type=words, constant=tuple(value)))
            else:
                number = int(value) if value == value.to_integral_value() else value
                kind = Type(sort=Sort.NUMBER, unit=unit)
                here.name(Symbol(name=name, type=kind, constant=number))

    def _pages(self) -> tuple[Page, ...]:
        ids = [page.page for page in self.shape.pages]
        made = []
        for number, page in enumerate(self.shape.pages):
            here = self.spot.at("pages", number)
            if ids.index(page.page) != number:
                what = f'the page "{page.page}" stands here a second time'
                here.at("page").say("SC151", what, "Choose another id.")
                self.bench.forget(here)
                continue
            built = self._page(here, page, number)
            if built is None:
                self.left_out.append(page.page)
            else:
                made.append(built)
        return tuple(made)

    def _page(self, spot: Spot, shape: PageShape, number: int) -> Page | None:
        instrument: Instrument | None = None
        repeat: Repeat | None = None
        questions: tuple[Question, ...] = ()
        _check_page(spot, shape)
        if shape.instrument is not None:
            if self._is_asked_twice(spot, shape):
                return None
            instrument = instrument_of(spot, shape, number, self.deployment)
            if instrument is None:
                return None
        elif shape.repeat is not None:
            repeat = repeat_of(spot, shape, number)
        else:
            questions = questions_of(spot, shape, number)
        title = shape.title or (instrument.title if instrument else shape.page)
        return Page(
            id=shape.page,
            source_id=shape.page,
            title=title,
            intro=shape.intro,
            layout=shape.layout,
            ask_if=None,
            questions=questions,
            instrument=instrument,
            repeat=repeat,
            help_if_declined=shape.help_if_declined,
            place=spot.at("page").place,
        )

    def _is_asked_twice(self, spot: Spot, shape: PageShape) -> bool:
        """Tell whether an earlier page has an instrument of this name; note it."""
        key = shape.as_ or shape.instrument or ""
        is_twice = key in self.scales
        if is_twice:
            what = f'an earlier page asks "{key}" already'
            fix = f"Give it a name of its own: `as: {key}_again`."
            spot.at("as" if shape.as_ else "instrument").say("SC110", what, fix)
        self.scales.add(key)
        return is_twice

    def _check_suggestions(self) -> None:
        """Note suggestions from what is no picked attribute of an earlier page."""
        earlier: set[str] = set()
        repeats = {page.repeat for page in self.shape.pages}
        for number, page in enumerate(self.shape.pages):
            for position, question in enumerate(page.questions):
                path = question.suggest_from
                if path is None or path in earlier or self.bench.is_lost(path):
                    continue
                what = f'"{path}" is no attribute of what is picked on an earlier page'
                if path.split(".")[0] in repeats:
                    what += "; its own page is later, or picks from no list that has it"
                here = self.spot.at("pages", number, "questions", position)
                at = here.at("suggest_from")
                at.say("SC137", what, did_you_mean(path, earlier))
            earlier |= self._picked_on(page)

    def _picked_on(self, page: PageShape) -> set[str]:
        """Return the attributes of what is picked on a page of entries: `list.name`."""
        lists = (self.bench.catalogues.get(one.from_ or "") for one in page.questions)
        return {
            f"{page.repeat}.{attribute.name}"
            for catalogue in lists
            if catalogue is not None and page.repeat is not None
            for attribute in catalogue.attributes
        }

    # -- conditions, once every name exists

    def _conditioned(self, page: Page) -> Page:
        ids = [shape.page for shape in self.shape.pages]
        number = ids.index(page.id)
        shape = self.shape.pages[number]
        here = self.spot.at("pages", number)
        if page.repeat is not None:
            slots = frozenset({page.repeat.slot})
            self._must_know(here, page.repeat.id, shape, slots)
        elif page.instrument is not None:
            items = page.instrument.items
            slots = frozenset(item.slot for item in items if item.scored)
            self._must_know(here, page.instrument.key, shape, slots)
        questions = tuple(
            self._conditioned_question(
                here.at("questions", position), question, shape.questions[position]
            )
            for position, question in enumerate(page.questions)
        )
        ask_if = self._condition(here, shape.ask_if)
        return replace(page, ask_if=ask_if, questions=questions)

    def _conditioned_question(
        self, spot: Spot, question: Question, shape: QuestionShape
    ) -> Question:
        slots = frozenset(part.slot for part in question.parts or (question,))
        parts = tuple(
            replace(
                part,
                ask_if=self._condition(
                    spot.at("questions", n), shape.questions[n].ask_if
                ),
                options=self._offered(
                    spot.at("questions", n), part, shape.questions[n]
                ),
            )
            for n, part in enumerate(question.parts)
        )
        return replace(
            question,
            options=self._offered(spot, question, shape),
            ask_if=self._condition(spot, shape.ask_if),
            parts=parts,
            must_know=self._must_know(spot, question.id, shape, slots),
        )

    def _condition(self, spot: Spot, text: str | None) -> Expression | None:
        """Return the condition of something on a page; it may read earlier pages."""
        if text is None:
            return None
        here = spot.at("ask_if")
        made = here.expression(text)
        number = int(spot.path[1])
        for symbol in made.reads if made else ():
            if symbol.page >= number:
                what = f'"{symbol.name}" is not asked on an earlier page'
                fix = "Ask it before, or move this question to a later page."
                where = here.at_word(text, symbol.name)
                here.say("SC153", what, fix, where=where)
        return made

    def _offered(
        self, spot: Spot, question: Question, shape: QuestionShape
    ) -> tuple[Option, ...]:
        """Return the options with their conditions, which may read earlier pages."""
        conditions = {
            value: option.ask_if
            for value, option in shape.options.items()
            if isinstance(option, OptionShape) and option.ask_if is not None
        }
        if not conditions:
            return question.options
        return tuple(
            replace(
                option,
                ask_if=self._condition(
                    spot.at("options", option.value), conditions.get(option.value)
                ),
            )
            for option in question.options
        )

    def _must_know(
        self,
        spot: Spot,
        name: str,
        shape: PageShape | QuestionShape,
        slots: frozenset[int],
    ) -> Expression | bool | None:
        rule = shape.must_know
        made = spot.at("must_know").expression(rule) if isinstance(rule, str) else rule
        if made is None:
            return None
        self.said[name] = (made, slots)
        if made is not True:
            self.accepted[name] = shape.because or ""
        return made

    def _promises(self) -> tuple[Promise, ...]:
        outcomes = Type(sort=Sort.OPTION, options=tuple(Outcome))
        outcome = Symbol(name="outcome", type=outcomes, slot=self.outcome_slot)
        scope = Scope({"outcome": outcome}, self.bench.scope)
        return rules.promises_of(self.spot, self.shape, scope)

    def _check_declined(self, helps: Known) -> None:
        """Note each help text for who declines that does not exist."""
        what = "`help_if_declined` names"
        for number, page in enumerate(self.shape.pages):
            here = self.spot.at("pages", number)
            check_known(here.at("help_if_declined"), page.help_if_declined, helps, what)
            for position, question in enumerate(page.questions):
                at = here.at("questions", position, "help_if_declined")
                check_known(at, question.help_if_declined, helps, what)

    # -- the compiled whole

    def _program(
        self,
        pages: tuple[Page, ...],
        parts: tuple[Part, ...],
        criteria: tuple[Criterion, ...],
    ) -> Program:
        derived = [part for part in parts if not isinstance(part, Repeat)]
        repeats = {page.repeat.id: page.repeat for page in pages if page.repeat}
        listed = Listed(derived, repeats)
        steps = steps_of(pages, parts, self._ready_after(pages, parts))
        return Program(
            template=tuple(self.bench.template),
            outcome_slot=self.outcome_slot,
            steps=steps,
            functions=tuple(step.run() for step in steps),
            criteria=criteria,
            verdicts=tuple(criterion.when.run for criterion in criteria),
            must_know=rules.must_know_of(criteria, self.said, listed),
            keys=_keys(pages),
            criteria_by_id={criterion.id: criterion for criterion in criteria},
        )

    def _ready_after(
        self, pages: tuple[Page, ...], parts: tuple[Part, ...]
    ) -> dict[str, int]:
        """Return after which of the kept pages each part can be worked out."""
        ids = {page.id for page in pages}
        kept = [n for n, shape in enumerate(self.shape.pages) if shape.page in ids]
        symbols = self.bench.symbols
        names = (part.id if isinstance(part, Repeat) else part.name for part in parts)
        return {
            name: sum(number <= symbols[name].page for number in kept) - 1
            for name in names
        }


_ONLY_WITH = {
    "repeat": ("at_most", "any", "entry"),
    "instrument": ("as", "if_licensed"),
}
"""What may be said only of a page that has something else."""


def _check_page(spot: Spot, shape: PageShape) -> None:
    """Note a page that shows nothing, or of which a part would never be shown."""
    is_thinned = spot.place in spot.bench.thinned
    if shape.instrument is None and not shape.questions and not is_thinned:
        what = f'the page "{shape.page}" shows nothing'
        spot.at("page").say("SC152", what, "Add questions, or delete it.")
    if shape.instrument is not None and (shape.questions or shape.repeat):
        what = "a page has an instrument, or questions, or a repeat with questions"
        spot.at("instrument").say("SC154", what, "Make it two pages.")
        spot.bench.forget(spot)
    for needed, names in _ONLY_WITH.items():
        for name in names if getattr(shape, needed) is None else ():
            if {"as": "as_"}.get(name, name) in shape.model_fields_set:
                what = f"`{name}` means nothing on a page without `{needed}:`"
                spot.at(name).say("SC156", what, "Delete it.")


def _keys(pages: tuple[Page, ...]) -> dict[str, Question | Instrument | Repeat]:
    """Return what an answers file may name."""
    keys: dict[str, Question | Instrument | Repeat] = {}
    for page in pages:
        if page.instrument is not None:
            keys[page.instrument.key] = page.instrument
        elif page.repeat is not None:
            keys[page.repeat.id] = page.repeat
        for question in page.questions:
            if question.type is not QuestionType.NOTE:
                keys[question.id] = question
    return keys


def fingerprint(files: Mapping[str, str]) -> str:
    """Return the SHA-256 over all files, names and texts, as lower-case hex."""
    canonical = json.dumps(files, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()

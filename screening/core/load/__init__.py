"""Files -> a whole, compiled questionnaire, or every problem that was found.

`load` never stops at the first problem and never gives out half a questionnaire. It
does no input of its own: `read_file` is asked for each file by its name below the
questionnaires folder, and what it gave is kept with the definition.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from screening.core.definition import (
    Catalogue,
    Derived,
    HelpText,
    Instrument,
    Outcome,
    Page,
    Promise,
    Question,
    Questionnaire,
    QuestionType,
    Repeat,
    SourceReference,
    SummarySection,
)
from screening.core.expression import Expression, Scope, Sort, Symbol, Type
from screening.core.load import rules
from screening.core.load.divide import divided
from screening.core.load.instruments import instrument_from, open_instrument
from screening.core.load.pages import instrument_of, questions_of, repeat_of
from screening.core.load.questions import catalogue_from
from screening.core.load.steps import instrument_steps, steps_of
from screening.core.load.workbench import File, Workbench
from screening.core.problems import (
    DefinitionError,
    Place,
    Problem,
    Severity,
    in_file_order,
)
from screening.core.program import Program
from screening.core.schema import (
    HelpFileShape,
    QuestionnaireShape,
    SourcesShape,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from screening.core.schema import PageShape, QuestionShape

__all__ = ["load", "load_instrument"]

_NOWHEN = date(1970, 1, 1)


def load(questionnaire_id: str, read_file: Callable[[str], str | None]) -> Questionnaire:
    """Return the questionnaire in the folder `questionnaire_id`, compiled.

    `read_file` returns the text of a file by its name (`instruments/phq9.yaml`), None
    when there is none. Raises DefinitionError with every problem in file order.
    """
    bench = Workbench(read_file)
    name = f"{questionnaire_id}/questionnaire.yaml"
    opened = bench.open(name, QuestionnaireShape)
    if opened is None:
        if not bench.problems:
            bench.say(
                "SC010",
                Place(name),
                "there is no such file",
                "Name a folder that holds a questionnaire.yaml.",
            )
        raise DefinitionError(bench.problems)
    loader = _Loader(bench, opened[0], opened[1], questionnaire_id)
    made = loader.questionnaire()
    if made is None or _errors(bench):
        raise DefinitionError(bench.problems)
    return made


def _errors(bench: Workbench) -> list[Problem]:
    return [p for p in bench.problems if p.severity is Severity.ERROR]


def load_instrument(
    instrument_id: str,
    read_file: Callable[[str], str | None],
    parameters: Mapping[str, object] | None = None,
) -> tuple[Instrument, Program]:
    """Return one instrument alone, with the program that scores it.

    `parameters` are those that differ from the file's (`threshold_sex`, `cut`).

    Scoring needs no text, so that an instrument whose text is not shipped loads too.
    Raises DefinitionError when there is none or it has problems.
    """
    bench = Workbench(read_file)
    opened = open_instrument(bench, instrument_id)
    if opened is None:
        if not bench.problems:
            place = Place(f"instruments/{instrument_id}.yaml")
            bench.say("SC305", place, "there is no such instrument", "Check its id.")
        raise DefinitionError(bench.problems)
    file, shape, pack = opened
    instrument = instrument_from(
        bench, file, shape, pack, key=instrument_id, page=0, chosen=parameters
    )
    if _errors(bench):
        raise DefinitionError(bench.problems)
    program = Program(
        template=tuple(bench.template),
        steps=tuple(instrument_steps(instrument)),
        criteria=(),
        verdicts=(),
        must_know=(),
        keys={instrument_id: instrument},
        criteria_by_id={},
    )
    return instrument, program


class _Loader:
    """Builds one questionnaire from its shape, part by part, on one workbench."""

    def __init__(
        self, bench: Workbench, file: File, shape: QuestionnaireShape, folder: str
    ) -> None:
        self.bench = bench
        self.file = file
        self.shape = shape
        self.folder = folder
        self.said: dict[str, tuple[Expression | bool, frozenset[int]]] = {}
        self.accepted: dict[str, str] = {}
        self.left_out: list[str] = []

    def questionnaire(self) -> Questionnaire | None:
        bench, shape = self.bench, self.shape
        self._parameters()
        catalogues = self._catalogues()
        pages = self._pages(catalogues)
        derived = rules.derived_of(
            bench, self.file, shape, [p.repeat.id for p in pages if p.repeat]
        )
        pages = tuple(self._conditioned(page) for page in pages)
        help_texts, receipt = self._help()
        sources = self._sources()
        criteria = rules.criteria_of(bench, self.file, shape, help_texts, sources)
        checks = rules.checks_of(bench, self.file, shape)
        promises = self._promises()
        summary = self._summary()
        if _errors(bench):
            return None
        program = self._program(pages, derived, criteria)
        ordered = dict(sorted(bench.files.items()))
        return Questionnaire(
            id=shape.questionnaire,
            version=shape.version,
            title=shape.title,
            language=shape.language,
            sha256=fingerprint(ordered),
            files=ordered,
            pages=divided(pages),
            instruments={p.instrument.key: p.instrument for p in pages if p.instrument},
            repeats={p.repeat.id: p.repeat for p in pages if p.repeat},
            questions={q.id: q for p in pages for q in p.questions},
            derived=derived,
            checks=checks,
            criteria=criteria,
            promises=promises,
            help=help_texts,
            receipt=receipt,
            summary=summary,
            sources=sources,
            accepted_unknowns=self.accepted,
            left_out_pages=tuple(self.left_out),
            notices=in_file_order(bench.problems),
            program=program,
        )

    # -- what stands in other files

    def _catalogues(self) -> dict[str, Catalogue]:
        wanted = {
            question.from_
            for page in self.shape.pages
            for question in page.questions
            for question in (question, *question.questions)
            if question.from_
        }
        made = {}
        for name in sorted(wanted):
            catalogue = catalogue_from(self.bench, name)
            if catalogue is not None:
                made[name] = catalogue
        return made

    def _help(self) -> tuple[dict[str, HelpText], dict[str, str]]:
        opened = self.bench.open(f"{self.folder}/help.yaml", HelpFileShape)
        if opened is None:
            return {}, {}
        texts = {
            key: HelpText(
                key=key,
                title=text.title,
                body=text.body,
                honesty=text.honesty,
                buttons=tuple(text.buttons),
            )
            for key, text in opened[1].help.items()
        }
        return texts, dict(opened[1].receipt)

    def _sources(self) -> dict[str, SourceReference]:
        opened = self.bench.open(f"{self.folder}/sources.yaml", SourcesShape)
        if opened is None:
            return {}
        return {
            key: SourceReference(
                id=key,
                reference=source.ref,
                url=source.url,
                year=source.year,
                basis=source.basis,
            )
            for key, source in opened[1].sources.items()
        }

    # -- names

    def _parameters(self) -> None:
        for name, parameter in self.shape.parameters.items():
            value = parameter.value
            place = self.file.place("parameters", name)
            if value is None:
                what = f'parameter "{name}" has no value'
                self.bench.say("SC150", place, what, "Give it `value:`.")
                continue
            if isinstance(value, list):
                words = Type(sort=Sort.LISTED, element=Type(sort=Sort.WRITTEN))
                symbol = Symbol(name=name, type=words, constant=tuple(value))
            else:
                number = int(value) if value == value.to_integral_value() else value
                kind = Type(sort=Sort.NUMBER, unit=parameter.unit)
                symbol = Symbol(name=name, type=kind, constant=number)
            self.bench.name(symbol, place)

    def _pages(self, catalogues: Mapping[str, Catalogue]) -> tuple[Page, ...]:
        ids = [page.page for page in self.shape.pages]
        made = []
        for number, page in enumerate(self.shape.pages):
            if ids.index(page.page) != number:
                what = f'the page "{page.page}" stands here a second time'
                place = self.file.place("pages", number, "page")
                self.bench.say("SC151", place, what, "Choose another id.")
            built = self._page(page, number, catalogues)
            if built is not None:
                made.append(built)
        return tuple(made)

    def _page(
        self, shape: PageShape, number: int, catalogues: Mapping[str, Catalogue]
    ) -> Page | None:
        place = self.file.place("pages", number, "page")
        instrument: Instrument | None = None
        repeat: Repeat | None = None
        questions: tuple[Question, ...] = ()
        if shape.instrument is not None:
            instrument = instrument_of(self.bench, self.file, shape, number)
            if instrument is None:
                self.left_out.append(shape.page)
                return None
        elif shape.repeat is not None:
            repeat = repeat_of(
                self.bench, self.file, shape, number, catalogues, self.shape
            )
        else:
            questions = questions_of(self.bench, self.file, shape, number, catalogues)
            if not questions:
                what = f'the page "{shape.page}" shows nothing'
                self.bench.say("SC152", place, what, "Add questions, or delete it.")
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
            place=place,
        )

    # -- conditions, once every name exists

    def _conditioned(self, page: Page) -> Page:
        number = next(
            n for n, shape in enumerate(self.shape.pages) if shape.page == page.id
        )
        shape = self.shape.pages[number]
        ask_if = self._condition(shape.ask_if, number, "ask_if")
        if page.instrument or page.repeat:
            key = page.instrument.key if page.instrument else page.source_id
            slots = frozenset({-1})
            if page.repeat:
                key, slots = page.repeat.id, frozenset({page.repeat.slot})
            elif page.instrument:
                slots = frozenset(i.slot for i in page.instrument.items if i.scored)
            self._must_know(key, shape.must_know, shape.because, slots, number)
        questions = tuple(
            self._conditioned_question(question, shape.questions[position], number, position)
            for position, question in enumerate(page.questions)
        )
        return replace(page, ask_if=ask_if, questions=questions)

    def _conditioned_question(
        self, question: Question, shape: QuestionShape, number: int, position: int
    ) -> Question:
        path = (number, "questions", position, "ask_if")
        slots = frozenset(p.slot for p in question.parts or (question,))
        rule = self._must_know(
            question.id, shape.must_know, shape.because, slots, number
        )
        parts = tuple(
            replace(
                part,
                ask_if=self._condition(
                    shape.questions[n].ask_if,
                    number,
                    *("questions", position, "questions", n, "ask_if"),
                ),
            )
            for n, part in enumerate(question.parts)
        )
        ask_if = self._condition(shape.ask_if, *path)
        return replace(question, ask_if=ask_if, parts=parts, must_know=rule)

    def _condition(
        self, text: str | None, number: int, *path: str | int
    ) -> Expression | None:
        """Return a page's condition; it may read earlier pages only."""
        if text is None:
            return None
        place = self.file.place("pages", number, *path)
        made = self.bench.expression(text, place)
        for symbol in made.reads if made else ():
            if symbol.page >= number:
                what = f'"{symbol.name}" is not asked on an earlier page'
                fix = "Ask it before, or move this question to a later page."
                self.bench.say("SC153", place, what, fix)
        return made

    def _must_know(
        self,
        name: str,
        rule: bool | str | None,  # noqa: FBT001 - as the file says it
        because: str | None,
        slots: frozenset[int],
        number: int,
    ) -> Expression | bool | None:
        if rule is None:
            return None
        place = self.file.place("pages", number)
        made = rule if isinstance(rule, bool) else self.bench.expression(rule, place)
        if made is None:
            return None
        self.said[name] = (made, slots)
        if made is not True:
            self.accepted[name] = because or ""
        return made

    def _promises(self) -> tuple[Promise, ...]:
        outcomes = Type(sort=Sort.OPTION, options=tuple(Outcome))
        names = {"outcome": Symbol(name="outcome", type=outcomes, slot=0)}
        criteria = {
            f"criterion.{c.id.replace('-', '_')}": Symbol(
                name=c.id, type=Type(sort=Sort.TRUTH), slot=0
            )
            for c in self.shape.criteria
        }
        scope = Scope(names | criteria, Scope(self.bench.symbols))
        return rules.promises_of(self.bench, self.file, self.shape, scope)

    def _summary(self) -> tuple[SummarySection, ...]:
        return tuple(
            SummarySection(
                id=section.section, title=section.title, answers=tuple(section.answers)
            )
            for section in self.shape.summary
        )

    def _program(
        self,
        pages: tuple[Page, ...],
        derived: tuple[Derived, ...],
        criteria: tuple[object, ...],
    ) -> Program:
        keys: dict[str, Question | Instrument | Repeat] = {}
        for page in pages:
            if page.instrument:
                keys[page.instrument.key] = page.instrument
            elif page.repeat:
                keys[page.repeat.id] = page.repeat
            for question in page.questions:
                if question.type is not QuestionType.NOTE:
                    keys[question.id] = question
        positions = {page.id: n for n, page in enumerate(pages)}
        in_file = {n: positions.get(s.page, -1) for n, s in enumerate(self.shape.pages)}
        page_of = {
            value.name: in_file.get(self.bench.symbols[value.name].page, -1)
            for value in derived
        }
        return Program(
            template=tuple(self.bench.template),
            steps=steps_of(pages, derived, page_of),
            criteria=criteria,  # type: ignore[arg-type] # criteria as given
            verdicts=tuple(c.when.run for c in criteria),  # type: ignore[attr-defined] # criteria as given
            must_know=rules.must_know_of(criteria, self.said),  # type: ignore[arg-type] # criteria as given
            keys=keys,
            criteria_by_id={c.id: c for c in criteria},  # type: ignore[attr-defined] # criteria as given
        )


def fingerprint(files: Mapping[str, str]) -> str:
    """Return the SHA-256 over all files, names and texts, as lower-case hex."""
    canonical = json.dumps(files, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()

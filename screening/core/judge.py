"""Answers and scores -> findings, what is missing, what is undetermined -> outcome.

The same function decides for the web, the command line, tests and re-computation.
Not knowing never passes: what the clinic must know and does not makes a review.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from screening.core.definition import Kind, Outcome, Questionnaire
from screening.core.scoring import ScoreCard, score_card, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.answers import Answers
    from screening.core.definition import Criterion
    from screening.core.expression.compile import Values

SAME_DAY = "same_day"
RETRACTED = "retracted-safety-answer"
"""The built-in finding: an answer that brought up urgent help was changed later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a record comes to, for whoever has to act on it."""

    outcome: Outcome
    same_day: bool

    @property
    def words(self) -> str:
        """The outcome in words, and that somebody is asked for the same day."""
        words = self.outcome.words
        return f"{words}, same day" if self.same_day else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A met criterion, or an inclusion that is not met. `priority` may be same_day."""

    id: str
    kind: Kind
    priority: str | None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What the answers mean: the outcome, and everything that led to it.

    `findings` and `undetermined` stand in page order; `missing` are the ids of what
    the clinic must know and does not. `values` are the worked-out values, by slot.
    """

    questionnaire: Questionnaire
    outcome: Outcome
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    undetermined: tuple[str, ...]
    values: Values

    @property
    def same_day(self) -> bool:
        """Whether a finding asks for a clinician the same day."""
        return any(finding.priority == SAME_DAY for finding in self.findings)

    @property
    def decision(self) -> Decision:
        """What it comes to, for whoever has to act on it."""
        return Decision(outcome=self.outcome, same_day=self.same_day)

    @cached_property
    def scores(self) -> dict[str, ScoreCard]:
        """The score cards of the instruments that were asked, by key."""
        cards = {}
        for key, instrument in self.questionnaire.instruments.items():
            card = score_card(instrument, self.values)
            if card is not None:
                cards[key] = card
        return cards

    @cached_property
    def derived(self) -> dict[str, object]:
        """The derived values by name; a repeat's are a list, one map an entry."""
        found: dict[str, object] = {
            value.name: shown(value, self.values[value.slot])
            for value in self.questionnaire.derived
        }
        for repeat in self.questionnaire.repeats.values():
            entries = self.values[repeat.slot]
            if repeat.derived and isinstance(entries, list):
                found[repeat.id] = [
                    {v.name: shown(v, entry[v.slot]) for v in repeat.derived}
                    for entry in entries
                ]
        return found

    @property
    def broken_promises(self) -> tuple[str, ...]:
        """The ids of the questionnaire's promises that this record breaks."""
        promises = self.questionnaire.promises
        return tuple(one.id for one in promises if not one.is_kept(self.values))

    def has(self, finding_id: str) -> bool:
        """Tell whether there is a finding with this id."""
        return any(finding.id == finding_id for finding in self.findings)


def evaluate(
    questionnaire: Questionnaire, answers: Answers, *, retracted: bool = False
) -> Evaluation:
    """Return what the answers mean; `retracted` adds the built-in finding.

    `retracted` is True when an answer that brought up urgent help was changed.
    """
    program = questionnaire.program
    values = program.work_out(answers.values)
    findings: list[Finding] = []
    undetermined: list[str] = []
    for criterion, verdict in zip(program.criteria, program.verdicts, strict=True):
        met = verdict(values)
        if met is None:
            undetermined.append(criterion.id)
        elif met is (criterion.kind is not Kind.INCLUSION):
            findings.append(_finding(criterion))
    missing = tuple(one.id for one in program.must_know if one.is_missing(values))
    if retracted:
        findings.append(Finding(id=RETRACTED, kind=Kind.REVIEW, priority=SAME_DAY))
    outcome = _outcome((f.kind for f in findings), bool(missing))
    values[program.outcome_slot] = outcome.value
    return Evaluation(
        questionnaire=questionnaire,
        outcome=outcome,
        findings=tuple(findings),
        missing=missing,
        undetermined=tuple(undetermined),
        values=values,
    )


def _finding(criterion: Criterion) -> Finding:
    return Finding(id=criterion.id, kind=criterion.kind, priority=criterion.priority)


def _outcome(kinds: Iterable[Kind], something_missing: bool) -> Outcome:  # noqa: FBT001 - one fact
    found = set(kinds)
    if Kind.URGENT in found:
        return Outcome.URGENT
    if Kind.EXCLUSION in found:
        return Outcome.CONTRAINDICATION_REPORTED
    if found & {Kind.REVIEW, Kind.INCLUSION} or something_missing:
        return Outcome.NEEDS_REVIEW
    return Outcome.NO_BARRIER_REPORTED

"""How are signed decisions put into words, for the page and for the PDF?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from screening.report.content import DecisionBlock
from screening.report.decision import decision_changes, decision_lines
from screening.report.wording import moment_in_words
from screening.store.decisions import SignedDecision
from screening.store.outside import written

if TYPE_CHECKING:
    from screening.report.content import Summary
    from screening.report.decision import DecisionChange
    from screening.store.added import Broken
    from screening.store.decisions import History


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version as the history shows it: what it says, or what is wrong with it.

    `changes` are against the version before, empty for the first.
    """

    number: int
    block: DecisionBlock | None
    fault: str | None
    changes: tuple[DecisionChange, ...] = ()


def block_of(signed: SignedDecision) -> DecisionBlock:
    """Return a signed version in words."""
    return DecisionBlock(
        number=signed.number,
        label=signed.content["label"],
        lines=decision_lines(signed.content),
        meaning=signed.meaning,
        signed_by=signed.signer.in_words,
        signed_at=moment_in_words(signed.signed_at, signed.zone),
        signed_at_utc=written(signed.signed_at),
        confirmed_by=", ".join(signed.confirmed_by),
        sha256=signed.sha256,
        previous_sha256=signed.previous_sha256,
        record_sha256=signed.record_sha256,
        text=signed.text,
    )


def fault_of(broken: Broken) -> str:
    """Return what is wrong with a version, and what it means, in two sentences."""
    return (
        f"Version {broken.number} is not as it was signed: {broken.what}. "
        "The signature no longer matches."
    )


def with_decision(summary: Summary, history: History | None) -> Summary:
    """Return the summary with what was signed about it, and what is wrong with that."""
    if history is None:
        return summary
    current = history.current
    return replace(
        summary,
        decision=None if current is None else block_of(current),
        decision_faults=tuple(fault_of(one) for one in history.broken),
    )


def version_lines(history: History) -> tuple[VersionLine, ...]:
    """Return every version, the newest first."""
    lines = []
    before: SignedDecision | None = None
    for one in history.versions:
        if not isinstance(one, SignedDecision):
            line = VersionLine(number=one.number, block=None, fault=fault_of(one))
            before = None
        else:
            line = VersionLine(
                number=one.number,
                block=block_of(one),
                fault=None,
                changes=decision_changes(before.content, one.content) if before else (),
            )
            before = one
        lines.append(line)
    return tuple(reversed(lines))

"""What may a clinician decide, what is signed of it, and how is it read?

What is signed holds every sentence that was on the page: the finding that was
overridden, the item that was rated, the question that goes back. It can be read, and
compared with another version, without the files that it was made with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from screening.report.content import DecisionLine
from screening.tongue import noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.report.content import Summary


DECISION_FILE = "decision.json"
"""What the signed text of a decision is called inside a PDF."""


class Decision(StrEnum):
    """What a clinician may decide about a submission."""

    INVITE = "invite"
    ASK = "ask"
    NOT_NOW = "not_now"
    REFER = "refer"

    @property
    def label(self) -> str:
        """The decision as people say it."""
        return _LABELS[self]

    @property
    def hint(self) -> str:
        """What follows from it, in a sentence."""
        return _HINTS[self]


_SOURCE = ":source"
"""How the key of a line ends that names a scale's holder: no two versions differ in it
alone."""

_LABELS = {
    Decision.INVITE: noted("Invite to a visit"),
    Decision.ASK: noted("Ask for more first"),
    Decision.NOT_NOW: noted("Not now"),
    Decision.REFER: noted("Refer elsewhere"),
}
_HINTS = {
    Decision.INVITE: "The clinic offers an assessment. It prescribes nothing.",
    Decision.ASK: "Choose below which questions go back to the patient.",
    Decision.NOT_NOW: "Say what would have to change, so that the answer is of use.",
    Decision.REFER: "Say to whom, and how urgently.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A finding that the clinician sees otherwise: the finding's id and sentence."""

    finding: str
    found: str = field(repr=False)
    holds: str = field(repr=False)
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedItem:
    """One item of a scale as it was asked, the clinician's answer, and its value."""

    item: str
    asked: str
    answer: str = field(repr=False)
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A scale that the clinician rated.

    `result` is what it comes to, in words; `sha256` is of the scale's files.
    """

    instrument: str
    title: str
    items: tuple[RatedItem, ...]
    result: str = field(repr=False)
    attribution: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Everything that a clinician says about a submission.

    `questions` go back to the patient: their keys and how they are asked.
    """

    decision: Decision
    reason: str = field(default="", repr=False)
    overrides: tuple[Override, ...] = ()
    ratings: tuple[Rating, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    notes: str = field(default="", repr=False)


def signed_content(decided: Decided, summary: Summary) -> dict[str, Any]:
    """Return what is signed, as JSON values, with what the page showed beside it."""
    return {
        "decision": decided.decision.value,
        "label": decided.decision.label,
        "reason": decided.reason,
        "overrides": [
            {
                "finding": one.finding,
                "found": one.found,
                "holds": one.holds,
                "reason": one.reason,
            }
            for one in decided.overrides
        ],
        "ratings": [_rating(one) for one in decided.ratings],
        "questions": [{"key": key, "asked": asked} for key, asked in decided.questions],
        "notes": decided.notes,
        "shown": {
            **({"visit": summary.visit.number} if summary.visit else {}),
            "outcome": summary.outcome.outcome.value,
            "findings": [finding.id for finding in summary.findings],
            "missing": [line.key for line in summary.missing],
            "versions": [[name, value] for name, value in summary.versions],
        },
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "instrument": rating.instrument,
        "title": rating.title,
        "items": [
            {
                "item": one.item,
                "asked": one.asked,
                "answer": one.answer,
                "value": one.value,
            }
            for one in rating.items
        ],
        "result": rating.result,
        "attribution": rating.attribution,
        "sha256": rating.sha256,
    }


def decision_lines(content: Mapping[str, Any]) -> tuple[DecisionLine, ...]:
    """Return what was signed, as lines to read, in the order of the page."""
    decision = noted("The decision")
    lines = [_line("decision", decision, noted("Decision"), content["label"])]
    lines.append(_line("reason", decision, noted("Reason"), content["reason"]))
    for one in content["questions"]:
        group = noted("Questions that go back to the patient")
        said = noted("To be asked again")
        lines.append(_line(f"question:{one['key']}", group, one["asked"], said))
    for one in content["overrides"]:
        name = f"{one['found']} ({one['finding']})"
        said = f"{one['holds']}\nReason: {one['reason']}"
        group = noted("Findings that the clinician holds otherwise")
        lines.append(_line(f"finding:{one['finding']}", group, name, said))
    for one in content["ratings"]:
        lines += _rating_lines(one)
    lines.append(_line("notes", noted("Notes"), noted("Notes"), content["notes"]))
    return tuple(line for line in lines if line.text)


def _line(key: str, group: str, name: str, text: str) -> DecisionLine:
    return DecisionLine(key=key, group=group, name=name, text=text)


def _rating_lines(rating: Mapping[str, Any]) -> list[DecisionLine]:
    key, group = f"rating:{rating['instrument']}", f"Rated: {rating['title']}"
    lines = [
        _line(f"{key}.{one['item']}", group, one["asked"], one["answer"])
        for one in rating["items"]
    ]
    lines.append(_line(f"{key}:result", group, noted("Result"), rating["result"]))
    lines.append(
        _line(f"{key}{_SOURCE}", group, noted("Source"), rating["attribution"])
    )
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChange:
    """What one version says otherwise than the one before; None where it says nothing.

    `name` is the thing in words.
    """

    name: str
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)


def decision_changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[DecisionChange, ...]:
    """Return every line in which two versions differ, in the later one's order."""
    old = {line.key: line for line in decision_lines(before)}
    new = {line.key: line for line in decision_lines(after)}
    changes = []
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        texts = (was.text if was else None, now.text if now else None)
        if texts[0] == texts[1] or key.endswith(_SOURCE):
            continue
        name = _named_alone(new.get(key) or old[key])
        changes.append(DecisionChange(name=name, before=texts[0], after=texts[1]))
    return tuple(changes)


def _named_alone(line: DecisionLine) -> str:
    """Return what a line is about, where its heading does not stand above it."""
    is_plain = line.key in {"decision", "reason", "notes"}
    return line.name if is_plain else f"{line.group}: {line.name}"

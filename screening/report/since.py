"""What is different from what the same person sent before? Two summaries, compared.

Nothing is judged: it is said what each of the two says, and nobody calls it better or
worse. Both are compared as they were sent, whatever was said of them at a visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.report.content import ScaleBlock
from screening.report.wording import number
from screening.tongue import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from screening.report.content import AnswerLine, FindingLine, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One answer that is another one now; `flags` are the findings that read it."""

    label: str
    before: str
    now: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneFinding:
    """A finding that there is no more.

    `is_open`: not since the rule is not met, but since it can't be told any more.
    """

    finding: FindingLine
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """A score that says something else now.

    `difference` is how many points more or fewer, in words; None unless both totals are
    certain and on the same scale.
    """

    title: str
    before: str
    now: str
    difference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is different from an earlier record of the same person.

    `outcome` holds the labels then and now, None for the same one. `new` and `gone`
    stand worst first; answers stand in the order of the form.
    """

    outcome: tuple[str, str] | None
    new: tuple[FindingLine, ...]
    gone: tuple[GoneFinding, ...]
    scores: tuple[ScoreChange, ...]
    answers: tuple[AnswerChange, ...]

    @property
    def is_unchanged(self) -> bool:
        """Say whether both say the same."""
        parts = (self.new, self.gone, self.scores, self.answers)
        return self.outcome is None and not any(parts)


def since_of(earlier: Summary, now: Summary) -> Since:
    """Return what `now` says and `earlier` did not, and the other way round.

    It is said in the language of `now`.
    """
    with speaking(now.language):
        return _since(earlier, now)


def _since(earlier: Summary, now: Summary) -> Since:
    labels = (earlier.outcome.label, now.outcome.label)
    known_then = {finding.id for finding in earlier.findings}
    known_now = {finding.id for finding in now.findings}
    return Since(
        outcome=labels if labels[0] != labels[1] else None,
        new=tuple(one for one in now.findings if one.id not in known_then),
        gone=tuple(
            GoneFinding(finding=one, is_open=one.id in now.rules.open)
            for one in earlier.findings
            if one.id not in known_now
        ),
        scores=tuple(_scores(earlier, now)),
        answers=tuple(_answers(earlier, now)),
    )


# -- scores


def _scores(earlier: Summary, now: Summary) -> Iterator[ScoreChange]:
    then, mine = scales_of(earlier), scales_of(now)
    absent = say("This scale was not on the form")
    for key in dict.fromkeys((*mine, *then)):
        before, after = then.get(key), mine.get(key)
        either = after or before
        results = [absent if one is None else one.result for one in (before, after)]
        if either is not None and results[0] != results[1]:
            yield ScoreChange(
                title=either.title,
                before=results[0],
                now=results[1],
                difference=_difference(before, after),
            )


def scales_of(summary: Summary) -> dict[str, ScaleBlock]:
    """Return the scales of a summary by their keys, in its order."""
    return {
        block.key: block
        for section in summary.sections
        for block in section.blocks
        if isinstance(block, ScaleBlock)
    }


def _difference(before: ScaleBlock | None, now: ScaleBlock | None) -> str | None:
    if before is None or now is None or before.total is None or now.total is None:
        return None
    if (before.low, before.high) != (now.low, now.high):
        return None
    points = now.total - before.total
    said = number(abs(points))
    if points == 0:
        return say("the same total")
    if points > 0:
        return say("{points} more", points=said)
    return say("{points} fewer", points=said)


# -- answers


def _answers(earlier: Summary, now: Summary) -> Iterator[AnswerChange]:
    """Give every answer that differs, once: in the order of the form of now."""
    then = {line.key: line for line in _lines(earlier) if not line.entry}
    mine = {line.key: line for line in _lines(now) if not line.entry}
    lists_then, lists_now = _lists(earlier), _lists(now)
    for key in dict.fromkeys((*mine, *then)):
        change = _one(then.get(key), mine.get(key))
        if change is not None:
            yield change
        title = (mine.get(key) or then[key]).label
        yield from _listed(title, lists_then.get(key, []), lists_now.get(key, []))


def _one(before: AnswerLine | None, now: AnswerLine | None) -> AnswerChange | None:
    either = now or before
    if either is None or (before and now and before.text == now.text):
        return None
    # A question that another version has, and that was not put either.
    if (before is None or now is None) and not either.is_asked:
        return None
    absent = say("This question was not on the form")
    return AnswerChange(
        label=either.label,
        before=before.text if before else absent,
        now=now.text if now else absent,
        flags=_flags(before, now),
    )


def _lines(summary: Summary) -> Iterator[AnswerLine]:
    for page in summary.pages:
        yield from page.lines


def _lists(summary: Summary) -> dict[str, list[list[AnswerLine]]]:
    """Return the entries of each list, by the key of the list's own question."""
    found: dict[str, list[list[AnswerLine]]] = {}
    for page in summary.pages:
        entries: dict[int, list[AnswerLine]] = {}
        for line in page.lines:
            if line.entry:
                entries.setdefault(line.entry, []).append(line)
        if entries:
            found[page.lines[0].key] = list(entries.values())
    return found


def _listed(
    title: str,
    before: Sequence[list[AnswerLine]],
    now: Sequence[list[AnswerLine]],
) -> Iterator[AnswerChange]:
    """Give what differs of a list: entries are the same that begin with the same."""
    then = _by_beginning(before)
    none = say("Not listed")
    for beginning, entry in _by_beginning(now).items():
        old = then.pop(beginning, None)
        if old is None:
            yield AnswerChange(label=title, before=none, now=_whole(entry))
            continue
        yield from _fields(beginning[0], old, entry)
    for gone in then.values():
        yield AnswerChange(label=title, before=_whole(gone), now=none)


def _by_beginning(
    entries: Sequence[list[AnswerLine]],
) -> dict[tuple[str, int], list[AnswerLine]]:
    """Return entries by their first answer, and which of several with that it is."""
    found: dict[tuple[str, int], list[AnswerLine]] = {}
    for entry in entries:
        first = entry[0].text
        again = sum(beginning == first for beginning, _ in found)
        found[first, again] = entry
    return found


def _fields(
    name: str, before: list[AnswerLine], now: list[AnswerLine]
) -> Iterator[AnswerChange]:
    then: Mapping[str, AnswerLine] = {line.key: line for line in before}
    mine = {line.key: line for line in now}
    for key in dict.fromkeys((*mine, *then)):
        change = _one(then.get(key), mine.get(key))
        if change is not None:
            label = _own_label(mine.get(key) or then[key])
            yield AnswerChange(
                label=f"{name}: {label}",
                before=change.before,
                now=change.now,
                flags=change.flags,
            )


def _whole(entry: list[AnswerLine]) -> str:
    """Return an entry in a line: its first answer, then the others by name."""
    first, *rest = (line for line in entry if line.is_asked)
    return "; ".join(
        [first.text, *(f"{_own_label(line)}: {line.text}" for line in rest)]
    )


def _own_label(line: AnswerLine) -> str:
    """Return a label without the entry's number, which another form may have given."""
    return line.label.partition(": ")[2] or line.label


def _flags(before: AnswerLine | None, now: AnswerLine | None) -> tuple[str, ...]:
    ids = [flag for line in (now, before) if line is not None for flag in line.flags]
    return tuple(dict.fromkeys(ids))

"""What decides, asks again or shows help: criteria, checks, promises, help rules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from screening.authoring.explain.explanation import Explanation
from screening.authoring.explain.uses import can_be_open
from screening.core.definition import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from screening.authoring.explain.desk import Desk
    from screening.core.definition import Check, Criterion, HelpRule, Promise
    from screening.core.judge import Evaluation

_KINDS = {
    Kind.URGENT: "An urgent criterion. When it is met, the outcome is urgent.",
    Kind.EXCLUSION: (
        "An exclusion. When it is met, a contraindication is reported, unless"
        " something urgent comes first."
    ),
    Kind.INCLUSION: (
        "An inclusion: it is expected to hold. When it does not, a clinician is asked"
        " to look."
    ),
    Kind.REVIEW: "A review. When it is met, a clinician is asked to look.",
    Kind.PRECAUTION: (
        "A precaution. When it is met, the clinician is told, and the outcome stays"
        " as it is."
    ),
}
_VERDICTS: dict[object, str] = {True: "met", False: "not met", None: "undetermined"}


def parts_of(desk: Desk) -> Iterator[tuple[str, Callable[[Desk], Explanation]]]:
    """Yield the ids of this room with what explains each."""
    questionnaire = desk.questionnaire
    for criterion in questionnaire.criteria:
        yield criterion.id, partial(_criterion, criterion=criterion)
    for check in questionnaire.checks:
        yield check.id, partial(_check, check=check)
    for promise in questionnaire.promises:
        yield promise.id, partial(_promise, promise=promise)
    for rule in questionnaire.help_rules:
        yield rule.id, partial(_help_rule, rule=rule)


def _criterion(desk: Desk, criterion: Criterion) -> Explanation:
    facts = [
        ("Clinician reads", criterion.clinician),
        ("Because", criterion.because),
    ]
    if criterion.priority:
        facts.append(("Priority", "The same day."))
    if criterion.help:
        title = desk.questionnaire.help[criterion.help].title
        facts.append(("Shows help", f"{criterion.help}: {title}"))
    if criterion.ends:
        facts.append(("Ends there", f"The questionnaire ends with: {criterion.ends}"))
    if criterion.implied_by:
        facts.append(("Also met with", criterion.implied_by))
    uses = desk.uses(criterion.id)
    return Explanation(
        kind="criterion",
        id=criterion.id,
        what=_KINDS[criterion.kind],
        place=criterion.place,
        facts=(*facts, *desk.sources(criterion.sources)),
        rules=desk.said(criterion.when),
        reads=desk.reads(criterion.when),
        used_by=uses.direct,
        unknown=_unknown(desk, criterion),
        undetermined=(criterion.id,) if can_be_open(criterion.when.tree) else (),
        word_in=lambda found: _VERDICTS[_truth(found, criterion)],
    )


def _truth(found: Evaluation, criterion: Criterion) -> object:
    truth = criterion.when.run(found.values)
    return truth if truth is None else bool(truth)


def _unknown(desk: Desk, criterion: Criterion) -> tuple[str, ...]:
    needed = {one.id for one in desk.questionnaire.program.must_know}
    must = [desk.called(key) for key in criterion.reads if key in needed]
    accepted = [
        f"Not knowing “{desk.called(key)}” is accepted: {because}"
        for key, because in desk.questionnaire.accepted_unknowns.items()
        if key in criterion.reads
    ]
    said = list(accepted)
    if not can_be_open(criterion.when.tree):
        said.insert(0, "It is always met or not met: the rule asks what is known.")
    if must:
        listed = ", ".join(f"“{name}”" for name in must)
        said.append(f"The clinic must know {listed}: a clinician is asked to look.")
    elif not accepted:
        said.append("Nothing is missing then: it changes no outcome.")
    return tuple(said)


def _check(desk: Desk, check: Check) -> Explanation:
    words = {True: "holds", False: "asks for a second look", None: "not known"}
    return Explanation(
        kind="check",
        id=check.id,
        what=(
            "A second look. When the rule does not hold, the patient is asked once to"
            " look again, and may then go on."
        ),
        place=check.place,
        facts=(("Patient reads", check.say),),
        rules=desk.said(check.must),
        reads=desk.reads(check.must),
        unknown=("While it is not known whether the rule holds, nothing is asked.",),
        word_in=lambda found: words[_plain(check.must.run(found.values))],
    )


def _plain(truth: object) -> bool | None:
    return None if truth is None else bool(truth)


def _promise(desk: Desk, promise: Promise) -> Explanation:
    never = promise.never is not None
    return Explanation(
        kind="promise",
        id=promise.id,
        what=(
            f"A promise: this {'may never' if never else 'must always'} be true of any"
            " patient's record. It is checked on every worked patient."
        ),
        place=promise.place,
        rules=(
            *desk.said(promise.never, "never"),
            *desk.said(promise.always, "always"),
        ),
        reads=desk.reads(promise.never, promise.always),
        unknown=("What is not known breaks no promise.",),
        word_in=lambda found: "kept" if promise.is_kept(found.values) else "broken",
    )


def _help_rule(desk: Desk, rule: HelpRule) -> Explanation:
    words = {True: "shown", False: "not shown", None: "not known"}
    title = desk.questionnaire.help[rule.help].title
    return Explanation(
        kind="help rule",
        id=rule.id,
        what="Shows a help text to the patient on the way. It makes no finding.",
        place=rule.place,
        facts=(("Shows help", f"{rule.help}: {title}"),),
        rules=desk.said(rule.when),
        reads=desk.reads(rule.when),
        unknown=("While it is not known whether the rule is met, nothing is shown.",),
        word_in=lambda found: words[_plain(rule.when.run(found.values))],
    )

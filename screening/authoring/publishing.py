"""May patients be asked this version? Then with which certificate.

The questionnaire was checked and its worked patients came out as written before it
comes here. A change of wording rests on what was proved of the version before; any
other is proved anew. What is not shown needs a reason, for each property by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening import __version__
from screening.core.alike import decide_alike
from screening.core.certificate import Basis, Certificate, Redecision, Waiver
from screening.core.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from screening.core.cases import Case
    from screening.core.definition import Questionnaire
    from screening.proof.differing import Redecided
    from screening.proof.found import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants to publish what, and when.

    `waived` gives the reason for each property that need not be shown, by its key.
    `made_at` is the instant, `today` the day that proofs are for. `before` is what
    patients are asked now, and its certificate.
    """

    made: Questionnaire
    cases: Sequence[Case]
    today: date
    made_at: datetime
    by: str
    waived: Mapping[str, str]
    two_are_needed: bool
    before: tuple[Questionnaire, Certificate] | None


class NotShownError(Exception):
    """Properties that are neither proved nor waived."""

    def __init__(self, found: Sequence[Found]) -> None:
        """Keep them, with the patients who show them."""
        self.found = tuple(found)
        count = len(self.found)
        some = "1 property is" if count == 1 else f"{count} properties are"
        super().__init__(f"{some} not shown.")


class NothingToWaiveError(Exception):
    """A reason is given for something that is no property, or that is shown."""

    def __init__(self, key: str, keys: Sequence[str]) -> None:
        """Say which, and which one may be meant."""
        there = did_you_mean(key, keys) if keys else "Everything is shown."
        super().__init__(f'There is nothing to waive called "{key}". {there}')


def certified(wish: Wish) -> Certificate:
    """Return the certificate of a version that may be published.

    Raises:
        NotShownError: something is not shown, and no reason is given.
        NothingToWaiveError: a reason is given for nothing.
        ModuleNotFoundError: something has to be proved, and the solver is missing.
    """
    if wish.before is not None:
        now, certificate = wish.before
        # What another release proved, it proved of what that release does.
        is_ours = certificate.engine == __version__
        if is_ours and decide_alike(now, wish.made):
            return _of_wording(wish, certificate)
    return _of_proofs(wish)


def _of_wording(wish: Wish, proved: Certificate) -> Certificate:
    for key in wish.waived:
        raise NothingToWaiveError(key, ())
    return Certificate(
        questionnaire=wish.made.id,
        version=wish.made.version,
        sha256=wish.made.sha256,
        made_at=wish.made_at,
        day=proved.day,
        engine=__version__,
        solver=None,
        basis=Basis.WORDING,
        rests_on=proved.rests_on or proved.id,
        cases=len(wish.cases),
        proved={},
        accepted_unknowns=tuple(sorted(wish.made.accepted_unknowns)),
        left_out=wish.made.left_out_pages,
        waivers=(),
        compared_with=proved.sha256,
        redecided=(),
        by=wish.by,
        second_is_needed=False,
    )


def _of_proofs(wish: Wish) -> Certificate:
    # The solver is large, and not everybody who words a question has it.
    from screening.proof.certifying import (  # noqa: PLC0415 - may be missing
        SOLVER,
        compared,
        proved,
    )

    found = tuple(proved(wish.made, wish.today, wish.cases))
    open_ones = {one.key: one for one in found if not one.is_proved}
    for key in wish.waived:
        if key not in open_ones:
            raise NothingToWaiveError(key, tuple(open_ones))
    left = [one for key, one in open_ones.items() if key not in wish.waived]
    if left:
        raise NotShownError(left)
    now = wish.before[0] if wish.before else None
    differ = compared(now, wish.made, wish.today, wish.cases) if now else ()
    subjects: dict[str, list[str]] = {}
    for one in found:
        if one.is_proved:
            subjects.setdefault(one.subject.value, []).append(one.about)
    return Certificate(
        questionnaire=wish.made.id,
        version=wish.made.version,
        sha256=wish.made.sha256,
        made_at=wish.made_at,
        day=wish.today,
        engine=__version__,
        solver=SOLVER,
        basis=Basis.PROOFS,
        rests_on=None,
        cases=len(wish.cases),
        proved={subject: tuple(told) for subject, told in subjects.items()},
        accepted_unknowns=tuple(sorted(wish.made.accepted_unknowns)),
        left_out=wish.made.left_out_pages,
        waivers=tuple(_waiver(one, wish.waived[key]) for key, one in open_ones.items()),
        compared_with=now.sha256 if now else None,
        redecided=tuple(map(_redecision, differ)),
        by=wish.by,
        second_is_needed=wish.two_are_needed and bool(open_ones),
    )


def _waiver(found: Found, reason: str) -> Waiver:
    return Waiver(
        about=found.key,
        standing=found.standing.value,
        words=found.words,
        reason=reason,
        near=found.patient.near if found.patient else None,
        changed=found.patient.changed if found.patient else None,
    )


def _redecision(one: Redecided) -> Redecision:
    return Redecision(
        before=one.before.words,
        after=one.after.words,
        near=one.patient.near if one.patient else None,
        changed=one.patient.changed if one.patient else None,
    )

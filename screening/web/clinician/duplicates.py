"""Who may have come twice? Pairs for staff to look at side by side, and to judge.

Nothing is merged and no record is changed: what is said of a pair is kept beside it,
and can be said anew. What was answered is not shown here, only who somebody is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.store.persons import Pair, Side, Tie, Verdict
from screening.store.problems import JudgedMeanwhile, SubmissionUnknown
from screening.tongue import day
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.words import moment_here, outcome_in_words

TIES = {
    Tie.FOLLOW_UP: "asked again by the clinic",
    Tie.REFERENCE: "the same reference of the clinic",
    Tie.PHONE: "the same phone number",
    Tie.NAME_AND_BIRTH: "the same name and date of birth",
}
VERDICTS = {
    Verdict.SAME: "the same person",
    Verdict.DIFFERENT: "two different people",
}
_MEANWHILE = "Somebody else said something of them since you opened this page. Look."
_NOT_CHOSEN = "Choose whether they are the same person."
_UNREADABLE = "can't be read"
_NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that is known of both; `is_same` where both give the same, as typed."""

    name: str
    earlier: str
    later: str
    is_same: bool


def show() -> ResponseReturnValue:
    """List the pairs of which nobody has said anything yet, or of which this was."""
    after = request.args.get("after")
    said = _said(request.args.get("show", ""))
    found = current_clinic().store.persons.pairs(
        actor=current_actor(), said=said, after=after
    )
    page = render_template(
        "clinician/duplicates.html",
        is_continued=after is not None,
        moment=moment_here,
        next_after=found.next_after,
        pairs=found.entries,
        said=said,
        ties=ties_in_words,
        user=current_user(),
        verdicts=VERDICTS,
    )
    return make_response(page)


def compare(one: str, other: str) -> ResponseReturnValue:
    """Show two submissions side by side: who they are about, and no answers."""
    return _page(_pair(one, other))


def judge(one: str, other: str) -> ResponseReturnValue:
    """Keep what was said of the two, and go back to the list."""
    try:
        verdict = Verdict(request.form.get("verdict", ""))
    except ValueError:
        return _page(_pair(one, other), fault=_NOT_CHOSEN, status=422)
    try:
        current_clinic().store.persons.judge(
            one,
            other,
            verdict,
            expected_revision=request.form.get("revision", type=int, default=-1),
            actor=current_actor(),
        )
    except JudgedMeanwhile:
        return _page(_pair(one, other), fault=_MEANWHILE, status=409)
    except SubmissionUnknown:
        abort(404)
    return redirect(url_for("clinician.duplicates"), code=303)


def ties_in_words(pair: Pair) -> str:
    """Return what the two have in common."""
    return ", ".join(TIES[tie] for tie in pair.ties)


def rows_of(pair: Pair) -> tuple[Row, ...]:
    """Return what is known of the two, line by line."""
    return (
        _row("Name", pair, "name"),
        _row("Date of birth", pair, "date_of_birth"),
        _row("Phone", pair, "phone"),
        _reference_row(pair),
        Row(
            name="Sent",
            earlier=moment_here(pair.earlier.submitted_at),
            later=moment_here(pair.later.submitted_at),
            is_same=False,
        ),
        Row(
            name="Outcome",
            earlier=outcome_in_words(pair.earlier.outcome),
            later=outcome_in_words(pair.later.outcome),
            is_same=False,
        ),
    )


def _said(word: str) -> Verdict | None:
    return next((one for one in Verdict if one.value == word), None)


def _row(name: str, pair: Pair, key: str) -> Row:
    return _compared(name, *(_given(side, key) for side in (pair.earlier, pair.later)))


def _reference_row(pair: Pair) -> Row:
    sides = (pair.earlier, pair.later)
    given = (
        _UNREADABLE
        if side.identity is None
        else side.identity.clinic_reference or _NOT_GIVEN
        for side in sides
    )
    return _compared("Clinic's reference", *given)


def _compared(name: str, earlier: str, later: str) -> Row:
    is_same = earlier == later and earlier not in {_NOT_GIVEN, _UNREADABLE}
    return Row(name=name, earlier=earlier, later=later, is_same=is_same)


def _given(side: Side, key: str) -> str:
    if side.identity is None:
        return _UNREADABLE
    contact: Mapping[str, object] = side.identity.contact
    given = str(contact.get(key) or "")
    if key == "date_of_birth" and given:
        try:
            return day(date.fromisoformat(given))
        except ValueError:
            return given
    return given or _NOT_GIVEN


def _pair(one: str, other: str) -> Pair:
    found = current_clinic().store.persons.pair(one, other, actor=current_actor())
    if found is None:
        abort(404)
    return found


def _page(
    pair: Pair, *, fault: str | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "clinician/pair.html",
        fault=fault,
        has_errors=fault is not None,
        judged_at="" if pair.judged_at is None else moment_here(pair.judged_at),
        may_read=current_user().may(Permission.READ_SUBMISSION),
        pair=pair,
        rows=rows_of(pair),
        ties=ties_in_words(pair),
        user=current_user(),
        verdicts=VERDICTS,
    )
    return make_response(page, status)

"""How does a clinician confirm answers at a visit? Marks beside the record, kept apart.

Each saving adds a version that holds every mark. Where somebody else saved meanwhile,
nothing is saved over it: what they said is filled in beside what was typed, and named.
What the rules would come to with what was said is shown, and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, make_response, redirect, render_template, request
from flask import url_for as address_of

from screening.report.visit import outlook_of, plan_of
from screening.store.audit import Action
from screening.store.problems import AddedMeanwhile
from screening.store.visits import Visit
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.deciding import current_author
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.reading import Reading
from screening.web.clinician.review import opened
from screening.web.clinician.visit_form import (
    READ,
    VisitForm,
    form_of,
    form_posted,
    said_by_marks,
)
from screening.web.clinician.visit_words import visit_line
from screening.web.clinician.words import moment_here
from screening.web.patient.posting import whole_number

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from screening.report.visit import VisitPlan
    from screening.store.visits import AnswerMark, VisitHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A submission with what is to be looked at, and what was said of it so far."""

    reading: Reading
    plan: VisitPlan
    history: VisitHistory

    @property
    def marks(self) -> tuple[AnswerMark, ...]:
        """The marks that hold."""
        current = self.history.current
        return () if current is None else current.marks


def show(reference: str) -> ResponseReturnValue:
    """Show what to ask and to hold up, with what was said so far."""
    table = _table(reference)
    if not isinstance(table, Table):
        return table
    return _page(table, form_of(table.plan, table.marks))


def save(reference: str) -> ResponseReturnValue:
    """Add a version with what was said, and show it."""
    table = _table(reference)
    if not isinstance(table, Table):
        return table
    form = form_posted(table.plan)
    read = whole_number(request.form.get(READ, ""))
    if read is None or table.history.broken:
        abort(400)
    said = form.said()
    if said is None:
        return _page(table, form, read=read, code=422)
    if read == table.history.newest and _is_same(said, table.marks):
        return _back(reference)
    try:
        current_clinic().store.visits.mark(
            reference,
            current_author(),
            said,
            expected_number=read,
            actor=current_actor(),
        )
    except AddedMeanwhile:
        newer = current_clinic().store.visits.of(reference)
        table = Table(reading=table.reading, plan=table.plan, history=newer)
        form.take_over(table.marks)
        return _page(table, form, is_late=True, code=409)
    return _back(reference)


def _is_same(said: tuple[AnswerMark, ...], marks: tuple[AnswerMark, ...]) -> bool:
    return {one.key: one for one in said} == {one.key: one for one in marks}


def _table(reference: str) -> Table | Response:
    reading = opened(reference, Action.VISIT_VIEW)
    if not isinstance(reading, Reading):
        return reading
    plan = plan_of(reading.questionnaire, reading.evaluation, reading.record)
    history = current_clinic().store.visits.of(reading.submission.reference)
    return Table(reading=reading, plan=plan, history=history)


def _page(
    table: Table,
    form: VisitForm,
    *,
    read: int | None = None,
    is_late: bool = False,
    code: int = 200,
) -> Response:
    reading, history = table.reading, table.history
    versions = [
        (one.number, one.author.in_words, moment_here(one.made_at))
        for one in reversed(history.versions)
        if isinstance(one, Visit)
    ]
    outlook = outlook_of(
        reading.questionnaire,
        reading.evaluation,
        reading.record,
        said_by_marks(table.marks),
        reading.summary,
    )
    return make_response(
        render_template(
            "clinician/visit.html",
            faulty=form.faulty,
            form=form,
            has_errors=bool(form.faulty),
            is_late=is_late,
            outlook=outlook,
            read=history.newest if read is None else read,
            reference=reading.submission.reference,
            summary=reading.summary,
            theirs=[visit_line(one) for one in table.marks] if is_late else [],
            user=current_user(),
            versions=versions,
        ),
        code,
    )


def _back(reference: str) -> Response:
    return make_response(
        redirect(address_of("clinician.visit", reference=reference), code=303)
    )

"""Whose is a submission? A page to give it to a clinician, or to take it oneself.

Whoever sees the queue may do so. Of two people who give the same submission away, the
second is told what the first did, and changes nothing.
"""

from collections.abc import Iterable

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission, is_allowed
from screening.accounts.users import User
from screening.store.problems import AssignedMeanwhile
from screening.store.queue import NOBODY, QueueEntry
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user

_MEANWHILE = "Somebody else gave it away since you opened this page. Look, and choose."
_NOT_CHOSEN = "Choose who is to look at it, or nobody."


def names_of(entries: Iterable[QueueEntry]) -> dict[str, str]:
    """Return the names of those whom submissions are assigned to, by their ids.

    Who can't decide any more, since the account was closed or has another role, is
    left out: what they had is nobody's.
    """
    wanted = {entry.assigned_to for entry in entries if entry.assigned_to}
    if not wanted:
        return {}
    return {one.id: one.display_name for one in _deciders() if one.id in wanted}


def show(reference: str) -> ResponseReturnValue:
    """Show whose it is, and to whom it can be given."""
    return _page(_entry(reference))


def assign(reference: str) -> ResponseReturnValue:
    """Give it to whoever was chosen, and go back to the queue."""
    entry = _entry(reference)
    people: dict[str, User] = {one.id: one for one in _deciders()}
    to = request.form.get("to", "")
    if "to" not in request.form or (to != NOBODY and to not in people):
        return _page(entry, fault=_NOT_CHOSEN, status=422)
    try:
        current_clinic().store.queue.assign(
            entry.reference,
            to,
            was=request.form.get("was", ""),
            told=f"to: {people[to].username}" if to else "to: nobody",
            actor=current_actor(),
        )
    except AssignedMeanwhile:
        return _page(_entry(reference), fault=_MEANWHILE, status=409)
    back = url_for("clinician.queue")
    if request.form.get("back") == "record":
        back = url_for("clinician.review", reference=entry.reference)
    return redirect(back, code=303)


def holder_of(reference: str) -> dict[str, str]:
    """Return for the record's page `id` and `name` of whose it is, empty for nobody."""
    entry = _entry(reference)
    return {
        "id": entry.assigned_to or NOBODY,
        "name": names_of([entry]).get(entry.assigned_to or "", ""),
    }


def _entry(reference: str) -> QueueEntry:
    found = current_clinic().store.queue.named([reference])
    if not found:
        abort(404)
    return found[0]


def _deciders() -> tuple[User, ...]:
    """Return who can be given a submission: whoever may decide and has an account."""
    return tuple(
        one
        for one in current_clinic().accounts.users.everybody()
        if not one.is_disabled and is_allowed(one.role, Permission.DECIDE)
    )


def _page(
    entry: QueueEntry, *, fault: str | None = None, status: int = 200
) -> ResponseReturnValue:
    names = names_of([entry])
    page = render_template(
        "clinician/assign.html",
        entry=entry,
        fault=fault,
        has_errors=fault is not None,
        holder=names.get(entry.assigned_to or "", ""),
        people=_deciders(),
        user=current_user(),
        was=entry.assigned_to or NOBODY,
    )
    return make_response(page, status)

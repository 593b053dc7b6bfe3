"""How far is an export, and where is its file? Begun in the queue, fetched here.

An export is seen by the person who asked for it and by nobody else: to others it is
not there. Its page says how far it is, and asks anew by itself every few seconds, as
long as somebody may still be waiting and has not told it to stand still. The file is
there for a day, and is given where a second factor is fresh (`Route.fresh_at`).
"""

from datetime import timedelta

from flask import Response, abort, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from screening.report.wording import moment_in_words
from screening.store.audit import Action, Deed
from screening.store.exports import Export, State
from screening.web.clinician.bundling import FORMS, TYPES, Form
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.shell import current_shell

_REFRESH_S = 5
_SOON = timedelta(minutes=3)
_WATCHED_FOR = timedelta(minutes=30)
_KILO = 1000


def show_all() -> ResponseReturnValue:
    """List what this person asked for in the last day."""
    found = current_clinic().store.exports.of(current_user().username)
    return make_response(
        render_template(
            "clinician/exports.html",
            exports=[_in_words(each) for each in found],
            user=current_user(),
        )
    )


def show(export_id: str) -> ResponseReturnValue:
    """Say how far one is."""
    found = _own(export_id)
    is_under_way = found.state in {State.WAITING, State.RUNNING}
    age = current_shell().clock() - found.made_at
    is_watched = age < _WATCHED_FOR
    refreshes = is_under_way and is_watched and "still" not in request.args
    response = make_response(
        render_template(
            "clinician/export.html",
            export=_in_words(found),
            is_under_way=is_under_way,
            is_forgotten=found.state is State.WAITING and age >= _SOON,
            refreshes=refreshes,
            user=current_user(),
        )
    )
    if refreshes:
        response.headers["Refresh"] = str(_REFRESH_S)
    return response


def cancel(export_id: str) -> ResponseReturnValue:
    """Stop it, delete its file, and go back to its page."""
    found = _own(export_id)
    current_clinic().store.exports.cancel(found.id, actor=current_actor())
    return redirect(address_of("clinician.export", export_id=found.id), code=303)


def download(export_id: str) -> ResponseReturnValue:
    """Give the file, under a name that says nothing of anybody."""
    found = _own(export_id)
    if found.state is not State.READY:
        abort(404)
    parts = current_clinic().store.exports.fetch(found, actor=current_actor())
    form = Form(found.form)
    response = Response(parts, content_type=TYPES[form])
    response.content_length = found.size_bytes
    day = found.made_at.astimezone(current_shell().config.time_zone).date().isoformat()
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"submissions-{day}.{form.value}"
    )
    return response


def _own(export_id: str) -> Export:
    """Return the export if this person asked for it; somebody else's is not there."""
    exports, user = current_clinic().store.exports, current_user()
    found = exports.find(export_id, asked_by=user.username)
    if found is None:
        if exports.is_there(export_id):
            denied = Deed(
                action=Action.AUTHZ_DENIED, object_kind="export", object_id=export_id
            )
            current_clinic().store.audit.write(current_actor(), denied)
        abort(404)
    return found


def _in_words(export: Export) -> dict[str, object]:
    """Return an export as its pages show it."""
    zone = current_shell().config.time_zone.key
    return {
        "id": export.id,
        "state": export.state.value,
        "form": FORMS[Form(export.form)],
        "kind": export.form.upper(),
        "reason": export.reason,
        "total": export.total,
        "done": export.done,
        "skipped": export.skipped,
        "size": size_in_words(export.size_bytes),
        "made": moment_in_words(export.made_at, zone),
        "expires": moment_in_words(export.expires_at, zone),
    }


def size_in_words(size_bytes: int) -> str:
    """Return a size as people say it, rounded.

    >>> size_in_words(812), size_in_words(48_300), size_in_words(5_240_000)
    ('812 bytes', '48 kB', '5.2 MB')
    """
    if size_bytes < _KILO:
        return f"{size_bytes} bytes"
    if size_bytes < _KILO**2:
        return f"{size_bytes / _KILO:.0f} kB"
    return f"{size_bytes / _KILO**2:.1f} MB"

"""Is this device one that others use? Then the form closes when nobody touches it.

Whoever begins on such a device says so, and gets a code first, so that nothing is lost:
what was sent is in the draft, and what was typed is kept with it. On a device of one's
own there is no limit of time. A clinic's tablet opens `/?device=shared`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, request, session, url_for

from screening.tongue import say
from screening.web.language import CHOICE
from screening.web.patient import typed
from screening.web.patient.journey import forget, held_draft
from screening.web.patient.leave import CLEAR, SHARED
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.wrappers import Response as BaseResponse

IDLE_S = 600
"""Seconds without a touch after which a form on a shared device closes."""

WARN_BEFORE_S = 120
"""Seconds before that at which the page asks whether anybody is there."""

FIELD = "shared"
"""The name of the box that says that others use the device."""

_SEEN = "seen-at"
_SAVING = frozenset({"patient.save", "patient.save_entry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What pages need to know of the device; times are in seconds."""

    is_shared: bool
    idle_s: int = IDLE_S
    warn_after_s: int = IDLE_S - WARN_BEFORE_S

    @property
    def idle_minutes(self) -> int:
        """The time without a touch, in minutes."""
        return self.idle_s // 60


def install(room: Blueprint) -> None:
    """Give the room its watch over shared devices, and the page it leads to."""
    room.add_url_rule("/closed", "closed", closed)
    room.add_url_rule("/here", "here", here, methods=["POST"])
    room.before_request(_close_when_idle)
    room.app_context_processor(_for_templates)


def is_shared() -> bool:
    """Tell whether others use this device, as somebody said on it."""
    return bool(session.get(SHARED)) or request.args.get("device") == "shared"


def note_sharing() -> bool:
    """Take from the posted form whether others use the device; tell it."""
    session[SHARED] = request.form.get(FIELD) == "yes"
    session[_SEEN] = _now_s()
    return bool(session[SHARED])


def note_as_shared() -> None:
    """Take the device for one that others use, as that of the staff is."""
    session[SHARED] = True
    session[_SEEN] = _now_s()


def here() -> tuple[str, int]:
    """Note that somebody is at the device."""
    return "", 204


def closed() -> Response:
    """Close the form on this device, and say how to carry on."""
    forget()
    session.pop(CHOICE, None)
    page = render_template("patient/closed.html", page_title=say("The form is closed"))
    response = make_response(page)
    response.headers["Clear-Site-Data"] = CLEAR
    return response


def _for_templates() -> dict[str, object]:
    """Return what every page may ask; the records are not needed for it."""
    return {
        "device": Device(is_shared=is_shared()),
        "holds_form": held_draft() is not None,
    }


def _close_when_idle() -> BaseResponse | None:
    if not session.get(SHARED) or held_draft() is None:
        return None
    now = _now_s()
    seen, session[_SEEN] = session.get(_SEEN, now), now
    if now - int(seen) <= IDLE_S:
        return None
    if request.method == "POST" and request.endpoint in _SAVING:
        typed.keep(**(request.view_args or {}))
    return redirect(url_for("patient.closed"), 303)


def _now_s() -> int:
    return int(current_shell().clock().timestamp())

"""What does somebody want to export, and is it still the same person who asks?

What many patients wrote leaves the service in one file, so a second factor has to be
fresh. Where it is not, a page asks for it and carries the wish along in hidden fields:
nothing that was ticked is lost, and nothing of it stands in an address. What is missing
in the wish is told first, so that no code is used up in vain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, abort, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from screening.accounts.proofs import Proof
from screening.store.submissions import Reference
from screening.web.clinician import confirm, queue
from screening.web.clinician.bundling import Form
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import (
    current_actor,
    current_session,
    current_user,
)
from screening.web.clinician.narrowing import FILTERS, WAITING
from screening.web.shell import current_shell

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posted:
    """The form as it was posted: the wish, and the page of the queue it stood on."""

    wish: queue.Wish
    shown: str
    after: str
    before: str

    def hidden(self) -> list[tuple[str, str]]:
        """Return it as names and values of hidden fields, to be posted again."""
        return [
            *((queue.CHOSEN, each) for each in sorted(self.wish.chosen)),
            *([("all", "yes")] if self.wish.all else []),
            ("form", self.wish.form),
            ("reason", self.wish.reason),
            ("show", self.shown),
            ("after", self.after),
            ("before", self.before),
        ]


def begin() -> ResponseReturnValue:
    """Ask for what was chosen, or for a second factor first, or for what is missing."""

    def act(posted: _Posted, references: Sequence[Reference]) -> ResponseReturnValue:
        if current_session().is_fresh(current_shell().clock()):
            return _ask(posted.wish, references)
        return _page(posted, len(references), code=200)

    return _where_whole(act)


def by_code() -> ResponseReturnValue:
    """Ask for what was chosen, after a code, or where there is none, the password."""
    return _confirmed_by(confirm.posted_code)


def by_passkey() -> ResponseReturnValue:
    """Ask for what was chosen, after a passkey."""
    return _confirmed_by(confirm.posted_passkey)


def _confirmed_by(posted_proof: Callable[[], Proof]) -> ResponseReturnValue:
    def act(posted: _Posted, references: Sequence[Reference]) -> ResponseReturnValue:
        return confirm.confirmed(
            posted_proof(),
            then=lambda: _ask(posted.wish, references),
            ask_again=lambda code, refusal: _page(
                posted, len(references), code=code, refusal=refusal
            ),
        )

    return _where_whole(act)


def _where_whole(
    act: Callable[[_Posted, Sequence[Reference]], ResponseReturnValue],
) -> ResponseReturnValue:
    """Act on the posted wish, or say beside the queue's form what is missing in it."""
    posted = _posted()
    wish, store = posted.wish, current_clinic().store
    chosen = (
        queue.entries(store, posted.shown, current_user().id)
        if wish.all
        else store.queue.named(sorted(wish.chosen))
    )
    references = [entry.reference for entry in chosen]
    faults = _faults(wish, references)
    if not faults:
        return act(posted, references)
    return queue.show_page(
        posted.shown,
        after=posted.after or None,
        before=posted.before or None,
        wish=wish,
        wish_faults=faults,
    )


def _posted() -> _Posted:
    shown = request.form.get("show", WAITING)
    if shown not in FILTERS:
        abort(400)
    return _Posted(
        wish=queue.Wish(
            chosen=frozenset(request.form.getlist(queue.CHOSEN)),
            all="all" in request.form,
            form=request.form.get("form", ""),
            reason=request.form.get("reason", "").strip(),
        ),
        shown=shown,
        after=request.form.get("after", ""),
        before=request.form.get("before", ""),
    )


def _ask(wish: queue.Wish, references: Sequence[Reference]) -> Response:
    """Write the export down, ring for a worker, and go to its page."""
    clinic = current_clinic()
    asked = clinic.store.exports.ask(
        references, form=wish.form, reason=wish.reason, actor=current_actor()
    )
    clinic.ring(asked)
    address = address_of("clinician.export", export_id=asked)
    return make_response(redirect(address, code=303))


def _page(
    posted: _Posted, count: int, *, code: int, refusal: str | None = None
) -> Response:
    page = render_template(
        "clinician/export_confirm.html",
        count=count,
        has_errors=refusal is not None,
        hidden=posted.hidden(),
        reason=posted.wish.reason,
        refusal=refusal,
        user=current_user(),
        **confirm.means(),
    )
    return make_response(page, code)


def _faults(wish: queue.Wish, references: Sequence[Reference]) -> dict[str, str]:
    """Return what is missing, by the field that it is to be entered in."""
    faults = {}
    if not references:
        faults["all"] = "Choose submissions in the list above, or all of them"
    if wish.form not in set(Form):
        faults["form"] = "Choose what the file is to be"
    if not wish.reason:
        faults["reason"] = "Enter what the file is for"
    elif len(wish.reason) > LONGEST_REASON or not wish.reason.isprintable():
        faults["reason"] = f"Enter it in one line of {LONGEST_REASON} signs at most"
    return faults

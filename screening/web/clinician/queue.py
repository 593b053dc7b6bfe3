"""Who waits for the clinic? The list with which a working day begins.

Urgent submissions come first, then those for the same day, then the rest, each by how
long they wait. A search goes by reference only and is posted, so that whatever
somebody types by mistake stands in no address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.core.definition import Outcome
from screening.report.wording import moment_in_words
from screening.store.opening import Store
from screening.store.outbox import Late
from screening.store.queue import PAGE_SIZE, QueueEntry
from screening.store.submissions import parse_reference
from screening.web.clinician.bundling import FORMS
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_user
from screening.web.clinician.glance import Glance, glances
from screening.web.clinician.words import (
    NOT_DECIDED,
    OUTCOMES,
    decision_in_words,
    duration_in_words,
    outcome_in_words,
)
from screening.web.shell import current_shell

SAME_DAY = "same-day"
UNDECIDED = "undecided"
FILTERS: dict[str, str] = {
    **{outcome.value.replace("_", "-"): OUTCOMES[outcome] for outcome in Outcome},
    SAME_DAY: "Same day",
    UNDECIDED: NOT_DECIDED,
}
"""What a link above the list can narrow it to: the word in its address -> its text."""


CHOSEN = "chosen"
"""The name of the boxes beside the submissions: it stands in a post many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to export: which submissions, as what, and what for.

    `all` are those that the filter shows, on every page. Nothing here was looked at.
    """

    chosen: frozenset[str] = frozenset()
    all: bool = False
    form: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One submission as the queue shows it; `glance` None: it can't be opened."""

    entry: QueueEntry
    outcome: str
    decision: str
    waiting: str
    arrived: str
    glance: Glance | None


def show() -> ResponseReturnValue:
    """Show a page of the queue, narrowed to `show` and continued after `after`."""
    narrowed = request.args.get("show")
    if narrowed is not None and narrowed not in FILTERS:
        abort(404)
    return show_page(narrowed, request.args.get("after"))


def show_page(
    narrowed: str | None,
    after: str | None,
    *,
    wish: Wish | None = None,
    wish_faults: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Show the page, with what somebody wanted to export and what is missing in it."""
    store = current_clinic().store
    found = list(islice(entries(store, narrowed, after), PAGE_SIZE + 1))
    shown = found[:PAGE_SIZE]
    return _page(
        store,
        shown,
        narrowed=narrowed,
        is_continued=after is not None,
        after=after,
        wish=wish or Wish(),
        wish_faults=wish_faults or {},
        next_after=shown[-1].reference if len(found) > PAGE_SIZE else None,
    )


def find() -> ResponseReturnValue:
    """Go to the submission with the typed reference, or say that there is none."""
    store = current_clinic().store
    reference = parse_reference(request.form.get("reference", ""))
    if reference is None:
        fix = "Enter a reference of eight letters and digits, such as K7QM-2XRD."
        return _page(store, [], search_fault=fix)
    found = [each for each in entries(store) if each.reference == reference]
    if found and current_user().may(Permission.READ_SUBMISSION):
        return redirect(url_for("clinician.review", reference=reference), code=303)
    fault = None if found else f"No submission has the reference {reference}."
    return _page(store, found, search_fault=fault, searched=reference)


def entries(
    store: Store, narrowed: str | None = None, after: str | None = None
) -> Iterator[QueueEntry]:
    """Give the entries in the order of the queue, page by page as they are taken."""
    while True:
        page = store.queue.page(after=after)
        yield from (each for each in page.entries if _is_shown(each, narrowed))
        after = page.next_after
        if after is None:
            return


def _is_shown(entry: QueueEntry, narrowed: str | None) -> bool:
    if narrowed is None:
        return True
    if narrowed == SAME_DAY:
        return entry.same_day
    if narrowed == UNDECIDED:
        return entry.decision is None
    return entry.outcome == narrowed.replace("-", "_")


def _page(
    store: Store, entries: list[QueueEntry], **context: object
) -> ResponseReturnValue:
    seen = glances(store.ground, [each.reference for each in entries])
    zone = current_shell().config.time_zone.key
    lines = [
        Line(
            entry=each,
            outcome=outcome_in_words(each.outcome),
            decision=decision_in_words(each.decision),
            waiting=duration_in_words(each.waiting),
            arrived=moment_in_words(each.submitted_at, zone),
            glance=seen.get(each.reference),
        )
        for each in entries
    ]
    usual: dict[str, object] = {
        "narrowed": None,
        "is_continued": False,
        "next_after": None,
        "after": None,
        "search_fault": None,
        "searched": None,
        "wish": Wish(),
        "wish_faults": {},
    }
    has_errors = bool(context.get("search_fault") or context.get("wish_faults"))
    return make_response(
        render_template(
            "clinician/queue.html",
            **(usual | context),
            count=store.queue.count(),
            filters=FILTERS,
            forms=FORMS,
            has_errors=has_errors,
            late=_late_in_words(store.outbox.late(), zone),
            lines=lines,
            may_export=current_user().may(Permission.EXPORT_SUBMISSIONS),
            may_see_decisions=current_user().may(Permission.SEE_DECISION),
            may_read=current_user().may(Permission.READ_SUBMISSION),
            user=current_user(),
        )
    )


def _late_in_words(late: Late | None, zone: str) -> str | None:
    """Say that mail to the clinic does not go out: whoever reads this is not told."""
    if late is None:
        return None
    notices = "1 notice" if late.count == 1 else f"{late.count} notices"
    return f"{notices} could not be sent since {moment_in_words(late.since, zone)}"

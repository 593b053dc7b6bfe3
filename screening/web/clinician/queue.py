"""Who waits for the clinic? The list with which a working day begins.

Urgent submissions come first, then those for the same day, each by how long they wait,
then the rest by how much is unsettled. A search goes by reference only and is posted,
so that whatever somebody types by mistake stands in no address.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import (
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.report.wording import moment_in_words
from screening.store.opening import Store
from screening.store.outbox import Late
from screening.store.queue import MOST_COUNTED, QueueEntry, QueuePage
from screening.store.submissions import Reference, parse_reference
from screening.web.clinician.assigning import names_of
from screening.web.clinician.bars import Drawing, Length, draw
from screening.web.clinician.bundling import FORMS
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_user
from screening.web.clinician.narrowing import FILTERS, LINKS, WAITING, narrowing
from screening.web.clinician.words import (
    decision_in_words,
    duration_in_words,
    outcome_in_words,
)
from screening.web.shell import current_shell

CHOSEN = "chosen"
"""The name of the boxes beside the submissions: it stands in a post many times."""

_ANY = "REFERENCE"
_URGENCIES = ("Urgent", "Same day", "Other")
_LOOKS = ("solid", "stripes", "outline")
_AGES = {
    "Under 1 hour": timedelta(hours=1),
    "1 to 4 hours": timedelta(hours=4),
    "4 to 24 hours": timedelta(days=1),
    "1 to 3 days": timedelta(days=3),
    "3 to 7 days": timedelta(days=7),
}
_OLDEST = "Over 7 days"


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
    """One submission as the queue shows it; `holder` is empty where it is nobody's.

    `record`, `decided` and `assign` are the addresses of its pages.
    """

    entry: QueueEntry
    record: str
    decided: str
    assign: str
    outcome: str
    decision: str
    waiting: str
    arrived: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many wait for how long: a drawing, and rows of the same in words."""

    drawing: Drawing
    rows: Sequence[Sequence[str]]


def show() -> ResponseReturnValue:
    """Show a page of the queue: `show` narrows it, `after` or `before` a reference."""
    narrowed = request.args.get("show", WAITING)
    if narrowed not in FILTERS:
        abort(404)
    return show_page(
        narrowed, after=request.args.get("after"), before=request.args.get("before")
    )


def show_page(
    narrowed: str,
    *,
    after: str | None = None,
    before: str | None = None,
    wish: Wish | None = None,
    wish_faults: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Show the page, with what somebody wanted to export and what is missing in it."""
    queue = current_clinic().store.queue
    page = queue.page(
        narrowing(narrowed, current_user().id), after=after, before=before
    )
    return _page(
        page.entries,
        page=page,
        narrowed=narrowed,
        is_continued=bool(after or before),
        after=after,
        before=before,
        wish=wish or Wish(),
        wish_faults=wish_faults or {},
    )


def find() -> ResponseReturnValue:
    """Go to the submission with the typed reference, or say that there is none."""
    queue = current_clinic().store.queue
    reference = parse_reference(request.form.get("reference", ""))
    if reference is None:
        fix = "Enter a reference of eight letters and digits, such as K7QM-2XRD."
        return _page((), search_fault=fix)
    found = queue.named([reference])
    if found and current_user().may(Permission.READ_SUBMISSION):
        return redirect(url_for("clinician.review", reference=reference), code=303)
    fault = None if found else f"No submission has the reference {reference}."
    return _page(found, search_fault=fault, searched=reference)


def news() -> ResponseReturnValue:
    """Say how many arrived since a moment, for a page that is open meanwhile."""
    try:
        moment = datetime.fromisoformat(request.args.get("since", ""))
        count = current_clinic().store.queue.since(moment)
    except ValueError:
        abort(400)
    words = "" if not count.total else _arrived(count.total, count.urgent)
    return jsonify(urgent=bool(count.urgent), words=words)


def entries(store: Store, narrowed: str, user_id: str) -> Iterator[QueueEntry]:
    """Give every entry of a filter in order, page by page as they are taken."""
    after = None
    while True:
        page = store.queue.page(narrowing(narrowed, user_id), after=after)
        yield from page.entries
        after = page.next_after
        if after is None:
            return


def _arrived(total: int, urgent: int) -> str:
    """Say what is new.

    >>> _arrived(3, 1)
    '3 new submissions, 1 of them urgent.'
    >>> _arrived(1, 1)
    '1 new submission. It is urgent.'
    """
    if total == 1:
        return "1 new submission." + (" It is urgent." if urgent else "")
    some = f", {_number(urgent)} of them urgent" if urgent else ""
    return f"{_number(total)} new submissions{some}."


def _number(count: int) -> str:
    return str(count) if count <= MOST_COUNTED else f"more than {MOST_COUNTED:,}"


def _page(entries: Sequence[QueueEntry], **context: object) -> ResponseReturnValue:
    zone, now = current_shell().config.time_zone.key, current_shell().clock()
    store, user = current_clinic().store, current_user()
    holders = names_of(entries)
    record, decided, assign = map(_addresses, ("review", "decision", "assigning"))
    lines = [
        Line(
            entry=each,
            record=record(each.reference),
            decided=decided(each.reference),
            assign=assign(each.reference),
            outcome=outcome_in_words(each.outcome),
            decision=decision_in_words(each.decision),
            waiting=duration_in_words(each.waiting),
            arrived=moment_in_words(each.submitted_at, zone),
            holder=holders.get(each.assigned_to or "", ""),
        )
        for each in entries
    ]
    usual: dict[str, object] = {
        "page": QueuePage(entries=(), next_after=None, previous_before=None),
        "narrowed": WAITING,
        "is_continued": False,
        "after": None,
        "before": None,
        "search_fault": None,
        "searched": None,
        "wish": Wish(),
        "wish_faults": {},
    }
    has_errors = bool(context.get("search_fault") or context.get("wish_faults"))
    ages = store.queue.ages(tuple(_AGES.values()))
    urgent, same_day, other = (sum(row) for row in ages)
    total = urgent + same_day + other
    return make_response(
        render_template(
            "clinician/queue.html",
            **(usual | context),
            counts={
                "urgent": _number(urgent),
                "same day, not urgent": _number(same_day),
                "other": _number(other),
                "in all": _number(total),
            },
            filters=FILTERS,
            forms=FORMS,
            has_errors=has_errors,
            late=_late_in_words(store.outbox.late(), zone),
            lines=lines,
            links=LINKS,
            may_assign=user.may(Permission.ASSIGN),
            may_export=user.may(Permission.EXPORT_SUBMISSIONS),
            may_see_decisions=user.may(Permission.SEE_DECISION),
            may_read=user.may(Permission.READ_SUBMISSION),
            shown_at=now.isoformat(),
            shown_in_words=moment_in_words(now, zone),
            user=user,
            waits=_waiting(ages) if total else None,
            urgencies=tuple(zip(_LOOKS, _URGENCIES, strict=True)),
        )
    )


def _addresses(page: str) -> Callable[[Reference], str]:
    """Return what makes the address of a page of each submission, asked for once."""
    address = url_for(f"clinician.{page}", reference=_ANY)
    return lambda reference: address.replace(_ANY, reference)


def _waiting(counts: Sequence[Sequence[int]]) -> Waiting:
    """Return how many wait for how long."""
    by_age = list(zip((*_AGES, _OLDEST), zip(*counts, strict=True), strict=True))
    bars = [
        (
            age,
            [
                Length(amount=count, words=_number(count), look=look)
                for count, look in zip(row, _LOOKS, strict=True)
                if count
            ],
        )
        for age, row in by_age
    ]
    return Waiting(
        drawing=draw([(age, lengths) for age, lengths in bars if lengths]),
        rows=tuple((age, *(_number(count) for count in row)) for age, row in by_age),
    )


def _late_in_words(late: Late | None, zone: str) -> str | None:
    """Say that mail to the clinic does not go out: whoever reads this is not told."""
    if late is None:
        return None
    notices = "1 notice" if late.count == 1 else f"{late.count} notices"
    return f"{notices} could not be sent since {moment_in_words(late.since, zone)}"

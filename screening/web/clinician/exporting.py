"""How is an export made, beside the pages, while somebody waits for it?

Each submission is read with an audit row in the name of whoever asked. One that can't
be opened is left out and named on the page. Between two, the worker says how far it is,
finds out whether whoever asked still wants it and still may have it, and rests as long
as it worked, so that the pages of the same process are not kept waiting.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from screening.accounts.permissions import Permission
from screening.accounts.users import Users
from screening.core.problems import DefinitionError
from screening.store.audit import Action, Actor, Deed
from screening.store.exports import Exports, Work
from screening.store.opening import Store
from screening.store.problems import (
    DatabaseUnavailable,
    ExportGone,
    RecordUnreadable,
    VersionUnknown,
)
from screening.store.submissions import Reference
from screening.web import logging
from screening.web.clinician.bundling import Bundle, Form, Press, bundle

PART_SIZE_BYTES = 1 << 20
"""How large a sealed part of a file is; one is in memory at a time."""

_LONGEST_REST_S = 0.5
_TOLD_EVERY_S = 0.5


class _NotAllowed(Exception):  # noqa: N818 - the name says what happened
    """Whoever asked for an export was closed out, or has another role, since then."""


@dataclass(slots=True)
class _Parts:
    """Gathers what is written into parts of one size, and keeps each."""

    exports: Exports
    work: Work
    held: bytearray = field(default_factory=bytearray)

    def write(self, content: bytes) -> None:
        self.held += content
        while len(self.held) >= PART_SIZE_BYTES:
            self.exports.add_part(self.work, bytes(self.held[:PART_SIZE_BYTES]))
            del self.held[:PART_SIZE_BYTES]

    def close(self) -> None:
        if self.held:
            self.exports.add_part(self.work, bytes(self.held))


class Exporter:
    """Makes what was asked for."""

    def __init__(
        self,
        store: Store,
        press: Press,
        *,
        rest: Callable[[float], object] = time.sleep,
    ) -> None:
        """Print with `press`; `rest` waits for so many seconds."""
        self._store = store
        self._press = press
        self._rest = rest

    def make(self, export_id: str) -> None:
        """Make the export, unless another worker does or nobody wants it any more.

        Raises:
            DatabaseUnavailable: another worker will begin it anew.
        """
        work = self._store.exports.take(export_id)
        if work is None:
            return
        try:
            self._make(work)
        except ExportGone:
            return
        except DatabaseUnavailable:
            raise
        except _NotAllowed:
            self._refuse(work)
        except Exception as error:  # noqa: BLE001 - whoever waits has to be told
            logging.log_exception(error, event="export_failed")
            self._give_up(work)

    def _make(self, work: Work) -> None:
        parts = _Parts(self._store.exports, work)
        made = bundle(Form(work.form), self._press, parts.write)
        self._require_permission(work)
        skipped = []
        told_at = time.monotonic()
        for done, reference in enumerate(work.references, start=1):
            began = time.monotonic()
            if not add(
                self._store, made, reference, actor=work.actor, reason=work.reason
            ):
                skipped.append(reference)
            now = time.monotonic()
            if now - told_at >= _TOLD_EVERY_S or done == 1:
                self._store.exports.note_progress(work, done)
                self._require_permission(work)
                told_at = now
            self._rest(min(now - began, _LONGEST_REST_S))
        made.close()
        parts.close()
        self._store.exports.finish(work, skipped=skipped)

    def _require_permission(self, work: Work) -> None:
        user = Users(self._store.ground).named(work.actor.name)
        if user is None or not user.may(Permission.EXPORT_SUBMISSIONS):
            raise _NotAllowed

    def _refuse(self, work: Work) -> None:
        denied = Deed(
            action=Action.AUTHZ_DENIED,
            object_kind="export",
            object_id=work.id,
            reason=f"needs: {Permission.EXPORT_SUBMISSIONS}",
        )
        self._store.audit.write(work.actor, denied)
        self._give_up(work)

    def _give_up(self, work: Work) -> None:
        try:
            self._store.exports.give_up(work)
        except ExportGone:
            return


def add(
    store: Store, made: Bundle, reference: Reference, *, actor: Actor, reason: str
) -> bool:
    """Write one more submission, with an audit row; False if it can't be opened.

    Raises:
        DatabaseUnavailable: exporting could not be noted, and nothing was written.
    """
    try:
        found = store.submissions.export([reference], actor=actor, reason=reason)
        for submission in found:
            made.add(submission)
    except (DefinitionError, RecordUnreadable, VersionUnknown):
        logging.log_event("export_left_out", submission=reference)
        return False
    return bool(found)


def tidy(store: Store, ring: Callable[[str], object]) -> None:
    """Delete what is a day old, and ring for what no worker makes.

    Raises:
        DatabaseUnavailable: it is done the next time.
    """
    store.exports.forget_old()
    for export_id in store.exports.waiting():
        ring(export_id)

"""When are answers that were never sent forgotten? Once a day, when someone begins.

No timer of the system's is needed: beginning a form, at most once a day, first
forgets what is older than the deployment keeps it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from screening.store.audit import Actor
from screening.store.opening import Store
from screening.store.problems import DatabaseUnavailable

_EVERY = timedelta(days=1)
_ACTOR = Actor.service("forgetting")


@dataclass(slots=True)
class Forgetting:
    """Remembers when this process forgot last; one request at a time forgets."""

    last: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def when_due(self, store: Store, *, now: datetime, days: int) -> None:
        """Delete drafts nobody wrote to for `days`, unless that was done today.

        A database that is away is left in peace: the next day tries again.
        """
        if not self.lock.acquire(blocking=False):
            return
        try:
            if self.last is not None and now - self.last < _EVERY:
                return
            self.last = now
            with suppress(DatabaseUnavailable):
                store.drafts.purge(older_than=timedelta(days=days), actor=_ACTOR)
        finally:
            self.lock.release()

"""Which questionnaire is answered here now, and which one did a draft begin with?

A version is loaded when the service starts and again when its source has changed. One
with a problem, or one that crashes the loader, is told in the log and in the audit
trail, and the last good version stays. Each version's files are kept in the
store first, so that a draft is always read by the version it began with, however the
files have changed. A few versions are held in memory; others are read from the store.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from logging import WARNING
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from screening.core.deployment import Deployment
from screening.core.load import load
from screening.core.problems import DefinitionError, Severity
from screening.library import kept_files
from screening.store.audit import Actor
from screening.store.problems import DatabaseUnavailable, RecordUnreadable
from screening.store.versions import Bundle
from screening.web.logging import log_event, log_exception

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from screening.core.definition import Questionnaire
    from screening.store.versions import Versions
    from screening.web.sources import Source

LOOK_EVERY = 0.5
"""Seconds between two looks at the source, however many requests come in between."""

SETTLED = 0.1
"""Seconds for which changed files have to stand still before they are read: half a
file may happen to be a shorter, valid questionnaire."""

MOST_HELD = 4
"""Versions that are held in memory, the current one included."""

_SERVICE = Actor.service("questionnaires")


class Questionnaires:
    """The current version, and those that drafts began with."""

    def __init__(
        self,
        source: Source,
        versions: Versions,
        *,
        look_every: float = LOOK_EVERY,
        settled: float = SETTLED,
    ) -> None:
        """Load and keep the version that `source` has.

        `look_every` and `settled` are in seconds.

        Raises:
            DefinitionError: the files cannot be used as they are.
            DatabaseUnavailable: the version could not be kept.
        """
        self._source = source
        self._versions = versions
        self._look_every = look_every
        self._settled = settled
        self._looking = Lock()
        self._lock = Lock()
        self._known: OrderedDict[str, Questionnaire] = OrderedDict()
        self._on_load: list[Callable[[Questionnaire], None]] = []
        self._seen = self._met = self._source.state()
        self._met_at = monotonic()
        self._look_at = self._met_at + look_every
        self._current = self._kept(self._source.read())

    def when_loaded(self, told: Callable[[Questionnaire], None]) -> None:
        """Call `told` with every version there is, now and as more are loaded."""
        self._on_load.append(told)
        for questionnaire in tuple(self._known.values()):
            told(questionnaire)

    @property
    def latest(self) -> Questionnaire:
        """The version that was current at the last look; nothing is looked at."""
        return self._current

    def current(self) -> Questionnaire:
        """Return the version that a new draft begins with; it never waits for a look.

        Whoever comes while another request looks at the source goes on with the
        version there is.
        """
        is_due = monotonic() >= self._look_at
        if is_due and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._current

    def version(self, sha256: str) -> Questionnaire:
        """Return the version with this hash, from its kept files if need be.

        Raises:
            VersionUnknown: no such version was ever kept.
            DefinitionError: this release cannot read its files any more.
            RecordUnreadable: the kept files are not the ones that have this hash.
            DatabaseUnavailable: the database did not answer.
        """
        found = self._known.get(sha256)
        if found is None:
            bundle = self._versions.load_bundle(sha256)
            # A version is read as it was kept, whatever the clinic declares by now.
            kept = kept_files(dict(bundle.files))
            found = load(bundle.questionnaire, kept, Deployment(uses=frozenset()))
            if found.sha256 != sha256:
                raise RecordUnreadable(
                    table="questionnaire_versions",
                    row_id=sha256,
                    what="its files are not those that have this hash",
                )
            self._add(found)
        return found

    def _look(self) -> None:
        """Load what has changed; a state of the source is used or refused once."""
        now = monotonic()
        # Whoever asks while the database does not answer goes on with the version there
        # is; the next look tries again.
        self._look_at = now + self._look_every
        try:
            seen = self._source.state()
            self._look_at_state(seen, now)
        except DatabaseUnavailable as error:
            reason = error.trouble.value
            log_event("questionnaire_waits", level=WARNING, reason=reason)

    def _look_at_state(self, seen: Hashable, now: float) -> None:
        if seen != self._met:
            self._met, self._met_at = seen, now
        is_still = now - self._met_at >= self._settled
        self._look_at = now + (self._look_every if is_still else self._settled)
        if seen == self._seen or not is_still:
            return
        if self._tried(seen):
            self._seen = seen

    def _tried(self, seen: Hashable) -> bool:
        """Use the files or refuse them; tell whether they stood still meanwhile."""
        try:
            made = self._source.read()
            if self._source.state() != seen:
                return False  # written to meanwhile: the next look sees it whole
            self._current = self._kept(made)
        except DefinitionError as error:
            if self._source.state() != seen:
                return False
            self._note_rejected(seen)
            _tell(error)
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - any crash keeps the last good one
            self._note_rejected(seen)
            log_exception(error, event="questionnaire_crashed")
        return True

    def _note_rejected(self, seen: Hashable) -> None:
        state = hashlib.sha256(repr(seen).encode()).hexdigest()
        self._versions.note_rejected(state, actor=_SERVICE)

    def _kept(self, made: Questionnaire) -> Questionnaire:
        """Return the version, kept in the store before anybody can begin with it."""
        held = self._known.get(made.sha256)
        if held is not None:
            return held
        self._versions.keep_version(Bundle.of(made), actor=_SERVICE)
        log_event("questionnaire_loaded", questionnaire=made.id, version=made.version)
        self._add(made)
        return made

    def _add(self, questionnaire: Questionnaire) -> None:
        """Hold a version; the one that was held longest makes room for it."""
        for told in self._on_load:
            told(questionnaire)
        with self._lock:
            self._known[questionnaire.sha256] = questionnaire
            while len(self._known) > MOST_HELD:
                oldest = next(iter(self._known))
                if oldest == self._current.sha256:
                    self._known.move_to_end(oldest)
                else:
                    del self._known[oldest]


def _tell(error: DefinitionError) -> None:
    for problem in error.problems:
        if problem.severity is Severity.ERROR:
            log_event("questionnaire_rejected", problem=str(problem), fix=problem.fix)

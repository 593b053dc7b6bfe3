"""Which questionnaire is answered here now, and which one did a draft begin with?

The files are loaded when the service starts and again when one of them has changed. A
changed file with a problem, or one that crashes the loader, is told in the log, and
the last good version stays. Each version's files are kept in the store first, so that
a draft is always read by the version it began with, however the files have changed.
"""

from __future__ import annotations

from threading import Lock
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
    from collections.abc import Callable

    from screening.core.definition import Questionnaire
    from screening.library import Shelf
    from screening.store.versions import Versions

Fingerprint = tuple[tuple[str, int, int], ...]
"""Every file's name, time of change in nanoseconds and size in bytes."""

_SERVICE = Actor.service("questionnaires")


class Questionnaires:
    """The current version, and those that drafts began with."""

    def __init__(
        self, shelf: Shelf, versions: Versions, deployment: Deployment | None = None
    ) -> None:
        """Load and keep the version on the shelf, as `deployment` may use it.

        Raises:
            DefinitionError: the files cannot be used as they are.
            DatabaseUnavailable: the version could not be kept.
        """
        self._shelf = shelf
        self._deployment = deployment
        self._versions = versions
        self._lock = Lock()
        self._known: dict[str, Questionnaire] = {}
        self._on_load: list[Callable[[Questionnaire], None]] = []
        self._seen = self._fingerprint()
        self._current = self._loaded()

    def when_loaded(self, told: Callable[[Questionnaire], None]) -> None:
        """Call `told` with every version there is, now and as more are loaded."""
        self._on_load.append(told)
        for questionnaire in self._known.values():
            told(questionnaire)

    def current(self) -> Questionnaire:
        """Return the version that a new draft begins with.

        Raises:
            DatabaseUnavailable: a changed version could not be kept.
        """
        seen = self._fingerprint()
        if seen != self._seen:
            with self._lock:
                self._refresh(seen)
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

    def _refresh(self, seen: Fingerprint) -> None:
        if seen == self._seen:
            return
        try:
            self._current = self._loaded()
        except DefinitionError as error:
            for problem in error.problems:
                if problem.severity is Severity.ERROR:
                    log_event(
                        "questionnaire_rejected", problem=str(problem), fix=problem.fix
                    )
        except DatabaseUnavailable:
            # The files may well be good: they are tried again with the next request.
            raise
        except Exception as error:  # noqa: BLE001 - any crash keeps the last good one
            log_exception(error, event="questionnaire_crashed")
        self._seen = seen

    def _loaded(self) -> Questionnaire:
        shelf = self._shelf
        made = load(shelf.questionnaire_id, shelf.read, self._deployment)
        if made.sha256 in self._known:
            return self._known[made.sha256]
        bundle = Bundle(
            sha256=made.sha256,
            questionnaire=made.id,
            version=made.version,
            files=made.files,
        )
        self._versions.keep_version(bundle, actor=_SERVICE)
        log_event("questionnaire_loaded", questionnaire=made.id, version=made.version)
        self._add(made)
        return made

    def _add(self, questionnaire: Questionnaire) -> None:
        for told in self._on_load:
            told(questionnaire)
        self._known[questionnaire.sha256] = questionnaire

    def _fingerprint(self) -> Fingerprint:
        found: set[tuple[str, int, int]] = set()
        for folder in self._shelf.folders:
            for path in folder.rglob("*.yaml"):
                # An editor may replace a file between the listing and this look.
                if path.is_file():
                    told = path.stat()
                    found.add((str(path), told.st_mtime_ns, told.st_size))
        return tuple(sorted(found))

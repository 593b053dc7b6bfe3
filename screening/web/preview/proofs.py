"""What was proved of the version on the desk, and who shows what does not hold?

Proofs take seconds: they are made beside, once the files are good, and the newest
version is proved when the one before is done. Without the solver there are none.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING

from screening.core.cases import Case, read_cases
from screening.web.logging import log_exception

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from screening.core.definition import Questionnaire
    from screening.proof.found import Found

    Prove = Callable[[Questionnaire, tuple[Case, ...]], Iterable[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuted:
    """A property that does not hold: in words, its patients, the page that decides.

    `cases` are the worked patients that show it: one, or two that differ in one answer.
    """

    about: str
    subject: str
    standing: str
    words: str
    cases: tuple[Case, ...] = ()
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What is known by now. `counts` are (subject, how many were proved)."""

    is_running: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    refuted: tuple[Refuted, ...] = ()
    has_failed: bool = False

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every patient that shows something."""
        return tuple(case for one in self.refuted for case in one.cases)


@dataclass(slots=True)
class Proving:
    """Proves one version after the other; `done` counts those that were finished."""

    prove: Prove | None
    done: int = 0
    _latest: Proofs = field(default_factory=Proofs)
    _waiting: tuple[Questionnaire, tuple[Case, ...]] | None = None
    _is_busy: bool = False
    _lock: Lock = field(default_factory=Lock)

    def latest(self) -> Proofs:
        """Return what is known of the version that was asked for last."""
        with self._lock:
            return self._latest

    def begin(self, made: Questionnaire, cases: tuple[Case, ...]) -> None:
        """Prove this version next."""
        if self.prove is None:
            return
        with self._lock:
            self._waiting = made, cases
            self._latest = Proofs(is_running=True)
            if self._is_busy:
                return
            self._is_busy = True
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._waiting is None:
                    self._is_busy = False
                    return
                made, cases = self._waiting
                self._waiting = None
            found = self._proofs(made, cases)
            with self._lock:
                if self._waiting is None:
                    self._latest = found
                    self.done += 1

    def _proofs(self, made: Questionnaire, cases: tuple[Case, ...]) -> Proofs:
        try:
            found = list(self.prove(made, cases)) if self.prove else []
            return _told(made, found)
        except Exception as error:  # noqa: BLE001 - the preview goes on without
            log_exception(error, event="proofs_crashed")
            return Proofs(has_failed=True)


def _told(made: Questionnaire, found: list[Found]) -> Proofs:
    proved = Counter(str(one.subject) for one in found if one.standing == "proved")
    rest = [one for one in found if one.standing != "proved"]
    return Proofs(
        counts=tuple(proved.items()),
        refuted=tuple(_refuted(made, one, n) for n, one in enumerate(rest, 1)),
    )


def _refuted(made: Questionnaire, one: Found, number: int) -> Refuted:
    patients = [p for p in (one.patient, one.then) if p is not None]
    written = [
        {"case": f"shown-{number}{'ab'[place] if len(patients) > 1 else ''}"}
        | {"answers": dict(patient.answers)}
        for place, patient in enumerate(patients)
    ]
    cases: tuple[Case, ...] = ()
    if written:
        text = json.dumps({"language_version": 1, "cases": written}, default=str)
        cases = read_cases([("proofs", text)])
    changed = list(patients[-1].changed) if patients else []
    return Refuted(
        about=one.about,
        subject=str(one.subject),
        standing=str(one.standing),
        words=one.words,
        cases=cases,
        page=_page_of(made, changed),
    )


def _page_of(made: Questionnaire, keys: list[str]) -> str | None:
    """Return the last page on which one of these is asked: there it is decided."""
    for page in reversed(made.pages):
        if page.keys & set(keys):
            return page.id
    return None

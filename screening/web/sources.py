"""Where does a site take the version from that patients are asked now?

From what was published: a version of which was shown that it is right, with its
certificate. Or, where nobody is a patient yet, from the files in the folder as soon as
the checker has nothing against them.
"""

from __future__ import annotations

from logging import WARNING
from typing import TYPE_CHECKING, Protocol

from screening import __version__
from screening.core.load import load
from screening.core.problems import DefinitionError, Problem
from screening.library import kept_files
from screening.web.logging import log_event

if TYPE_CHECKING:
    from collections.abc import Hashable

    from screening.core.definition import Questionnaire
    from screening.core.deployment import Deployment
    from screening.library import Shelf
    from screening.store.opening import Store


class Source(Protocol):
    """What a version is read from."""

    def state(self) -> Hashable:
        """Return what changes whenever there may be another version.

        Raises:
            DatabaseUnavailable: it can't be told just now.
        """
        ...

    def read(self) -> Questionnaire:
        """Return the version there is.

        Raises:
            DefinitionError: it can't be used, or there is none.
            DatabaseUnavailable: it can't be read just now.
        """
        ...


class FolderSource:
    """The files on a shelf, as they are."""

    def __init__(self, shelf: Shelf, deployment: Deployment | None = None) -> None:
        """Read them as `deployment` may use them."""
        self._shelf = shelf
        self._deployment = deployment

    def state(self) -> Hashable:
        """Return every file's path, time and size."""
        return self._shelf.fingerprint()

    def read(self) -> Questionnaire:
        """Return what the files say now."""
        return load(self._shelf.questionnaire_id, self._shelf.read, self._deployment)


class PublishedSource:
    """What was published last, from the files that were kept then."""

    def __init__(self, name: str, store: Store, deployment: Deployment) -> None:
        """Read the questionnaire called `name` as `deployment` may use it."""
        self._name = name
        self._store = store
        self._deployment = deployment

    def state(self) -> Hashable:
        """Return the number of the last publication."""
        return self._store.certificates.state(self._name)

    def read(self) -> Questionnaire:
        """Return the version that was published last, exactly as it was shown.

        Where another release proved it, that is told in the log.
        """
        published = self._store.certificates.published(self._name)
        if published is None:
            what = f'no version of "{self._name}" was published'
            fix = f"Publish one: screening publish {self._name} --by NAME."
            raise DefinitionError([Problem(code="SC918", what=what, fix=fix)])
        certificate = published.certificate
        bundle = self._store.versions.load_bundle(certificate.sha256)
        made = load(
            bundle.questionnaire, kept_files(dict(bundle.files)), self._deployment
        )
        if (made.sha256, made.left_out_pages) != (
            certificate.sha256,
            certificate.left_out,
        ):
            what = (
                f'"{self._name}" {bundle.version} was published for a clinic that may '
                "use other instruments than the settings declare now"
            )
            fix = "Set SCREENING_USES and SCREENING_PERMITTED back, or publish again."
            raise DefinitionError([Problem(code="SC919", what=what, fix=fix)])
        if certificate.engine != __version__:
            log_event(
                "questionnaire_proved_by_another_release",
                level=WARNING,
                questionnaire=made.id,
                version=made.version,
                proved_by=certificate.engine,
                fix="Publish it again, so that this release proves it.",
            )
        return made

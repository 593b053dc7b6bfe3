"""What can go wrong with keeping things, as one exception class for each reason?

No message here carries anything a patient wrote, a key, or a link's token.
"""

from __future__ import annotations

from enum import StrEnum


class StoreProblem(Exception):  # noqa: N818 - the names below say what happened
    """Something could not be kept or found; the subclasses say what."""


class KeyProblem(StoreProblem):
    """The keys are missing, malformed or too weak; the service must not start.

    `where` names the file or the environment variable, `what` the fault (never the
    key) and `fix` what to do.
    """

    def __init__(self, *, where: str, what: str, fix: str) -> None:
        """Keep the three parts; the message is one line of each."""
        self.where = where
        self.what = what
        self.fix = fix
        super().__init__(f"{where}: {what}\n  {fix}")


class Trouble(StrEnum):
    """Why the database did not take part."""

    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read-only"
    DISCONNECTED = "disconnected"
    DAMAGED = "damaged"
    CANNOT_OPEN = "not to be opened"


class DatabaseUnavailable(StoreProblem):
    """The database did not confirm: treat everything in the transaction as not saved.

    Repeating the same call later is safe: submitting is idempotent, and a draft is
    written only over the revision that was read.
    """

    def __init__(self, trouble: Trouble) -> None:
        """Keep the trouble, which is safe to log."""
        self.trouble = trouble
        super().__init__(
            f"The database is {trouble.value}; nothing was confirmed as saved. "
            "Try again when it is back."
        )


class DraftGone(StoreProblem):
    """There is no such draft: it was withdrawn, has expired, or never was."""

    def __init__(self) -> None:
        """Name no draft: the id came from outside."""
        super().__init__("There is no such draft. Start a new one.")


class DraftChanged(StoreProblem):
    """The draft was changed after it was read, in another tab or on another device."""

    def __init__(self, *, read_revision: int, stored_revision: int) -> None:
        """Keep the revision that was read and the one that is stored."""
        self.read_revision = read_revision
        self.stored_revision = stored_revision
        super().__init__(
            f"The draft was read at revision {read_revision} and is now at "
            f"{stored_revision}. Read it again, then repeat the change."
        )


class DraftSubmitted(StoreProblem):
    """The draft was submitted already, as `reference`; it can't be changed."""

    def __init__(self, reference: str) -> None:
        """Keep the reference that the patient was given."""
        self.reference = reference
        super().__init__("The draft was submitted already. Show its receipt.")


class InvitationOver(StoreProblem):
    """An invitation was withdrawn, its form was sent, or it never was."""

    def __init__(self) -> None:
        """Name no invitation: its id came from outside."""
        super().__init__("The invitation is over. Make another one.")


class DecisionGone(StoreProblem):
    """This person is writing no decision about the submission, or there is none."""

    def __init__(self) -> None:
        """Name no submission: the reference came from outside."""
        super().__init__("There is no unsigned decision of yours. Begin one.")


class DecisionChanged(StoreProblem):
    """The same person saved the decision in another window after it was read."""

    def __init__(self, *, read_revision: int, stored_revision: int) -> None:
        """Keep the revision that was read and the one that is stored."""
        self.read_revision = read_revision
        self.stored_revision = stored_revision
        super().__init__(
            f"The decision was read at revision {read_revision} and is now at "
            f"{stored_revision}. Read it again, then repeat the change."
        )


class AssignedMeanwhile(StoreProblem):
    """Somebody else gave the submission away meanwhile; nothing was changed."""


class JudgedMeanwhile(StoreProblem):
    """Somebody else said of the pair meanwhile what it is; nothing was changed."""


class SignedMeanwhile(StoreProblem):
    """Somebody signed another version after this one was begun; nothing was signed."""

    def __init__(self, *, amends: int, newest: int) -> None:
        """Keep the version that was gone on from, 0 for none, and the newest."""
        self.amends = amends
        self.newest = newest
        super().__init__(
            f"This goes on from version {amends}, and version {newest} was signed "
            "since. Read that one, then go on from it."
        )


class SubmissionUnknown(StoreProblem):
    """There is no such submission."""

    def __init__(self) -> None:
        """Name no submission: the reference came from outside."""
        super().__init__("There is no such submission. Look it up in the queue.")


class AddedMeanwhile(StoreProblem):
    """Somebody added another version after this was read; nothing was added."""

    def __init__(self, *, read: int, newest: int) -> None:
        """Keep the version that was read, 0 for none, and the newest."""
        self.read = read
        self.newest = newest
        super().__init__(
            f"This goes on from version {read}, and version {newest} was added "
            "since. Read that one, then repeat the change."
        )


class RecordUnreadable(StoreProblem):
    """A stored record doesn't open: its key is missing or the record was altered."""

    def __init__(self, *, table: str, row_id: str, what: str) -> None:
        """Keep the place of the record and which of its parts doesn't fit."""
        self.table = table
        self.row_id = row_id
        self.what = what
        super().__init__(
            f"{table} {row_id}: {what}. Check that the key ring still holds every "
            "key, then compare the row with a backup."
        )


class ExportGone(StoreProblem):
    """Nobody wants this export any more, or another worker makes it."""

    def __init__(self) -> None:
        """Name no export: nothing is to be done about it."""
        super().__init__("The export was cancelled or taken over. Leave it.")


class VersionUnknown(StoreProblem):
    """No questionnaire with this sha256 was ever kept."""

    def __init__(self, sha256: str) -> None:
        """Keep the hash that was asked for."""
        self.sha256 = sha256
        super().__init__(
            f"No questionnaire with sha256 {sha256} is kept. "
            "Keep the version before using it."
        )


class CertificateUnknown(StoreProblem):
    """No certificate, or more than one, is called so."""

    def __init__(self, beginning: str) -> None:
        """Keep the beginning of the id that was asked for."""
        self.beginning = beginning
        super().__init__(
            f'There is not exactly one certificate that begins with "{beginning}". '
            "Name it by more of its id, as `screening publish` printed it."
        )


class VersionConflict(StoreProblem):
    """This sha256 is kept already, with other files; nothing is overwritten."""

    def __init__(self, sha256: str) -> None:
        """Keep the hash that stands for two contents."""
        self.sha256 = sha256
        super().__init__(
            f"sha256 {sha256} is kept with other files or another name. "
            "Work out the hash from all the files of the questionnaire."
        )

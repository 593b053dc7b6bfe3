"""What do drafts, submissions, decisions, versions and invitations all stand on?"""

from __future__ import annotations

from dataclasses import dataclass

from screening.store.audit import AuditTrail
from screening.store.database import Database
from screening.store.keys import KeyRing
from screening.store.outside import Clock, RandomBytes, url_token
from screening.store.vault import Vault

_ID_SIZE_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The database, the keys in use, the audit trail, the time and chance."""

    database: Database
    keys: KeyRing
    vault: Vault
    audit: AuditTrail
    clock: Clock
    random_bytes: RandomBytes

    def new_id(self) -> str:
        """Make an id of 128 random bits that can stand in a link."""
        return url_token(self.random_bytes, _ID_SIZE_BYTES)

"""How is the whole store opened?

    keys = load_keys(path=Path("keys.json"))
    store = open_store("sqlite:////var/lib/screening/screening.sqlite3", keys)
    upgrade(store.database.engine)

Then `store.drafts`, `store.submissions`, `store.queue`, `store.versions`,
`store.certificates`, `store.decisions`, `store.decision_drafts`, `store.invitations`,
`store.follow_ups`, `store.resume_codes`, `store.paces`, `store.outbox`,
`store.exports`, `store.visits`, `store.letters`, `store.wordings` and `store.audit`
each do what their file says.
`store.invited`, `store.follow_ups`, `store.resume_codes`, `store.paces`,
`store.outbox`, `store.exports` and `store.audit` each do what their file says.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from screening.store.audit import AuditTrail
from screening.store.certificates import Certificates
from screening.store.database import DEFAULT_PATIENCE_S, Database, open_database
from screening.store.decision_drafts import DecisionDrafts
from screening.store.decisions import Decisions
from screening.store.drafts import Drafts
from screening.store.exports import Exports
from screening.store.follow_ups import FollowUps
from screening.store.ground import Ground
from screening.store.invitations import Invitations
from screening.store.invited import InvitedPatients
from screening.store.keys import KeyRing
from screening.store.letters import Letters
from screening.store.outbox import Outbox
from screening.store.outside import Clock, RandomBytes, utc_now
from screening.store.paces import Paces
from screening.store.persons import Persons
from screening.store.queue import Queue
from screening.store.resume import ResumeCodes
from screening.store.submissions import Submissions
from screening.store.vault import Vault
from screening.store.versions import Versions
from screening.store.visits import Visits
from screening.store.wordings import Wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Everything that is kept, by what it is; `accounts` stands on `ground` too."""

    ground: Ground
    versions: Versions
    certificates: Certificates
    drafts: Drafts
    submissions: Submissions
    queue: Queue
    invitations: Invitations
    invited: InvitedPatients
    resume_codes: ResumeCodes
    paces: Paces
    outbox: Outbox
    exports: Exports
    decisions: Decisions
    decision_drafts: DecisionDrafts
    follow_ups: FollowUps
    visits: Visits
    letters: Letters
    wordings: Wordings
    persons: Persons

    @property
    def database(self) -> Database:
        """The database, for migrations and for closing."""
        return self.ground.database

    @property
    def audit(self) -> AuditTrail:
        """The audit trail."""
        return self.ground.audit

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.database.close()


def open_store(
    url: str,
    keys: KeyRing,
    *,
    clock: Clock = utc_now,
    random_bytes: RandomBytes = secrets.token_bytes,
    patience_s: int = DEFAULT_PATIENCE_S,
    has_notices: bool = False,
) -> Store:
    """Open the store at a database address; its tables come from `upgrade`.

    With `has_notices`, submissions that can't wait leave a notice in the outbox.

    Raises:
        DatabaseUnavailable: the SQLite file can't be created.
        ValueError: the address names no file or another kind of database.
    """
    database = open_database(url, patience_s=patience_s)
    ground = Ground(
        database=database,
        keys=keys,
        vault=Vault(keys, random_bytes=random_bytes),
        audit=AuditTrail(database, keys, clock=clock),
        clock=clock,
        random_bytes=random_bytes,
    )
    return Store(
        ground=ground,
        versions=Versions(ground),
        certificates=Certificates(ground),
        drafts=Drafts(ground),
        submissions=Submissions(ground, has_notices=has_notices),
        queue=Queue(ground),
        invitations=Invitations(ground),
        invited=InvitedPatients(ground),
        resume_codes=ResumeCodes(ground),
        paces=Paces(ground),
        outbox=Outbox(ground),
        exports=Exports(ground),
        decisions=Decisions(ground),
        decision_drafts=DecisionDrafts(ground),
        follow_ups=FollowUps(ground),
        visits=Visits(ground),
        letters=Letters(ground),
        wordings=Wordings(ground),
        persons=Persons(ground),
    )

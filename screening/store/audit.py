"""Who did what, and how is it shown that nobody changed the account of it?

Each row of the audit trail carries a keyed mac over its own content and the mac of the
row before it, so that no row can be edited, removed, inserted or moved without the
audit key. Rows are written in the transaction of the change they tell of: both are
kept or neither. A trail that was cut off at its end is still a whole chain; compare it
with a head (`AuditHead`) that was noted outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.orm import Session

from screening.store.database import Database, wait_for_turn
from screening.store.keys import KeyRing
from screening.store.outside import Clock, written
from screening.store.tables import AuditRow

_BEFORE_THE_FIRST = "0" * 64
_APPENDING = 7_201_001  # the number of the PostgreSQL lock that orders the rows
_ROWS_AT_ONCE = 1000
_LONGEST = {"actor": 128, "actor_role": 32, "object_id": 128, "request_id": 64}


class Action(StrEnum):
    """What an audit row tells of, as `source:subject:action`."""

    ACCOUNT_CREATE = "account:create"
    ACCOUNT_DISABLE = "account:disable"
    ACCOUNT_ENABLE = "account:enable"
    ACCOUNT_INVITE = "account:invite"
    ACCOUNT_INVITE_WITHDRAW = "account:invite:withdraw"
    ACCOUNT_LOGIN_FAILURE = "account:login:failure"
    ACCOUNT_LOGIN_NEW_DEVICE = "account:login:new_device"
    ACCOUNT_LOGIN_PASSWORD = "account:login:password"  # noqa: S105 - a name
    ACCOUNT_LOGIN_SUCCESS = "account:login:success"
    ACCOUNT_LOGOUT = "account:logout"
    ACCOUNT_PASSWORD_CHANGE = "account:password:change"  # noqa: S105 - a name
    ACCOUNT_PASSWORD_RESET = "account:password:reset"  # noqa: S105 - a name
    ACCOUNT_PASSWORD_RESET_REQUEST = "account:password:reset_request"  # noqa: S105
    ACCOUNT_RECOVERY_CODES_GENERATED = "account:recovery_codes:generated"
    ACCOUNT_RECOVERY_CODES_USED = "account:recovery_codes:used"
    ACCOUNT_ROLE_CHANGE = "account:role:change"
    ACCOUNT_SESSION_CONFIRMED = "account:session:confirmed"
    ACCOUNT_SESSION_EXPIRED = "account:session:expired"
    ACCOUNT_SESSION_REVOKED = "account:session:revoked"
    ACCOUNT_TWO_FACTOR_ADDED = "account:two_factor:method_added"
    ACCOUNT_TWO_FACTOR_FAILURE = "account:two_factor:failure"
    ACCOUNT_TWO_FACTOR_REMOVED = "account:two_factor:method_removed"
    ACCOUNT_TWO_FACTOR_RENAMED = "account:two_factor:method_renamed"
    AUDIT_VERIFY_BROKEN = "audit:verify:broken"
    AUDIT_VERIFY_OK = "audit:verify:ok"
    AUDIT_VIEW = "audit:view"
    AUTHZ_DENIED = "authz:denied"
    CSRF_REJECT = "csrf:reject"
    DECISION_BEGIN = "decision:draft:begin"
    DECISION_DISCARD = "decision:draft:discard"
    DECISION_SAVE = "decision:draft:save"
    DECISION_SIGN_REFUSED = "decision:sign:refused"
    DECISION_VIEW = "decision:view"
    DRAFT_CODE = "intake:draft:code"
    DRAFT_EXPIRE = "intake:draft:expire"
    DRAFT_MOVE = "intake:draft:move"
    DRAFT_RESUME = "intake:draft:resume"
    DRAFT_RESUME_FAILURE = "intake:draft:resume_failure"
    DRAFT_START = "intake:draft:start"
    DRAFT_WITHDRAW = "intake:draft:withdraw"
    EMERGENCY_ACCESS = "emergency:access"
    EMERGENCY_END = "emergency:end"
    EXPORT_CANCEL = "export:cancel"
    EXPORT_DOWNLOAD = "export:download"
    EXPORT_EXPIRE = "export:expire"
    EXPORT_START = "export:start"
    INVITATION_CREATE = "intake:invitation:create"
    LETTER_DOWNLOAD = "submission:letter:download"
    LETTER_RELEASE = "submission:letter:release"
    LETTER_VIEW = "submission:letter:view"
    INVITATION_PROLONG = "intake:invitation:prolong"
    INVITATION_RESEND = "intake:invitation:resend"
    INVITATION_VIEW = "intake:invitation:view"
    INVITATION_WITHDRAW = "intake:invitation:withdraw"
    LIMIT_HIT = "limit:hit"
    PERSON_COMPARE = "person:compare"
    PERSON_JUDGE = "person:judge"
    QUESTIONNAIRE_ACTIVATE = "questionnaire:activate"
    QUESTIONNAIRE_CERTIFY = "questionnaire:certify"
    QUESTIONNAIRE_PUBLISH = "questionnaire:publish"
    QUESTIONNAIRE_REJECT = "questionnaire:reject"
    SUBMISSION_AMEND = "submission:amend"
    SUBMISSION_ASK = "submission:ask"
    SUBMISSION_ASSIGN = "submission:assign"
    SUBMISSION_COMPARE = "submission:compare"
    SUBMISSION_COPY = "intake:submission:copy"
    SUBMISSION_COUNT = "submission:count"
    SUBMISSION_CREATE = "intake:submission:create"
    SUBMISSION_DUPLICATE = "intake:submission:duplicate"
    SUBMISSION_EXPORT = "submission:export"
    SUBMISSION_NOTICE = "submission:notice:sent"
    SUBMISSION_PDF_DOWNLOAD = "submission:pdf:download"
    SUBMISSION_SIGN = "submission:sign"
    SUBMISSION_VIEW = "submission:view"
    VISIT_MARK = "submission:visit:mark"
    VISIT_VIEW = "submission:visit:view"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: a member of staff, the patient or the service itself.

    `name` is at most 128 signs and `role` at most 32; a patient has no name here.
    `request_id` is what the error page and the log show for the same request.
    """

    name: str
    role: str
    request_id: str = ""

    @classmethod
    def patient(cls, *, request_id: str = "") -> Actor:
        """Give the patient as an actor: never by name."""
        return cls(name="patient", role="patient", request_id=request_id)

    @classmethod
    def service(cls, name: str) -> Actor:
        """Give the service itself, such as `purge` or `command line`."""
        return cls(name=name, role="service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done to which thing, and the reason a person gave, if one is needed."""

    action: Action
    object_kind: str
    object_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The last row of the trail at some moment: note it outside the database."""

    seq: int
    mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditVerdict:
    """What checking the trail found; `broken_seq` is the first row not as written."""

    checked: int
    broken_seq: int | None
    head: AuditHead | None

    @property
    def is_whole(self) -> bool:
        """Say whether every row is as it was written."""
        return self.broken_seq is None


class AuditTrail:
    """Appends to the trail and checks it."""

    def __init__(self, database: Database, keys: KeyRing, *, clock: Clock) -> None:
        """Sign with the ring's audit key, at the clock's time."""
        self._database = database
        self._key = keys.audit
        self._clock = clock

    def append(self, session: Session, actor: Actor, deed: Deed) -> None:
        """Add one row to the transaction that makes the change it tells of.

        Raises:
            ValueError: a text is too long or holds a NUL, which PostgreSQL refuses.
        """
        wait_for_turn(session, _APPENDING)
        last = session.execute(
            select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)
        ).first()
        seq, prev_mac = (last.seq, last.mac) if last else (0, _BEFORE_THE_FIRST)
        row: dict[str, object] = {
            "seq": seq + 1,
            "at_utc": written(self._clock()),
            "actor": actor.name,
            "actor_role": actor.role,
            "action": deed.action.value,
            "object_kind": deed.object_kind,
            "object_id": deed.object_id,
            "reason": deed.reason,
            "request_id": actor.request_id,
            "prev_mac": prev_mac,
        }
        _refuse_unstorable(row)
        session.execute(insert(AuditRow).values(**row, mac=self._mac(row)))

    def write(self, actor: Actor, deed: Deed) -> None:
        """Add one row in a transaction of its own, for a deed that changes no record.

        Raises:
            DatabaseUnavailable: the row was not kept.
        """
        with self._database.transaction() as session:
            self.append(session, actor, deed)

    def reasons(
        self, session: Session, actions: Collection[Action], object_id: str
    ) -> tuple[str, ...]:
        """Give the reasons of the rows about a thing, first to last.

        A row that is not as it was written is left out: what it says is nobody's word.
        """
        columns = AuditRow.__table__.columns
        wanted = (
            select(*columns)
            .where(columns.object_id == object_id, columns.action.in_(actions))
            .order_by(columns.seq)
        )
        return tuple(
            str(row["reason"])
            for row in session.execute(wanted).mappings()
            if self.is_as_written(row)
        )

    def is_as_written(self, row: RowMapping) -> bool:
        """Say whether a row, with all its columns, is the one that was appended.

        That no row beside it was taken out is only known from `verify`.
        """
        content = dict(row)
        mac = content.pop("mac")
        return _is_text(mac) and hmac.compare_digest(mac, self._mac(content))

    def head(self) -> AuditHead | None:
        """Give the last row's number and mac; None when the trail is empty."""
        with self._database.reading() as session:
            last = session.execute(
                select(AuditRow.seq, AuditRow.mac)
                .order_by(AuditRow.seq.desc())
                .limit(1)
            ).first()
        return AuditHead(seq=last.seq, mac=last.mac) if last else None

    def verify(self, noted: AuditHead | None = None) -> AuditVerdict:
        """Check every row, and that the trail still holds a head noted earlier.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        columns = AuditRow.__table__.columns
        in_order = (
            select(*columns)
            .order_by(columns.seq)
            .execution_options(yield_per=_ROWS_AT_ONCE)
        )
        # Closed at the first broken row too: PostgreSQL keeps a cursor open until then.
        with (
            self._database.reading() as session,
            session.execute(in_order) as rows,
        ):
            return self._judge(rows.mappings(), noted)

    def _judge(
        self, rows: Iterable[RowMapping], noted: AuditHead | None
    ) -> AuditVerdict:
        head: AuditHead | None = None
        for expected_seq, row in enumerate(rows, start=1):
            content = dict(row)
            mac = content.pop("mac")
            seq = content["seq"]
            is_as_written = (
                seq == expected_seq
                and content["prev_mac"] == (head.mac if head else _BEFORE_THE_FIRST)
                and _is_text(mac)
                and hmac.compare_digest(mac, self._mac(content))
                and not _contradicts(noted, seq, mac)
            )
            if not is_as_written:
                return AuditVerdict(
                    checked=expected_seq - 1,
                    broken_seq=min(seq, expected_seq),
                    head=head,
                )
            head = AuditHead(seq=seq, mac=mac)
        checked = head.seq if head else 0
        is_cut_off = noted is not None and noted.seq > checked
        return AuditVerdict(
            checked=checked, broken_seq=checked + 1 if is_cut_off else None, head=head
        )

    def _mac(self, row: dict[str, object]) -> str:
        content = json.dumps(
            row, sort_keys=True, separators=(",", ":"), default=_as_found
        )
        return hmac.new(self._key, content.encode(), hashlib.sha256).hexdigest()


def _refuse_unstorable(row: dict[str, object]) -> None:
    for name, value in row.items():
        if isinstance(value, str) and "\0" in value:
            raise ValueError(f"The audit row's {name} holds a NUL.")
        if isinstance(value, str) and len(value) > _LONGEST.get(name, len(value)):
            raise ValueError(
                f"The audit row's {name} is longer than {_LONGEST[name]} signs."
            )


def _is_text(value: object) -> bool:
    # compare_digest takes ASCII text only; SQLite would store anything.
    return isinstance(value, str) and value.isascii()


def _contradicts(noted: AuditHead | None, seq: int, mac: str) -> bool:
    return noted is not None and noted.seq == seq and noted.mac != mac


def _as_found(value: object) -> str:
    """Write what only a tampered row can hold, so that its mac is simply wrong."""
    return f"{type(value).__name__}:{value!r}"

"""The tables of the store, and the triggers that guard the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_GUARDS = (
    """
    CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'The audit trail is never changed.'); END
    """,
    """
    CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'The audit trail is never changed.'); END
    """,
)
_POSTGRESQL_GUARDS = (
    """
    CREATE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'The audit trail is never changed.'; END $$
    """,
    """
    CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuses_change()
    """,
    """
    CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses_change()
    """,
)


def upgrade() -> None:
    op.create_table(
        "questionnaire_versions",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("questionnaire", sa.String(128), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_questionnaire_versions"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("version_sha256", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_as", sa.String(16), nullable=True),
        sa.Column("key_id", sa.String(32), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["version_sha256"],
            ["questionnaire_versions.sha256"],
            name="fk_drafts_version_sha256",
        ),
    )
    op.create_index("ix_drafts_updated_at", "drafts", ["updated_at"])
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("draft_id", sa.String(22), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("questionnaire", sa.String(128), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("version_sha256", sa.String(64), nullable=False),
        sa.Column("engine_version", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("same_day", sa.Boolean(), nullable=False),
        sa.Column("queue_rank", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("reference", name="uq_submissions_reference"),
        sa.UniqueConstraint("draft_id", name="uq_submissions_draft_id"),
        sa.ForeignKeyConstraint(
            ["version_sha256"],
            ["questionnaire_versions.sha256"],
            name="fk_submissions_version_sha256",
        ),
    )
    op.create_index(
        "ix_submissions_queue_rank_submitted_at_id",
        "submissions",
        ["queue_rank", "submitted_at", "id"],
    )
    op.create_table(
        "identities",
        sa.Column("submission_id", sa.String(22), nullable=False),
        *_sealed(),
        sa.PrimaryKeyConstraint("submission_id", name="pk_identities"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_identities_submission_id"
        ),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("token_mac", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by", sa.String(22), nullable=True),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_mac", name="uq_invitations_token_mac"),
        sa.UniqueConstraint("used_by", name="uq_invitations_used_by"),
    )
    op.create_table(
        "audit",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at_utc", sa.String(27), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("actor_role", sa.String(32), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("object_kind", sa.String(32), nullable=False),
        sa.Column("object_id", sa.String(128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("prev_mac", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_action", "audit", ["action"])
    op.create_index("ix_audit_object_id", "audit", ["object_id"])
    for guard in _guards():
        op.execute(guard)


def downgrade() -> None:
    for table in (
        "audit",
        "invitations",
        "identities",
        "submissions",
        "drafts",
        "questionnaire_versions",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuses_change()")


def _sealed() -> tuple[sa.Column, ...]:
    return (
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
    )


def _guards() -> tuple[str, ...]:
    if op.get_bind().dialect.name == "postgresql":
        return _POSTGRESQL_GUARDS
    return _SQLITE_GUARDS

"""The tables of decisions and what is asked after them, and the triggers on them.

A signed row is never changed or deleted. Its data key may be wrapped by another key of
the ring, which changes nothing that was signed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SIGNED = (
    "id, submission_id, number, decision, signed_at, sha256, previous_sha256, "
    "ciphertext"
)
_SQLITE_GUARDS = (
    f"""
    CREATE TRIGGER decisions_refuses_update BEFORE UPDATE OF {_SIGNED} ON decisions
    BEGIN SELECT RAISE(ABORT, 'A signed decision is never changed.'); END
    """,
    """
    CREATE TRIGGER decisions_refuses_delete BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'A signed decision is never changed.'); END
    """,
)
_POSTGRESQL_GUARDS = (
    """
    CREATE FUNCTION decisions_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'A signed decision is never changed.'; END $$
    """,
    f"""
    CREATE TRIGGER decisions_refuses_update BEFORE UPDATE OF {_SIGNED} ON decisions
    FOR EACH ROW EXECUTE FUNCTION decisions_refuses_change()
    """,
    """
    CREATE TRIGGER decisions_refuses_delete BEFORE DELETE ON decisions
    FOR EACH ROW EXECUTE FUNCTION decisions_refuses_change()
    """,
    """
    CREATE TRIGGER decisions_refuses_truncate BEFORE TRUNCATE ON decisions
    FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuses_change()
    """,
)


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("previous_sha256", sa.String(64), nullable=True),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_decisions_submission_id"
        ),
        sa.UniqueConstraint(
            "submission_id", "number", name="uq_decisions_submission_id_number"
        ),
    )
    op.create_table(
        "decision_drafts",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("author_id", sa.String(22), nullable=False),
        sa.Column("author_name", sa.String(128), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("amends", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name="pk_decision_drafts"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name="fk_decision_drafts_submission_id",
        ),
        sa.UniqueConstraint(
            "submission_id",
            "author_id",
            name="uq_decision_drafts_submission_id_author_id",
        ),
    )
    op.create_table(
        "follow_ups",
        sa.Column("draft_id", sa.String(22), nullable=False),
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name="pk_follow_ups"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_follow_ups_submission_id"
        ),
    )
    op.create_index("ix_follow_ups_submission_id", "follow_ups", ["submission_id"])
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for guard in _POSTGRESQL_GUARDS if is_postgresql else _SQLITE_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    op.drop_table("follow_ups")
    op.drop_table("decision_drafts")
    op.drop_table("decisions")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION decisions_refuses_change()")


def _sealed() -> tuple[sa.Column, ...]:
    return (
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
    )

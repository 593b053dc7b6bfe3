"""The tables of visits, letters and wordings, and the triggers on the first two.

A version is never changed or deleted. Its data key may be wrapped by another key of
the ring, which changes nothing that was kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEPT = "id, submission_id, number, made_at, sha256, ciphertext"
_GUARDED = ("visits", "letters")


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in _GUARDED:
        _make(table)
        for guard in _postgresql(table) if is_postgresql else _sqlite(table):
            op.execute(guard)
    op.create_table(
        "wordings",
        sa.Column("version_sha256", sa.String(64), nullable=False),
        sa.Column("question", sa.String(128), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version_sha256", "question", name="pk_wordings"),
    )


def downgrade() -> None:
    op.drop_table("wordings")
    for table in reversed(_GUARDED):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_refuses_change()")


def _make(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=f"fk_{table}_submission_id"
        ),
        sa.UniqueConstraint(
            "submission_id", "number", name=f"uq_{table}_submission_id_number"
        ),
    )


def _sqlite(table: str) -> tuple[str, ...]:
    refusal = f"BEGIN SELECT RAISE(ABORT, 'A row of {table} is never changed.'); END"
    return (
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE OF {_KEPT} ON {table} "
        + refusal,
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} " + refusal,
    )


def _postgresql(table: str) -> tuple[str, ...]:
    refusing = f"EXECUTE FUNCTION {table}_refuses_change()"
    each = f"FOR EACH ROW {refusing}"
    return (
        f"""
        CREATE FUNCTION {table}_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'A row of {table} is never changed.'; END $$
        """,
        f"""
        CREATE TRIGGER {table}_refuses_update BEFORE UPDATE OF {_KEPT} ON {table} {each}
        """,
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {each}",
        f"""
        CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT {refusing}
        """,
    )

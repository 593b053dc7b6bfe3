"""The table of mails to the clinic that submissions call for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("held_by", sa.String(22), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name="fk_notices_submission_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("submission_id", name="uq_notices_submission_id"),
    )
    op.create_index("ix_notices_sent_at_due_at", "notices", ["sent_at", "due_at"])


def downgrade() -> None:
    op.drop_table("notices")

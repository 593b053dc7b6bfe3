"""The table of the queue, with a line for each submission that is there already.

What stands in their sealed records was not counted when they were sent, and can't be
here: the counts of these lines stay empty, and they stand before those that are known.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEY = ("place", "submitted_at", "submission_id")
_INDEXES = (
    _KEY,
    ("decision", *_KEY),
    ("decision", "outcome", *_KEY),
    ("decision", "same_day", *_KEY),
    ("decision", "assigned_to", *_KEY),
    ("decision", "queue_rank", "submitted_at"),
)
_OLD = ("queue_rank", "submitted_at", "id")


def upgrade() -> None:
    op.create_table(
        "queue",
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("queue_rank", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("same_day", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=True),
        sa.Column("can_be_followed_up", sa.Boolean(), nullable=True),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("assigned_to", sa.String(22), nullable=False),
        sa.PrimaryKeyConstraint("submission_id", name="pk_queue"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name="fk_queue_submission_id",
            ondelete="CASCADE",
        ),
    )
    for columns in _INDEXES:
        op.create_index(f"ix_queue_{'_'.join(columns)}", "queue", list(columns))
    op.execute(
        """
        INSERT INTO queue (submission_id, queue_rank, place, submitted_at, outcome,
            same_day, decision, assigned_to)
        SELECT id, queue_rank, queue_rank, submitted_at, outcome, same_day,
            COALESCE((SELECT decision FROM decisions
                WHERE decisions.submission_id = submissions.id
                ORDER BY number DESC LIMIT 1), ''), ''
        FROM submissions
        """
    )
    op.drop_index(f"ix_submissions_{'_'.join(_OLD)}", "submissions")


def downgrade() -> None:
    op.create_index(f"ix_submissions_{'_'.join(_OLD)}", "submissions", list(_OLD))
    op.drop_table("queue")

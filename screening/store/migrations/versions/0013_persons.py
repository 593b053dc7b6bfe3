"""By what submissions of one person are found, and pairs that may be of one person.

A mark is a keyed mac: nothing of a name, a number or a reference can be read from it.
Submissions that were sent before have no marks, and are found by no other.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_marks",
        sa.Column("submission_id", sa.String(22), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("submission_id", "kind", name="pk_person_marks"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name="fk_person_marks_submission_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_person_marks_mac_submitted_at_submission_id",
        "person_marks",
        ["mac", "submitted_at", "submission_id"],
    )
    op.create_table(
        "person_pairs",
        sa.Column("earlier_id", sa.String(22), nullable=False),
        sa.Column("later_id", sa.String(22), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("judged_by", sa.String(128), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("earlier_id", "later_id", name="pk_person_pairs"),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["submissions.id"],
                name=f"fk_person_pairs_{column}",
                ondelete="CASCADE",
            )
            for column in ("earlier_id", "later_id")
        ),
    )
    op.create_index("ix_person_pairs_later_id", "person_pairs", ["later_id"])
    op.create_index(
        "ix_person_pairs_verdict_found_at_later_id_earlier_id",
        "person_pairs",
        ["verdict", "found_at", "later_id", "earlier_id"],
    )


def downgrade() -> None:
    op.drop_table("person_pairs")
    op.drop_table("person_marks")

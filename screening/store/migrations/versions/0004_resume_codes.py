"""The table of what stands for the codes with which patients carry on elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resume_codes",
        sa.Column("code_mac", sa.String(64), nullable=False),
        sa.Column("draft_id", sa.String(22), nullable=False),
        sa.PrimaryKeyConstraint("code_mac", name="pk_resume_codes"),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
            name="fk_resume_codes_draft_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("draft_id", name="uq_resume_codes_draft_id"),
    )


def downgrade() -> None:
    op.drop_table("resume_codes")

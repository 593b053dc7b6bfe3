"""The table of how long patients take on each page, all together."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_paces",
        sa.Column("version_sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.String(128), nullable=False),
        sa.Column("patients", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("version_sha256", "page", name="pk_page_paces"),
    )


def downgrade() -> None:
    op.drop_table("page_paces")

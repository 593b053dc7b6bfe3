"""By whom an invitation was made, whether it was withdrawn, and a way to find it.

The mac of the clinic's reference finds an invitation without anything to read.
Invitations that were made before have none, and are found in the list alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("reference_mac", sa.String(64), nullable=True))
        table.add_column(sa.Column("made_by", sa.String(128), nullable=True))
        table.add_column(
            sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
        )
    op.create_index("ix_invitations_reference_mac", "invitations", ["reference_mac"])
    op.create_index("ix_invitations_created_at_id", "invitations", ["created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_invitations_created_at_id", "invitations")
    op.drop_index("ix_invitations_reference_mac", "invitations")
    with op.batch_alter_table("invitations") as table:
        for name in ("withdrawn_at", "made_by", "reference_mac"):
            table.drop_column(name)

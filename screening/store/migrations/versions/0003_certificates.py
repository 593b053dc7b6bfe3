"""The tables of certificates, and of when each certified version was published."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version_sha256", sa.String(64), nullable=False),
        sa.Column("questionnaire", sa.String(128), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_certificates"),
        sa.ForeignKeyConstraint(
            ["version_sha256"],
            ["questionnaire_versions.sha256"],
            name="fk_certificates_version_sha256",
        ),
    )
    op.create_table(
        "publications",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("questionnaire", sa.String(128), nullable=False),
        sa.Column("certificate_id", sa.String(64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(64), nullable=False),
        sa.Column("seconded_by", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_publications"),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name="fk_publications_certificate_id",
        ),
    )
    op.create_index(
        "ix_publications_questionnaire_seq", "publications", ["questionnaire", "seq"]
    )


def downgrade() -> None:
    for table in ("publications", "certificates"):
        op.drop_table(table)

"""How far a session is signed in; second factors, invitations of staff, known devices.

Sessions that are open are ended: nobody in them gave a second factor.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _user(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("user_id", sa.String(22), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=f"fk_{table}_user_id"),
    ]


def _sealed() -> list[sa.Column]:
    return [
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
    ]


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.execute(sa.text("DELETE FROM sessions"))
    # A column that is not empty needs a default for the rows that are there.
    op.add_column(
        "users",
        sa.Column("wrong_codes", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("users", _moment("emergency_until", nullable=True))
    op.add_column(
        "sessions",
        sa.Column("stage", sa.String(16), nullable=False, server_default="half"),
    )
    op.add_column("sessions", _moment("password_at", nullable=True))
    op.add_column("sessions", _moment("factor_at", nullable=True))
    op.add_column(
        "sessions",
        sa.Column("browser", sa.String(64), nullable=False, server_default=""),
    )
    op.create_table(
        "authenticator_apps",
        *_user("authenticator_apps"),
        _moment("added_at"),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        *_sealed(),
        sa.PrimaryKeyConstraint("user_id", name="pk_authenticator_apps"),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(22), nullable=False),
        *_user("passkeys"),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        _moment("added_at"),
        _moment("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
    )
    op.create_index("ix_passkeys_user_id", "passkeys", ["user_id"])
    op.create_table(
        "recovery_codes",
        *_user("recovery_codes"),
        sa.Column("handle", sa.String(4), nullable=False),
        sa.Column("code_hash", sa.String(256), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "handle", name="pk_recovery_codes"),
    )
    op.create_table(
        "used_challenges",
        sa.Column("challenge_hash", sa.String(64), nullable=False),
        _moment("until"),
        sa.PrimaryKeyConstraint("challenge_hash", name="pk_used_challenges"),
    )
    op.create_index("ix_used_challenges_until", "used_challenges", ["until"])
    op.create_table(
        "known_devices",
        sa.Column("token_hash", sa.String(64), nullable=False),
        *_user("known_devices"),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("token_hash", "user_id", name="pk_known_devices"),
    )
    op.create_index("ix_known_devices_user_id", "known_devices", ["user_id"])
    op.create_table(
        "staff_invitations",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("token_mac", sa.String(64), nullable=False),
        sa.Column("display_name", sa.String(128), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(22), nullable=True),
        _moment("made_at"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_invitations"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_staff_invitations_user_id"
        ),
        sa.UniqueConstraint("token_mac", name="uq_staff_invitations_token_mac"),
    )


def downgrade() -> None:
    for table in (
        "staff_invitations",
        "known_devices",
        "used_challenges",
        "recovery_codes",
        "passkeys",
        "authenticator_apps",
    ):
        op.drop_table(table)
    for column in ("browser", "factor_at", "password_at", "stage"):
        op.drop_column("sessions", column)
    op.drop_column("users", "emergency_until")
    op.drop_column("users", "wrong_codes")

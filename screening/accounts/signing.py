"""Is whoever wants to sign the person who is signed in?

A signature needs more than an open session (21 CFR 11.200): the person shows again that
they are who they are. This is the one place that decides what has to be shown. An
attempt is counted before the password is looked at, and counts no more once it was
right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.accounts.limits import SIGN_BY_USER
from screening.accounts.passwords import is_match
from screening.accounts.problems import SignerRefused
from screening.accounts.tables import UserRow
from screening.accounts.users import note
from screening.store.audit import Action

if TYPE_CHECKING:
    from screening.accounts.sign_in import Accounts
    from screening.accounts.users import User

PASSWORD = "password"  # noqa: S105 - the name of a factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Somebody has shown who they are; `factors` are the ways in which."""

    user: User
    factors: tuple[str, ...]


def confirm_signer(
    accounts: Accounts, user: User, *, password: str, request_id: str = ""
) -> Confirmed:
    """Go on only with the signed-in person; a refusal leaves an audit row.

    Raises:
        TooManyAttempts: there were too many attempts of late; try later.
        SignerRefused: the password is wrong, or the account was closed.
        DatabaseUnavailable: let nobody sign.
    """
    actor = user.as_actor(request_id=request_id)
    accounts.limits.count_attempt({SIGN_BY_USER: user.id}, actor=actor)
    with accounts.ground.database.reading() as session:
        row = session.get(UserRow, user.id)
    stored = None if row is None or row.disabled else row.password_hash
    # Outside of any transaction: this takes a tenth of a second.
    if not is_match(password, stored):
        with accounts.ground.database.transaction() as session:
            action = Action.DECISION_SIGN_REFUSED
            note(accounts.ground, session, actor, action, user.id)
        raise SignerRefused
    # Who signs one decision after the other must not be kept from the next.
    accounts.limits.forget(SIGN_BY_USER, user.id)
    return Confirmed(user=user, factors=(PASSWORD,))

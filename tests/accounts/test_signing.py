"""Does a signature need more than an open session?"""

import pytest
from sqlalchemy import select

from screening.accounts.problems import SignerRefused, TooManyAttempts
from screening.accounts.signing import confirm_signer
from screening.store.tables import AuditRow
from tests.accounts.fixtures import INSTALLER, PASSWORD


def confirm(accounts, ann, password=PASSWORD):
    return confirm_signer(accounts, ann, password=password, request_id="request-3")


def refused(store):
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    return [
        (row.actor, row.object_id, row.request_id)
        for row in rows
        if row.action == "decision:sign:refused"
    ]


def test_the_right_password_confirms_who_signs(store, accounts, ann):
    confirmed = confirm(accounts, ann)

    assert (confirmed.user, confirmed.factors) == (ann, ("password",))
    assert refused(store) == []


@pytest.mark.parametrize("password", ["", "something else", "x" * 5000])
def test_a_wrong_password_confirms_nobody_and_is_noted(store, accounts, ann, password):
    with pytest.raises(SignerRefused, match="Nothing was signed"):
        confirm(accounts, ann, password)

    assert refused(store) == [("ann", ann.id, "request-3")]


def test_a_closed_account_signs_nothing(accounts, ann):
    accounts.users.disable(ann.id, actor=INSTALLER)

    with pytest.raises(SignerRefused):
        confirm(accounts, ann)


def test_whoever_is_right_may_sign_one_decision_after_the_other(accounts, ann):
    factors = [confirm(accounts, ann).factors for _ in range(7)]

    assert factors == [("password",)] * 7


def test_five_attempts_are_allowed_in_five_minutes(accounts, ann, clock):
    for _ in range(5):
        with pytest.raises(SignerRefused):
            confirm(accounts, ann, "something else")

    with pytest.raises(TooManyAttempts):
        confirm(accounts, ann)
    clock.step(minutes=5)

    assert confirm(accounts, ann).user == ann

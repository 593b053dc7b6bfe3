"""What do the tests of the accounts start from, besides a store?"""

import pytest

from screening.accounts.permissions import Role
from screening.accounts.proofs import Code
from screening.accounts.sign_in import open_accounts
from screening.store.audit import Actor
from tests.accounts.authenticators import AppOfATest

PASSWORD = "violet kettle orbit thumb"
INSTALLER = Actor.service("command line")
ADDRESS = "192.0.2.7"


@pytest.fixture
def accounts(store):
    return open_accounts(store.ground)


@pytest.fixture
def ann(accounts):
    return made(accounts)


@pytest.fixture
def app(accounts, ann):
    return AppOfATest.of(accounts, ann.id)


@pytest.fixture
def signed_in(accounts, ann, app):
    """Give a session of ann's that is whole."""
    return sign_in_whole(accounts, app)


def made(accounts, username="ann"):
    return accounts.users.create(
        username=username,
        display_name=f"{username.title()} Lindqvist",
        role=Role.CLINICIAN,
        password=PASSWORD,
        actor=INSTALLER,
    )


def sign_in(accounts, username="ann", password=PASSWORD, address=ADDRESS, **more):
    return accounts.sign_in(
        username=username,
        password=password,
        address=address,
        request_id="request-9",
        **more,
    )


def sign_in_whole(accounts, app, username="ann", **more):
    half = sign_in(accounts, username, **more)
    return accounts.finish(
        half.token,
        Code(typed=app.code()),
        address=ADDRESS,
        device=more.get("device", ""),
        request_id="request-9",
    )

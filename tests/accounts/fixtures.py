"""What do the tests of the accounts start from, besides a store?"""

import pytest

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.store.audit import Actor

PASSWORD = "violet kettle orbit thumb"
INSTALLER = Actor.service("command line")
ADDRESS = "192.0.2.7"


@pytest.fixture
def accounts(store):
    return open_accounts(store.ground)


@pytest.fixture
def ann(accounts):
    return made(accounts)


def made(accounts):
    return accounts.users.create(
        username="ann",
        display_name="Ann Lindqvist",
        role=Role.CLINICIAN,
        password=PASSWORD,
        actor=INSTALLER,
    )


def sign_in(accounts, username="ann", password=PASSWORD, address=ADDRESS):
    return accounts.sign_in(
        username=username, password=password, address=address, request_id="request-9"
    )

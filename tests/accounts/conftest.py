"""The tests of the accounts stand on the store's fixtures and their own."""

from tests.accounts.fixtures import *  # noqa: F403 - fixtures are found by name
from tests.store.fixtures import *  # noqa: F403 - as above

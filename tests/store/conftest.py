"""The tests of the store take their fixtures from one file, as the accounts' do."""

from tests.store.fixtures import *  # noqa: F403 - fixtures are found by name

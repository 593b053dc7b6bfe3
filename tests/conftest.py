"""How does every test run alike, here and on another machine?"""

import os

from hypothesis import settings

from tests import reused

LONG = {"test_every_page", "test_every_desk_page", "test_worked_patients"}

# Each run looks at new examples while a person works, and at the same ones in CI. A
# deadline would measure how busy the machine is.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("person", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "person")


reused.install()


def pytest_collection_modifyitems(items):
    """Leave tests in a browser to the end, as `make test` keeps the order.

    The browser's driver keeps an event loop running in the process from its first test
    on, and nothing that runs a loop of its own, as signing does, would work after it.
    Files that take minutes come first of them, so that no worker waits for another.
    """
    items.sort(key=_place)


def _place(item):
    if item.get_closest_marker("browser") is None:
        return 0
    return 2 - (item.path.stem in LONG)
